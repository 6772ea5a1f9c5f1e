"""Can levels be earned by tricks? ``python -m benchmarks.gaming [--half seen] [--trick negation] [--json FILE]``

Grades every case of `benchmarks.gaming_cases` with and without its trick and prints one table by class:

cases, passed   of the two rules (see `Case.expect`); for classes marked ~ the share that passed is a rate
worst           largest change of the total in points, by the trick
above 1         targets that a trick lifted above level 1, over all cases
elsewhere       criteria lifted above level 1 that the trick does not aim at
honest          honest texts in the place of a trick that got their levels, of those that were scored
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.gaming_cases.case import HALVES, Case, all_cases
from benchmarks.gaming_cases.judge import MAX_GAIN, Verdict, collect
from benchmarks.printed import write_page
from grader.rubric import DEFAULT_RUBRIC, load_rubric

TITLE = "How far tricks get"
ABOUT = """
Every case is a text of our own, graded with and without its trick, with the profile that expects everything. Half of
the written cases are by someone who had not seen the code ("unseen"). A trick passes when the total does not rise by
more than 3 points and no criterion it aims at rises above *mentioned*; honest rearrangements pass when the total stays
within 3 points. What cannot be told apart in general is marked `~` and reported as a rate.

- **above 1**: criteria aimed at that a trick lifted above level 1, over all cases; **elsewhere**: others that rose.
- **honest**: honest texts in the place of a trick that got their levels within one and more than the trick, of those in
  documents that were scored.
"""

ROW = "{:<23} {:>6} {:>8} {:>7} {:>8} {:>10} {:>9}"


def main() -> None:
    arguments = _arguments()
    rubric = load_rubric(DEFAULT_RUBRIC)
    halves = [arguments.half] if arguments.half else list(HALVES)
    collection = all_cases(rubric, halves)
    wanted = tuple(case for case in collection.cases if arguments.trick in (None, case.trick))
    verdicts = list(collect(rubric, collection.model_copy(update={"cases": wanted})))
    lines = [*table(verdicts), "", *failures(verdicts)]
    print("\n".join(lines))
    if arguments.write:
        command = "python -m benchmarks.gaming"
        write_page(arguments.write, TITLE, command, arguments.date, ABOUT, lines, "docs/gaming.md")
    if arguments.json:
        arguments.json.write_text(
            json.dumps([figures(v) for v in verdicts], indent=1) + "\n", encoding="utf-8"
        )


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """One line per class, then each half and all."""
    yield ROW.format("class", "cases", "passed", "worst", "above 1", "elsewhere", "honest")
    for trick in dict.fromkeys(verdict.case.trick for verdict in verdicts):
        yield _line(trick, [v for v in verdicts if v.case.trick == trick])
    strict = [v for v in verdicts if v.case.expect != "rate_only"]
    for half in HALVES:
        yield _line(f"{half}, without ~", [v for v in strict if v.case.half == half])
    yield _line("all, without ~", strict)


def failures(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The cases that did not end as they should, the largest change first."""
    failed = [v for v in verdicts if not v.passed]
    yield f"Not passed: {len(failed)} (a trick may move the total by {MAX_GAIN:.0f} points)"
    for verdict in sorted(failed, key=lambda v: -abs(v.change)):
        yield f"  {_name(verdict.case)} {verdict.change:+.1f}  {_levels(verdict.above, '→')}"
    missed = [(v, v.honest_missed) for v in verdicts if v.honest_missed]
    unscored = [_name(v.case) for v in verdicts if v.honest_unscored]
    yield f"Honest texts in documents without a score (too short, not about a product): {len(unscored)}"
    yield from (f"  {name}" for name in unscored)
    yield f"Honest texts that did not get their levels: {len(missed)} (expected/found)"
    for verdict, levels in missed:
        yield f"  {_name(verdict.case)} {_levels(levels, '/')}"


def figures(verdict: Verdict) -> dict[str, Any]:
    """One verdict as plain values."""
    case = verdict.case
    return {
        "id": case.id, "half": case.half, "class": case.trick, "expect": case.expect, "passed": verdict.passed,
        **verdict.model_dump(exclude={"case"}),
    }  # fmt: skip


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    rate = any(v.case.expect == "rate_only" for v in verdicts)
    passed = sum(v.passed for v in verdicts)
    honest = [not v.honest_missed for v in verdicts if v.honest_missed is not None]
    return ROW.format(
        f"{'~ ' if rate else ''}{name}",
        len(verdicts),
        f"{passed / len(verdicts):.0%}" if rate and verdicts else passed,
        f"{max((v.change for v in verdicts), key=abs, default=0):+.1f}",
        sum(len(v.above) for v in verdicts),
        sum(len(v.elsewhere) for v in verdicts),
        f"{sum(honest)}/{len(honest)}" if honest else "",
    )


def _name(case: Case) -> str:
    return f"{case.half:<7} {case.trick:<22} {case.id:<45}"


def _levels(levels: Any, between: str) -> str:
    return " ".join(f"{criterion} {first}{between}{second}" for criterion, (first, second) in levels.items())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.gaming", description="Can levels be earned by tricks?"
    )
    parser.add_argument("--half", choices=list(HALVES), help="only these cases")
    parser.add_argument("--trick", metavar="CLASS", help="only cases of this class")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures of every case")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page, such as docs/gaming.md")
    parser.add_argument("--date", help="day of the measurement as the page shows it, such as 2026-11-22")
    arguments = parser.parse_args()
    if arguments.write and not arguments.date:
        parser.error("--write needs --date")
    return arguments


if __name__ == "__main__":
    main()
