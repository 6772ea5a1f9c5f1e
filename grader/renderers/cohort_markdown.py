"""A cohort as one Markdown page: ``summary.md``, the same content as the index without its charts."""

from collections.abc import Iterator, Sequence

from grader.renderers.cohort_view import Cohort, Lesson, Row, cohort_view
from grader.renderers.markdown_report import escaped
from grader.renderers.phrases import WANTED_LEVEL, interval, level_name, percent, points
from grader.schema import Assessment, Rubric, RunInfo


def render_summary(assessments: Sequence[Assessment], rubric: Rubric, run: RunInfo) -> str:
    """GitHub-flavoured Markdown, ended by one line feed; documents in order of name, never of total."""
    cohort = cohort_view(assessments, rubric)
    lines = [
        *_head(cohort, rubric, run),
        *_unscored(cohort.unscored),
        *_ignored(run),
        *_lessons(cohort.lessons, rubric),
        *_scores(cohort.rows, rubric),
        *_shared([*cohort.rows, *cohort.unscored]),
        *_criteria(cohort, rubric),
        *_about(run),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(cohort: Cohort, rubric: Rubric, run: RunInfo) -> Iterator[str]:
    yield f"# {len(cohort.rows) + len(cohort.unscored)} documents"
    yield ""
    yield f"- Rubric: {escaped(rubric.title)} {escaped(run.rubric_version)}"
    yield f"- Scored: {len(cohort.rows)}; without a score: {len(cohort.unscored)}"
    if cohort.median is not None:
        middle = "; half of the totals are {}–{}".format(*map(points, cohort.middle)) if cohort.middle else ""
        yield f"- Median total: {points(cohort.median)} of 100{middle}"
    yield ""


def _unscored(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield "## Without a score"
    yield ""
    yield "These were not given a zero."
    yield ""
    for row in rows:
        yield f"- {escaped(row.name)}: **{row.status}**, {escaped(row.because)}"
    yield ""


def _ignored(run: RunInfo) -> Iterator[str]:
    """Someone may have handed in a picture: it has to be found here."""
    if not run.ignored:
        return
    yield "## Left out: no documents"
    yield ""
    for name, why in run.ignored.items():
        yield f"- {escaped(name)}: {escaped(why)}"
    yield ""


def _lessons(lessons: Sequence[Lesson], rubric: Rubric) -> Iterator[str]:
    if not lessons:
        return
    yield "## What this cohort is weakest at"
    yield ""
    yield (
        "For the next lesson: the criteria with the most documents below "
        f"*{escaped(level_name(rubric, WANTED_LEVEL))}*, by their number and not by their share."
    )
    yield ""
    for number, lesson in enumerate(lessons, start=1):
        criterion = lesson.spread.criterion
        yield f"{number}. **{criterion.id} {escaped(criterion.title)}**: {escaped(lesson.standing)}."
        yield f"   - What to look for: {escaped(criterion.looks_for)}"
        if lesson.first_step:
            yield f"   - First step for most: {escaped(lesson.first_step)}"
        if lesson.example:
            yield f"   - A passage to show ({escaped(lesson.example.domain)}): {escaped(lesson.example.text)}"
    yield ""


def _scores(rows: Sequence[Row], rubric: Rubric) -> Iterator[str]:
    if not rows:
        return
    yield "## Scores"
    yield ""
    yield "In order of name. Where two 80 % ranges overlap, the order of two totals means little."
    yield ""
    titles = [escaped(dimension.title) for dimension in rubric.dimensions]
    yield _line("Document", "Kind", "Total", "80 % range", *titles, "Confidence", "Flags")
    yield _line("---", "---", "---:", "---:", *("---:" for _ in titles), "---:", "---")
    for row in rows:
        scores = [points(row.a.dimensions.get(dimension.id)) for dimension in rubric.dimensions]
        yield _line(
            escaped(row.name),
            escaped(row.kind) + (f" ({row.kind_doubt} sure)" if row.kind_doubt else ""),
            points(row.a.total),
            interval(row.a),
            *scores,
            percent(row.confidence),
            escaped(", ".join(row.flags)),
        )
    yield ""


def _shared(rows: Sequence[Row]) -> Iterator[str]:
    if not any(row.shared for row in rows):
        return
    yield "## Shared passages"
    yield ""
    for row in rows:
        yield from (f"- {escaped(row.name)} {escaped(message)}" for message in row.shared)
    yield ""


def _criteria(cohort: Cohort, rubric: Rubric) -> Iterator[str]:
    if not cohort.spreads:
        return
    names = [level_name(rubric, level) for level in range(5)]
    yield "## How levels are spread"
    yield ""
    yield _line("Criterion", *map(escaped, names), f"Below {escaped(names[WANTED_LEVEL])}")
    yield _line("---", *("---:" for _ in names), "---:")
    for spread in cohort.spreads:
        title = f"{spread.criterion.id} {escaped(spread.criterion.title)}"
        yield _line(title, *map(str, spread.counts), percent(spread.share_below))
    yield ""


def _about(run: RunInfo) -> Iterator[str]:
    yield "## How this was made"
    yield ""
    yield "Scored by software; the report on each document shows the quotes a level rests on. A person decides."
    if run.agreement:
        yield ""
        yield escaped(run.agreement)
    yield ""
    rubric_name = f"{escaped(run.rubric_id)} {escaped(run.rubric_version)}"
    yield f"- grader {run.program}, rubric {rubric_name} `{run.rubric_hash[:12]}`"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
