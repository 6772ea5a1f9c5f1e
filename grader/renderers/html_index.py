"""A cohort as one HTML page: what has no score, what to teach next, spreads, one table and a heat map."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from grader.renderers.charts import WIDE, column_chart, scale_top
from grader.renderers.cohort_view import Cohort, Row, Spread, cohort_view
from grader.renderers.page import page
from grader.renderers.phrases import WANTED_LEVEL, level_name, whole
from grader.renderers.report_view import colour_classes
from grader.schema import Assessment, CriterionScore, Dimension, Rubric, RunInfo

_TOTALS_BY = 10


def render_index(
    assessments: Sequence[Assessment],
    rubric: Rubric,
    run: RunInfo,
    links: Mapping[int, str],
    *,
    rank: bool = False,
) -> str:
    """The index page, in order of name; documents without a score first, with their reasons.

    Args:
        links: the page of ``assessments[i]`` as a path relative to the index, ``/``-separated, unquoted.
        rank: let the reader sort by total and by dimension.
    """
    cohort = cohort_view(assessments, rubric, links)
    return page(
        "index.html",
        "index.js",
        styles=("page.css", "index.css"),
        rubric=rubric,
        run=run,
        rank=rank,
        cohort=cohort,
        # Quoted, a file name cannot become a scheme, a query or a fragment.
        href=lambda row: quote(row.link),
        kinds=_kinds(cohort.rows),
        totals_chart=_totals_chart(cohort) if cohort.totals else "",
        spreads=_by_dimension(cohort.spreads, rubric),
        heat=[(row, _heat_cells(row.a, rubric)) for row in cohort.rows],
        gauge=_gauge,
        colours=colour_classes(rubric),
        wanted_level=WANTED_LEVEL,
        wanted=level_name(rubric, WANTED_LEVEL),
        level_names=[level_name(rubric, level) for level in range(5)],
    )


def _kinds(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Id, label and number of documents of each kind, by label."""
    found = sorted((row.kind, row.a.kind.name) for row in rows if row.a.kind)
    return [(name, label, len(list(same))) for (label, name), same in groupby(found)]


def _totals_chart(cohort: Cohort) -> Markup:
    counts = [0] * (100 // _TOTALS_BY)
    for total in cohort.totals:
        counts[min(int(total // _TOTALS_BY), len(counts) - 1)] += 1
    columns = [(str(index * _TOTALS_BY), count) for index, count in enumerate(counts)]
    words = ", ".join(f"from {label}: {count}" for label, count in columns if count)
    top = scale_top([max(counts) / sum(counts)])
    description = f"Documents by total, in steps of {_TOTALS_BY}: {words}"
    return column_chart(columns, description, top=top, size=WIDE)


def _by_dimension(
    spreads: Sequence[Spread], rubric: Rubric
) -> list[tuple[Dimension, list[tuple[Spread, Markup]]]]:
    top = scale_top([max(spread.counts) / spread.documents for spread in spreads])
    charts = [(spread, _spread_chart(spread, rubric, top)) for spread in spreads]
    return [
        (dimension, list(group)) for dimension, group in groupby(charts, key=lambda pair: pair[0].dimension)
    ]


def _spread_chart(spread: Spread, rubric: Rubric, top: float) -> Markup:
    columns = [(str(level), count) for level, count in enumerate(spread.counts)]
    return column_chart(columns, spread.words(rubric), top=top, marked=WANTED_LEVEL)


def _heat_cells(assessment: Assessment, rubric: Rubric) -> Markup:
    """One ``<td>`` per criterion of the rubric; as text, for a thousand documents have 24,000 of them."""
    scores = {score.id: score for score in assessment.criteria}
    cells = (_heat_cell(scores.get(criterion.id)) for criterion in rubric.criteria)
    return Markup("".join(f'<td class="{look}">{text}</td>' for look, text in cells))


def _heat_cell(score: CriterionScore | None) -> tuple[str, str]:
    if score is None or score.state == "not_measured":
        return "nm", "?"
    return ("ne", "–") if score.level is None else (f"l{score.level}", str(score.level))


def _gauge(score: float | None) -> str:
    """Class that draws a score of 0–100 as a bar, in steps of 5; "" without a score."""
    return "" if score is None else f" w{whole(score / 5)}"
