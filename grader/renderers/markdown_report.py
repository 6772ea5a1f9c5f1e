"""One assessment as Markdown: the same content as the HTML report, without the document."""

import re
from collections.abc import Iterator

from grader.renderers.changes import top_changes
from grader.renderers.phrases import (
    STATE_WORDS,
    STATUS_WORDS,
    band,
    confidence_words,
    document_name,
    interval,
    kind_label,
    leaning,
    level_name,
    no_total_because,
    percent,
    place_words,
    points,
    profile_of,
    who_scored,
)
from grader.renderers.visible import visible
from grader.schema import Assessment, CriterionScore, Evidence, Flag, Rubric, RunInfo

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$@]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")


def render_markdown(assessment: Assessment, rubric: Rubric, run: RunInfo) -> str:
    """The report as GitHub-flavoured Markdown, ended by one line feed. Document text is escaped."""
    lines = [
        *_head(assessment, rubric, run),
        *_dimensions(assessment, rubric),
        *_changes(assessment, rubric),
        *_flags(assessment.flags),
        *_criteria(assessment, rubric),
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
        yield f"- Kind: {label} (confidence {percent(assessment.kind.confidence)})"
    yield f"- Rubric: {escaped(rubric.title)} {escaped(run.rubric_version)}"
    if assessment.total is None:
        yield f"- Status: **{STATUS_WORDS[assessment.status]}**"
        yield f"- Why there is no total: {escaped(no_total_because(assessment))}"
    else:
        within = f", 80 % interval {interval(assessment)}" if interval(assessment) else ""
        on_ladder = band(assessment.total, rubric)
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


def _changes(assessment: Assessment, rubric: Rubric) -> Iterator[str]:
    changes = top_changes(assessment, rubric, profile_of(assessment, rubric))
    if not changes:
        return
    yield "## What would lift the score most"
    yield ""
    for number, change in enumerate(changes, start=1):
        level = change.score.level or 0
        yield (
            f"{number}. **{change.score.id} {escaped(change.title)}** · {level_name(rubric, level)} → "
            f"{level_name(rubric, level + 1)} · +{change.gain:.1f} points"
        )
        yield f"   - {escaped(change.next_step)}"
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


def _criteria(assessment: Assessment, rubric: Rubric) -> Iterator[str]:
    if assessment.status != "graded":
        return
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    for dimension in rubric.dimensions:
        scores = [s for s in assessment.criteria if s.dimension == dimension.id]
        if not scores:
            continue
        yield f"## {escaped(dimension.title)}"
        yield ""
        for score in sorted(scores, key=lambda s: 5 if s.level is None else s.level):
            yield from _criterion(score, titles.get(score.id, ""), rubric)


def _criterion(score: CriterionScore, title: str, rubric: Rubric) -> Iterator[str]:
    yield f"### {score.id} {escaped(title)}: {_standing(score, rubric)}"
    yield ""
    yield escaped(score.reason)
    yield ""
    for evidence in score.evidence:
        yield from _quote(evidence)
    if score.missing:
        yield f"- Not found: {escaped(score.missing)}"
    if score.next_step:
        yield f"- Next step: {escaped(score.next_step)}"
    if score.missing or score.next_step:
        yield ""


def _standing(score: CriterionScore, rubric: Rubric) -> str:
    if score.level is None:
        return STATE_WORDS[score.state]
    words = [f"{level_name(rubric, score.level)} ({score.level} of 4)", leaning(score, rubric)]
    if score.confidence is not None:
        words.append(f"{confidence_words(score.confidence)} ({percent(score.confidence)})")
    return ", ".join(word for word in words if word)


def _quote(evidence: Evidence) -> Iterator[str]:
    yield f"> {escaped(evidence.quote)}"
    yield ">"
    place = place_words(evidence.location, evidence.section)
    yield "> — " + ": ".join(escaped(part) for part in (place, evidence.why) if part)
    yield ""


def _about(assessment: Assessment, run: RunInfo) -> Iterator[str]:
    yield "## How this was made"
    yield ""
    yield " ".join(who_scored(assessment))
    if run.agreement:
        yield ""
        yield escaped(run.agreement)
    yield ""
    rubric_name = f"{escaped(run.rubric_id)} {escaped(run.rubric_version)}"
    yield f"- grader {run.program}, rubric {rubric_name} `{run.rubric_hash[:12]}`"
    if assessment.sha256:
        yield f"- document sha256 `{assessment.sha256}`"
