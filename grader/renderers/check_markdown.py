"""A check as Markdown: a comment on a pull request, a note to a colleague."""

from collections.abc import Iterator

from grader.renderers.check_standing import closing, counted
from grader.renderers.check_words import (
    belongs,
    file_of,
    levels,
    outcomes,
    quoted,
    remarks,
    shortfall,
    silenced_because,
    total_words,
)
from grader.renderers.markdown_report import escaped
from grader.renderers.phrases import STATUS_WORDS, band, kind_label, place_words, points
from grader.schema import Check, CheckedDraft, Finding, Flag, Location, Place, Rubric


def render_check_markdown(check: Check) -> str:
    """GitHub-flavoured Markdown, ended by one line feed. Text of documents is escaped."""
    lines = [line for draft in check.drafts for line in _draft(check, draft)]
    lines += [closing(check), ""] if len(check.drafts) > 1 else []
    lines += ["Scored by software; a person decides."]
    return "\n".join(lines) + "\n"


def _draft(check: Check, draft: CheckedDraft) -> Iterator[str]:
    assessment = draft.assessment
    yield f"## {escaped(file_of(draft))}"
    yield ""
    if assessment.total is None:
        yield f"**{STATUS_WORDS[assessment.status]}**: {escaped(total_words(assessment))}"
        yield ""
        return
    kind = escaped(kind_label(assessment, check.rubric))
    on_ladder = escaped(band(assessment.total, check.rubric))
    yield ", ".join(filter(None, (kind, f"**{total_words(assessment)}**", f"on average {on_ladder}"))) + "."
    yield ""
    if short := shortfall(check, draft):
        yield f"**{short[0].upper()}{short[1:]}.**"
        yield ""
    said = [f"- {_remark(flag, place)}" for flag, place in remarks(draft)]
    yield from [*said, ""] if said else []
    for finding in draft.open_findings:
        yield from _finding(finding, check.rubric)
    yield from _summary(check, draft)


def _remark(flag: Flag, place: Place) -> str:
    where = f"line {place.line}" if place.line else place.logical
    return ": ".join(filter(None, (flag.severity, where, escaped(flag.message))))


def _finding(finding: Finding, rubric: Rubric) -> Iterator[str]:
    yield f"### {finding.rule} {escaped(finding.title)}: {levels(finding, rubric)}"
    yield ""
    yield from [f"> {escaped(quoted(finding.quote))}", ""] if finding.quote else []
    place = finding.place
    where = place_words(Location(line=place.line), place.section) if place.line else place.logical
    yield f"- Found: {escaped(finding.message)}"
    yield from [f"- Place: {escaped(where)}"] if where else []
    yield f"- Next step: {escaped(' '.join(filter(None, (finding.next_step, belongs(finding)))))}"
    yield ""


def _summary(check: Check, draft: CheckedDraft) -> Iterator[str]:
    yield "| Dimension | Score (0–100) |"
    yield "| --- | ---: |"
    for dimension in check.rubric.dimensions:
        if dimension.id in draft.assessment.dimensions:
            score = draft.assessment.dimensions[dimension.id]
            yield f"| {escaped(dimension.title)} | {'no score' if score is None else points(score)} |"
    yield ""
    checked = list(outcomes(check, draft))
    passed = [entry.score.id for entry in checked if entry.outcome == "passed"]
    yield f"{counted(len(draft.open_findings), 'finding').capitalize()}; {len(passed)} pass: {' '.join(passed)}"
    yield ""
    silenced = [finding for finding in draft.findings if finding.silenced]
    yield from [f"- {finding.rule}: {escaped(silenced_because(finding))}" for finding in silenced]
    yield from [""] if silenced else []
