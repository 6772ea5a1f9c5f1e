"""Where a draft stands after its check: dimensions, total with its range, what is worth most."""

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from grader.renderers.changes import Change, top_changes
from grader.renderers.check_words import SILENCED_BY, Checked, outcomes, shortfall, total_words
from grader.renderers.phrases import band, confidence_words, points, profile_of
from grader.renderers.visible import stripped
from grader.schema import Check, CheckedDraft

Line = tuple[Text, int]
"""A line and the columns it is indented by, also where it is wrapped."""
_BAR_CELLS = 20


def standing(check: Check, draft: CheckedDraft) -> Iterator[Line]:
    """The lines under the findings of a draft that has a total."""
    yield from ((bar, 0) for bar in _bars(check, draft))
    band_words = f", on average {band(draft.assessment.total or 0.0, check.rubric)}"
    yield Text.assemble((total_words(draft.assessment), "bold"), band_words), 0
    if short := shortfall(check, draft):
        yield Text(f"{short[0].upper()}{short[1:]}.", "red"), 0
    yield from _worth_most(check, draft)
    yield from ((count, 0) for count in _counts(list(outcomes(check, draft))))
    yield Text("Scored by software; a person decides.", "dim"), 0


def closing(check: Check) -> str:
    """One line on several drafts."""
    findings = sum(len(draft.open_findings) for draft in check.drafts)
    unscored = sum(draft.assessment.total is None for draft in check.drafts)
    short = sum(bool(shortfall(check, draft)) for draft in check.drafts)
    parts = [f"{len(check.drafts)} drafts", counted(findings, "finding")]
    parts += [f"{unscored} without a score"] if unscored else []
    parts += [f"{short} under the total asked for"] if short else []
    return ", ".join(parts) + "."


def counted(number: int, noun: str) -> str:
    """``1 finding``, ``2 findings``, ``no findings``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _bars(check: Check, draft: CheckedDraft) -> Iterator[Text]:
    shown = [d for d in check.rubric.dimensions if d.id in draft.assessment.dimensions]
    width = max((len(d.title) for d in shown), default=0)
    for dimension in shown:
        score = draft.assessment.dimensions[dimension.id]
        name = stripped(dimension.title).ljust(width)
        if score is None:
            yield Text.assemble(f"{name}  ", ("no score", "dim"))
        else:
            filled = round(score / 100 * _BAR_CELLS)
            bar = (("█" * filled, "cyan"), ("░" * (_BAR_CELLS - filled), "dim"))
            yield Text.assemble(f"{name}  ", *bar, f" {points(score):>3}")


def _worth_most(check: Check, draft: CheckedDraft) -> Iterator[Line]:
    """Of the three changes that lift the total most, those looked at; told above ones by their ids alone."""
    assessment, rubric = draft.assessment, check.rubric
    silenced = {finding.rule for finding in draft.findings if finding.silenced}
    best = top_changes(assessment, rubric, profile_of(assessment, rubric))
    changes = [c for c in best if c.score.id in check.wanted and c.score.id not in silenced]
    if changes:
        words = (f"{change.score.id} +{change.gain:.1f} points" for change in changes)
        yield Text.assemble(("Worth most: ", "bold"), ", ".join(words)), 0
    told = {finding.rule for finding in draft.findings}
    for change in changes:
        if change.score.id not in told:
            yield Text(_step(change)), 2


def _step(change: Change) -> str:
    return f"{change.score.id} {stripped(change.title)}: {stripped(change.next_step)}"


def _counts(checked: list[Checked]) -> Iterator[Text]:
    """How many criteria came out how; those that pass by their ids."""
    by = {name: list(group) for name, group in groupby(sorted(checked, key=_outcome), key=_outcome)}
    passed, low = by.get("passed", []), by.get("finding", [])
    ids = " ".join(entry.score.id for entry in passed)
    yield Text(f"{counted(len(low), 'finding')}; {len(passed)} pass" + (f": {ids}" if ids else ""))
    unsure = [e.score.id for e in low if confidence_words(e.score.confidence).startswith("unsure")]
    if unsure:
        yield Text(f"Unsure, worth a second look: {' '.join(unsure)}")
    rest = [
        f"{len(by[name])} {words}"
        for name, words in (
            ("not_expected", "not expected here"),
            ("not_measured", "could not be measured"),
            ("not_checked", "not looked at"),
        )
        if name in by
    ]
    silenced = [entry.finding.silenced.by for entry in checked if entry.finding and entry.finding.silenced]
    rest += [f"{silenced.count(by)} silenced {words}" for by, words in SILENCED_BY.items() if by in silenced]
    if rest:
        yield Text("; ".join(rest))


def _outcome(entry: Checked) -> str:
    return entry.outcome
