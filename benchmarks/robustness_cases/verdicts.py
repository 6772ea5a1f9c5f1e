"""Holds what came of every file against what must come of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.robustness_cases.case import (
    NEIGHBOURS,
    NOT_A_RESULT,
    POINTS,
    SAME,
    Case,
    is_expected,
    outcome_of,
)
from grader.schema import Assessment


@dataclass(frozen=True)
class Verdict:
    """One case: what was found, and in words what is wrong with it."""

    case: Case
    found: tuple[str, ...]
    wrong: tuple[str, ...]


def verdicts(cases: Sequence[Case], results: Sequence[Assessment]) -> Iterator[Verdict]:
    """One verdict per case, in order."""
    by_source: dict[str, list[Assessment]] = {}
    for result in results:
        by_source.setdefault(_top(result.source), []).append(result)
    totals = {source: found[0].total for source, found in by_source.items() if len(found) == 1}
    for case in cases:
        found = by_source.get(case.source, [])
        wrong = (*_outcomes(case, found), *_flags(case, found), *_points(case, totals))
        yield Verdict(case, tuple(sorted({outcome_of(result) for result in found})), wrong)


def wrong_pairs(cases: Sequence[Case], reported: Collection[tuple[str, str]]) -> Iterator[str]:
    """Documents of the classes that have copies in them, reported wrongly as a pair, or not reported.

    Args:
        reported: pairs of sources.
    """
    found = {frozenset(pair) for pair in reported if {source.split("/")[0] for source in pair} <= NEIGHBOURS}
    wanted = {frozenset((c.source, f"{c.group}/{c.copy_of}")) for c in cases if c.copy_of}
    for pair in wanted - found:
        yield f"{' and '.join(sorted(pair))}: a copy that is not reported"
    for pair in found - wanted:
        if len({source.split("/")[0] for source in pair}) == 1:
            yield f"{' and '.join(sorted(pair))}: reported as sharing passages, which they do not"


def _top(source: str) -> str:
    """Class and file, also for what stands in a folder that is a case."""
    return "/".join(source.split("/")[:2])


def _outcomes(case: Case, found: Sequence[Assessment]) -> Iterator[str]:
    if case.outcome == NOT_A_RESULT:
        if found:
            yield f"{len(found)} results, expected none"
        return
    if not case.members:
        if len(found) != 1 and not case.name.endswith(".zip"):
            yield f"{len(found)} results, expected one"
        if not found:
            yield "no result"
        yield from (
            f"{outcome_of(result)}, expected {case.outcome}"
            for result in found
            if not is_expected(outcome_of(result), case.outcome)
        )
        return
    yield from _members(case, {_member(case, result): result for result in found})


def _member(case: Case, result: Assessment) -> str:
    return result.member if result.member is not None else result.source.removeprefix(f"{case.source}/")


def _members(case: Case, found: Mapping[str, Assessment]) -> Iterator[str]:
    for name in {**case.members, **found}:
        if name not in found:
            yield f"no result for {name}"
        elif name not in case.members:
            yield f"an unexpected result for {name}"
        elif not is_expected(outcome_of(found[name]), case.members[name]):
            yield f"{name}: {outcome_of(found[name])}, expected {case.members[name]}"


def _flags(case: Case, found: Sequence[Assessment]) -> Iterator[str]:
    flags = [flag for result in found for flag in result.flags]
    if case.flagged and not any(flag.code in case.flagged for flag in flags):
        yield f"not flagged as {' or '.join(case.flagged)}"
    if case.clean:
        yield from (f"flagged {flag.code}" for flag in flags if flag.severity != "info")


def _points(case: Case, totals: Mapping[str, float | None]) -> Iterator[str]:
    total = totals.get(case.source) or 0.0
    if case.at_most:
        other = totals.get(f"{case.group}/{case.at_most}") or 0.0
        if total > other + POINTS:
            yield f"{total:.1f} points, {case.at_most} has {other:.1f}"
    if case.like:
        other = totals.get(f"{case.group}/{case.like}") or 0.0
        if abs(total - other) > SAME:
            yield f"{total:.1f} points, {case.like} has {other:.1f}"
