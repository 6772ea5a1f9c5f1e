"""A comparison in words, the same in every format: totals, what rose and fell, quotes that came and went."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.renderers.phrases import STATE_WORDS, STATUS_WORDS, level_name, place_words, points
from grader.schema import CriterionScore, Rubric
from grader.schema.comparison import ComparedQuote, Comparison, CriterionChange, DocumentChange, Standing

_GROUPS = {
    "rose": "Rose",
    "fell": "Fell",
    "gained": "Has a level now",
    "lost": "Has no level any more",
    "same": "Same level, other quotes",
}
_VERDICTS = {
    "higher": "higher: each total lies outside the 80 % range of the other",
    "lower": "lower: each total lies outside the 80 % range of the other",
    "within_range": "not a clear change: inside the 80 % range",
    "no_range": "no range was measured: read it with care",
    "not_comparable": "neither higher nor lower can be said: the two were measured differently",
}


@dataclass(frozen=True)
class QuoteView:
    """One quote: it `appeared` in the new grading, or went with the old; `note` says what else is known."""

    appeared: bool
    quote: str
    place: str
    note: str


@dataclass(frozen=True)
class ChangeView:
    """One criterion: `step` is ``absent → specific``, or one level where it stayed."""

    id: str
    title: str
    step: str
    quotes: list[QuoteView]


@dataclass(frozen=True)
class DocumentView:
    """One document: `groups` of criteria by what happened to them; `same` counts those of which nothing changed."""

    change: DocumentChange
    name: str
    totals: str
    difference: str
    verdict: str
    dimensions: list[tuple[str, str, str, str]]
    groups: list[tuple[str, list[ChangeView]]]
    same: int

    @property
    def rose(self) -> int:
        """Number of criteria that rose."""
        return sum(change.direction == "rose" for change in self.change.criteria)

    @property
    def fell(self) -> int:
        """Number of criteria that fell."""
        return sum(change.direction == "fell" for change in self.change.criteria)


def document_views(comparison: Comparison, rubric: Rubric) -> list[DocumentView]:
    """The documents in the order of the comparison. Criteria that `rubric` does not know go by their ids."""
    return [_document(change, rubric) for change in comparison.documents]


def moves(comparison: Comparison, rubric: Rubric) -> list[tuple[str, str, int, int]]:
    """Id, title and number of documents that rose and fell, for each criterion that moved, in order."""
    titles = _titles(rubric)
    found: dict[str, list[int]] = {}
    for criterion in (criterion for change in comparison.documents for criterion in change.criteria):
        counts = found.setdefault(criterion.id, [0, 0])
        counts[0] += criterion.direction == "rose"
        counts[1] += criterion.direction == "fell"
    return [(name, titles.get(name, ""), rose, fell) for name, (rose, fell) in found.items() if rose or fell]


def said_of_all(comparison: Comparison) -> list[str]:
    """Sentences on documents that are in one grading only, and on there being none in both."""
    lines = []
    if not comparison.documents:
        lines.append("No document is in both, so nothing is compared; documents are matched by name.")
    for which, names in (("old", comparison.only_old), ("new", comparison.only_new)):
        if names:
            lines.append(f"Only in the {which} one: {', '.join(names)}")
    return lines


def _document(change: DocumentChange, rubric: Rubric) -> DocumentView:
    views: dict[str, list[ChangeView]] = {}
    for criterion in change.criteria:
        view = _criterion(criterion, rubric)
        if criterion.direction in _GROUPS and (criterion.direction != "same" or view.quotes):
            views.setdefault(criterion.direction, []).append(view)
    told = sum(map(len, views.values()))
    old, new = change.old.name, change.new.name
    return DocumentView(
        change=change,
        name=new if old == new else f"{old} → {new}",
        totals=f"{_total(change.old)} → {_total(change.new)}",
        difference=_difference(change.old.total, change.new.total),
        verdict=_verdict(change),
        dimensions=_dimensions(change, rubric),
        groups=[(words, views[name]) for name, words in _GROUPS.items() if name in views],
        same=len(change.criteria) - told,
    )


def _verdict(change: DocumentChange) -> str:
    if change.change == 0 and change.verdict in ("within_range", "no_range"):
        return "the same total"
    return _VERDICTS.get(change.verdict, "nothing to compare: a total is missing")


def signed(points_: float) -> str:
    """``+6``, ``−3`` or ``±0``, in whole points."""
    whole = round(points_)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "±0"


def _difference(old: float | None, new: float | None) -> str:
    """How far the two whole numbers that are shown lie apart, so that a row adds up; "" without one of them."""
    return "" if old is None or new is None else signed(round(new) - round(old))


def _total(standing: Standing) -> str:
    if standing.total is None:
        because = f", {standing.reason.text}" if standing.reason else ""
        return f"no total ({STATUS_WORDS[standing.status]}{because})"
    if standing.total_range is None:
        return points(standing.total)
    low, high = standing.total_range
    return f"{points(standing.total)} ({points(low)}–{points(high)})"


def _dimensions(change: DocumentChange, rubric: Rubric) -> list[tuple[str, str, str, str]]:
    """Title, score before, score now and difference of each dimension that has any."""
    rows = []
    for dimension in rubric.dimensions:
        old, new = change.old.dimensions.get(dimension.id), change.new.dimensions.get(dimension.id)
        if old is not None or new is not None:
            rows.append((dimension.title, points(old), points(new), _difference(old, new)))
    return rows


def _criterion(change: CriterionChange, rubric: Rubric) -> ChangeView:
    old, new = _level(change.old, rubric), _level(change.new, rubric)
    quotes = [
        *_quotes(True, change.appeared, "stood there before, not among the strongest"),
        *_quotes(False, change.went, "still there, no longer among the strongest"),
    ]
    step = old if old == new else f"{old} → {new}"
    return ChangeView(change.id, _titles(rubric).get(change.id, ""), step, quotes)


def _quotes(appeared: bool, quotes: Sequence[ComparedQuote], elsewhere: str) -> list[QuoteView]:
    return [
        QuoteView(
            appeared,
            each.evidence.quote,
            place_words(each.evidence.location, each.evidence.section),
            elsewhere if each.in_other else "",
        )
        for each in quotes
    ]


def _level(score: CriterionScore | None, rubric: Rubric) -> str:
    if score is None:
        return "not in the rubric"
    return STATE_WORDS[score.state] if score.level is None else level_name(rubric, score.level)


def _titles(rubric: Rubric) -> dict[str, str]:
    return {criterion.id: criterion.title for criterion in rubric.criteria}
