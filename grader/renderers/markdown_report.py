"""One assessment as Markdown: the same content as the HTML report, without the document."""

import re
from collections.abc import Iterator, Mapping, Sequence

from grader.renderers.changes import Change, top_changes
from grader.renderers.criterion_view import CriterionView, Quote, criterion_views, lowest_first
from grader.renderers.phrases import (
    STATUS_WORDS,
    band,
    document_name,
    interval,
    kind_certainty,
    kind_label,
    level_name,
    no_total_because,
    place_words,
    points,
    profile_of,
    settings_given,
    who_scored,
)
from grader.renderers.visible import visible
from grader.schema import Assessment, Document, Flag, Rubric, RunInfo

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$@]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")


def render_markdown(
    assessment: Assessment, rubric: Rubric, run: RunInfo, document: Document | None = None
) -> str:
    """The report as GitHub-flavoured Markdown, ended by one line feed. Document text is escaped.

    `document` only decides which examples are shown: those far from its own field.
    """
    changes = top_changes(assessment, rubric, profile_of(assessment, rubric))
    views = criterion_views(assessment, rubric, changes, document)
    lines = [
        *_head(assessment, rubric, run),
        *_dimensions(assessment, rubric),
        *_changes(changes, rubric),
        *_flags(assessment.flags),
        *_criteria(assessment, rubric, views),
        *_about(assessment, run),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """`text` on one line, with everything Markdown or HTML would act on made literal."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(visible(text).split()))
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", line)


def _head(assessment: Assessment, rubric: Rubric, run: RunInfo) -> Iterator[str]:
    yield f"# {escaped(assessment.title or document_name(assessment))}"
    yield ""
    yield f"- File: {escaped(document_name(assessment))}"
    if assessment.kind:
        label = escaped(kind_label(assessment, rubric))
        yield f"- Kind: {label} ({kind_certainty(assessment)})"
    yield f"- Rubric: {escaped(rubric.title)} {escaped(run.rubric_version)}"
    if assessment.total is None:
        yield f"- Status: **{STATUS_WORDS[assessment.status]}**"
        yield f"- Why there is no total: {escaped(no_total_because(assessment))}"
    else:
        within = f", 80 % range {interval(assessment)}" if interval(assessment) else ""
        on_ladder = escaped(band(assessment.total, rubric))
        yield f"- Total: **{points(assessment.total)} of 100**{within}; on average {on_ladder}"
    yield ""


def _dimensions(assessment: Assessment, rubric: Rubric) -> Iterator[str]:
    if assessment.total is None:
        return
    yield "| Dimension | Score (0–100) |"
    yield "| --- | ---: |"
    for dimension in rubric.dimensions:
        score = assessment.dimensions.get(dimension.id)
        yield f"| {escaped(dimension.title)} | {'no score' if score is None else points(score)} |"
    yield ""


def _changes(changes: Sequence[Change], rubric: Rubric) -> Iterator[str]:
    if not changes:
        return
    yield "## What would lift the score most"
    yield ""
    for number, change in enumerate(changes, start=1):
        level = change.score.level or 0
        yield (
            f"{number}. **{change.score.id} {escaped(change.title)}** · from {escaped(level_name(rubric, level))} to "
            f"{escaped(level_name(rubric, change.target))} · +{change.gain:.1f} points"
        )
        if change.quote:
            yield f"   - {change.quoted_as}: “{escaped(change.quote)}”"
        for position, step in enumerate(change.steps):
            yield f"   - {'Then: ' if position else ''}{escaped(step)}"
        yield f"   - Where: {escaped(change.where)}."
    yield ""


def _flags(flags: tuple[Flag, ...]) -> Iterator[str]:
    if not flags:
        return
    yield "## Please look at"
    yield ""
    for flag in flags:
        place = place_words(flag.location)
        yield f"- {flag.severity}: {escaped(flag.message)}{f' ({place})' if place else ''} `{flag.code}`"
    yield ""


def _criteria(assessment: Assessment, rubric: Rubric, views: Mapping[str, CriterionView]) -> Iterator[str]:
    if assessment.status != "graded":
        return
    for dimension in rubric.dimensions:
        inside = [views[score.id] for score in assessment.criteria if score.dimension == dimension.id]
        if inside:
            yield f"## {escaped(dimension.title)}"
            yield ""
        for view in sorted(inside, key=lowest_first):
            yield from _criterion(view, rubric)


def _criterion(view: CriterionView, rubric: Rubric) -> Iterator[str]:
    yield f"### {view.score.id} {escaped(view.title)}: {_standing(view)}"
    yield ""
    yield escaped(view.reason)
    yield ""
    for quote in view.quotes:
        yield from _quote(quote)
    notes = list(_notes(view, rubric))
    yield from notes
    if notes:
        yield ""


def _notes(view: CriterionView, rubric: Rubric) -> Iterator[str]:
    if view.score.missing and view.upward:
        yield f"- Missing for “{escaped(view.upward)}”: {escaped(view.score.missing)}"
    if view.change:
        yield f"- Next step: see change {view.change} at the top"
    elif view.next_step:
        yield f"- {'Next step' if view.upward else 'To keep it so'}: {escaped(view.next_step)}"
    if view.example:
        example = view.example
        level = escaped(level_name(rubric, example.level))
        yield f"- Example from another field ({escaped(example.domain)}), {level}: “{escaped(example.text)}”"
    if view.level and view.criterion:
        yield f"- What counts: {escaped(view.criterion.looks_for)}"
        yield f"- What “{escaped(view.standing)}” means: {escaped(view.level.description)}"


def _standing(view: CriterionView) -> str:
    if view.score.level is None:
        return escaped(view.standing)
    words = [f"{view.standing} ({view.score.level} of 4)", view.leaning, view.confidence]
    return escaped(", ".join(word for word in words if word))


def _quote(quote: Quote) -> Iterator[str]:
    evidence = quote.evidence
    yield f"> {escaped(evidence.quote)}"
    yield ">"
    place = place_words(evidence.location, evidence.section)
    place += f" ({evidence.columns})" if evidence.columns else ""
    yield "> — " + ": ".join(escaped(part) for part in (place, quote.why) if part)
    yield ""


def _about(assessment: Assessment, run: RunInfo) -> Iterator[str]:
    yield "## How this was made"
    yield ""
    yield " ".join(who_scored(assessment))
    if run.agreement:
        yield ""
        yield escaped(run.agreement)
    yield ""
    if assessment.sha256:
        yield f"- Document sha256: `{assessment.sha256}`"
    if assessment.profile:
        yield f"- Profile: {escaped(assessment.profile)}"
    yield f"- Rubric: {escaped(run.rubric_id)} {escaped(run.rubric_version)} `{run.rubric_hash}`"
    yield f"- Program: grader {run.program}"
    yield from (f"- {escaped(name)}: `{digest}`" for name, digest in run.models.items())
    if run.versions:
        yield "- Versions: " + escaped(", ".join(f"{name} {number}" for name, number in run.versions.items()))
    if settings_given(run):
        yield "- Settings: " + escaped(settings_given(run))
