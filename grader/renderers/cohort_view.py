"""What an instructor wants to know of a cohort, worked out before a page or a text is written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles

from grader.renderers.phrases import (
    STATUS_WORDS,
    WANTED_LEVEL,
    confidence_words,
    document_name,
    kind_label,
    level_name,
    no_total_because,
    percent,
)
from grader.renderers.strong_example import strong_example
from grader.schema import Assessment, Criterion, Dimension, Example, Rubric

LESSONS = 5
SHARED = "near_duplicate"
"""Code of the flags that name another document."""
_SURE = 0.6


@dataclass(frozen=True)
class Row:
    """One document of a cohort.

    Attributes:
        link: its page, relative to the index and unquoted; "" where it has none.
        confidence: mean confidence of its levels, 0–1; None without a level.
        unsure: number of levels that are worth a second look.
        because: why it has no total; "" where it has one.
    """

    a: Assessment
    name: str
    kind: str
    link: str
    confidence: float | None
    unsure: int
    because: str

    @property
    def status(self) -> str:
        """``graded``, ``not scorable`` or ``skipped``."""
        return STATUS_WORDS[self.a.status]

    @property
    def kind_doubt(self) -> str:
        """How sure the recognition of the kind is, in percent, where it is not; else ""."""
        kind = self.a.kind
        return percent(kind.confidence) if kind and kind.confidence < _SURE else ""

    @property
    def flags(self) -> list[str]:
        """Codes of its flags, each once."""
        return list(dict.fromkeys(flag.code for flag in self.a.flags))

    @property
    def shared(self) -> list[str]:
        """What it shares with which other documents, one sentence each."""
        return [flag.message for flag in self.a.flags if flag.code == SHARED]


@dataclass(frozen=True)
class Spread:
    """How a cohort stands on one criterion.

    Attributes:
        counts: documents by level 0–4; those without a level are in none.
        below: how many of them are below the wanted level.
    """

    criterion: Criterion
    dimension: Dimension
    counts: tuple[int, ...]
    below: int

    @property
    def documents(self) -> int:
        """Number of documents that have a level."""
        return sum(self.counts)

    @property
    def share_below(self) -> float:
        """Share of `documents` below the wanted level, 0–1."""
        return self.below / self.documents

    @property
    def mean(self) -> float:
        """Mean level, 0–4."""
        return sum(level * count for level, count in enumerate(self.counts)) / self.documents

    def words(self, rubric: Rubric) -> str:
        """``absent 12, mentioned 3, …``: the chart as text."""
        return ", ".join(f"{level_name(rubric, level)} {count}" for level, count in enumerate(self.counts))


@dataclass(frozen=True)
class Lesson:
    """A criterion worth teaching to this cohort, in the rubric's words.

    Attributes:
        standing: how many are below the wanted level, and where most of those stand.
        first_step: the next step of the commonest level below the wanted one.
        example: a strong passage about another product, to be shown; None where the rubric has none.
    """

    spread: Spread
    standing: str
    first_step: str
    example: Example | None


@dataclass(frozen=True)
class Cohort:
    """All of it: `rows` and `unscored` in order of name, `spreads` in the rubric's order.

    `middle` are the quartiles between which half of the totals lie; None below four totals.
    """

    rows: list[Row]
    unscored: list[Row]
    median: float | None
    middle: tuple[float, float] | None
    spreads: list[Spread]
    lessons: list[Lesson]

    @property
    def totals(self) -> list[float]:
        """The totals, 0–100, in order of name."""
        return [row.a.total for row in self.rows if row.a.total is not None]


def cohort_view(
    assessments: Sequence[Assessment], rubric: Rubric, links: Mapping[int, str] | None = None
) -> Cohort:
    """`links` gives the page of ``assessments[i]``; criteria on which nobody was scored have no spread."""
    rows = [_row(a, (links or {}).get(i, ""), rubric) for i, a in enumerate(assessments)]
    rows.sort(key=lambda row: (_natural(row.name), row.name))
    graded = [row for row in rows if row.a.status == "graded"]
    totals = [row.a.total for row in graded if row.a.total is not None]
    quarters = quantiles(totals, n=4, method="inclusive") if len(totals) >= 4 else []
    spreads = spread_of([row.a for row in graded], rubric)
    return Cohort(
        rows=graded,
        unscored=[row for row in rows if row.a.status != "graded"],
        median=median(totals) if totals else None,
        middle=(quarters[0], quarters[2]) if quarters else None,
        spreads=spreads,
        lessons=[_lesson(spread, rubric) for spread in weakest(spreads)[:LESSONS]],
    )


def spread_of(assessments: Sequence[Assessment], rubric: Rubric) -> list[Spread]:
    """The criteria that anyone was scored on, in the rubric's order."""
    levels: dict[str, list[int]] = {criterion.id: [0] * 5 for criterion in rubric.criteria}
    for score in (score for a in assessments for score in a.criteria):
        if score.level is not None and score.id in levels:
            levels[score.id][score.level] += 1
    return [
        Spread(criterion, dimension, tuple(counts), sum(counts[:WANTED_LEVEL]))
        for dimension in rubric.dimensions
        for criterion in dimension.criteria
        if any(counts := levels[criterion.id])
    ]


def weakest(spreads: Sequence[Spread]) -> list[Spread]:
    """Those with anyone below the wanted level, most documents first, then by mean level.

    By number and not by share, so that a criterion expected of two documents does not lead the lesson.
    """
    return sorted((s for s in spreads if s.below), key=lambda s: (-s.below, s.mean))


def mean_confidence(assessment: Assessment) -> float | None:
    """Mean confidence of the levels, 0–1; None without any."""
    found = [s.confidence for s in assessment.criteria if s.level is not None and s.confidence is not None]
    return mean(found) if found else None


def _row(assessment: Assessment, link: str, rubric: Rubric) -> Row:
    doubtful = (s for s in assessment.criteria if s.level is not None and s.confidence is not None)
    return Row(
        assessment,
        document_name(assessment),
        kind_label(assessment, rubric),
        link,
        mean_confidence(assessment),
        sum(confidence_words(s.confidence).startswith("unsure") for s in doubtful),
        no_total_because(assessment) if assessment.total is None else "",
    )


def _lesson(spread: Spread, rubric: Rubric) -> Lesson:
    low = spread.counts[:WANTED_LEVEL]
    commonest = low.index(max(low))
    share = low[commonest] / spread.below if spread.below else 1
    most = "all" if share == 1 else "most" if share > 0.5 else "half" if share == 0.5 else "many"
    standing = (
        f"{spread.below} of the {spread.documents} documents it is expected of "
        f"({percent(spread.share_below)}) are below {level_name(rubric, WANTED_LEVEL)}, "
        f"{most} of them {level_name(rubric, commonest)}"
    )
    first_step = next((each.next_step for each in spread.criterion.levels if each.level == commonest), "")
    return Lesson(spread, standing, first_step, strong_example(spread.criterion, commonest, frozenset()))


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts ``draft2`` before ``draft10``, without regard to case."""
    parts = re.split("0*([0-9]+)", name.casefold())  # words and numbers in turn
    return [(len(part) if index % 2 else 0, part) for index, part in enumerate(parts)]
