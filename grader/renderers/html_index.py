"""A cohort as one HTML page: what has no score, one table, a heat map, and the weakest criteria."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from urllib.parse import quote

from grader.renderers.page import page
from grader.renderers.phrases import STATUS_WORDS, document_name, kind_label, level_name
from grader.renderers.report_view import colour_classes
from grader.schema import Assessment, CriterionScore, Rubric, RunInfo

_WEAKEST = 5


@dataclass(frozen=True)
class Row:
    """One document of the index; `link` is "" where it has no page of its own."""

    a: Assessment
    name: str
    kind: str
    status: str
    link: str


@dataclass(frozen=True)
class Spread:
    """How a cohort stands on one criterion: `counts` of documents by level 0–4, and the mean level."""

    id: str
    title: str
    counts: tuple[int, ...]
    mean: float

    @property
    def segments(self) -> list[tuple[int, float, float]]:
        """Level, start and width of each bar segment, in percent."""
        shares = [100 * count / sum(self.counts) for count in self.counts]
        return [(level, sum(shares[:level]), share) for level, share in enumerate(shares) if share]


def render_index(
    assessments: Sequence[Assessment], rubric: Rubric, run: RunInfo, links: Mapping[int, str]
) -> str:
    """The index page, in order of name; documents without a score first, with their reasons.

    `links` gives the page of ``assessments[i]`` as a path relative to the index, ``/``-separated, unquoted.
    """
    rows = sorted(
        (_row(a, links.get(i, ""), rubric) for i, a in enumerate(assessments)),
        key=lambda row: (_natural(row.name), row.name),
    )
    graded = [row for row in rows if row.a.status == "graded"]
    totals = [row.a.total for row in graded if row.a.total is not None]
    return page(
        "index.html",
        "index.js",
        rubric=rubric,
        run=run,
        rows=graded,
        unscored=[row for row in rows if row.a.status != "graded"],
        median=median(totals) if totals else None,
        weakest=weakest([row.a for row in graded], rubric)[:_WEAKEST],
        heat=[(row, _cells(row.a, rubric)) for row in graded],
        colours=colour_classes(rubric),
        level_names=[level_name(rubric, level) for level in range(5)],
    )


def weakest(assessments: Sequence[Assessment], rubric: Rubric) -> list[Spread]:
    """The criteria that anyone was scored on, lowest mean level first, else in the rubric's order."""
    spreads = []
    for criterion in rubric.criteria:
        levels = [
            s.level for a in assessments for s in a.criteria if s.id == criterion.id and s.level is not None
        ]
        if levels:
            counts = tuple(levels.count(level) for level in range(5))
            spreads.append(Spread(criterion.id, criterion.title, counts, mean(levels)))
    return sorted(spreads, key=lambda spread: spread.mean)


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts ``draft2`` before ``draft10``, without regard to case."""
    parts = re.split("0*([0-9]+)", name.casefold())  # words and numbers in turn
    return [(len(part) if index % 2 else 0, part) for index, part in enumerate(parts)]


def _row(assessment: Assessment, link: str, rubric: Rubric) -> Row:
    # Quoted, a file name cannot become a scheme, a query or a fragment.
    return Row(
        assessment,
        document_name(assessment),
        kind_label(assessment, rubric),
        STATUS_WORDS[assessment.status],
        quote(link),
    )


def _cells(assessment: Assessment, rubric: Rubric) -> list[tuple[str, str]]:
    """Class and text of each cell of the heat map, one per criterion of the rubric."""
    scores = {score.id: score for score in assessment.criteria}
    return [_cell(scores.get(criterion.id)) for criterion in rubric.criteria]


def _cell(score: CriterionScore | None) -> tuple[str, str]:
    if score is None or score.state == "not_measured":
        return "nm", "?"
    return ("ne", "–") if score.level is None else (f"l{score.level}", str(score.level))
