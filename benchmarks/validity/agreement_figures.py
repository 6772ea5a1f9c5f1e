"""Agreement of levels, per criterion, per dimension and of the total."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.collection import Collection, Floats, Ints
from benchmarks.validity.tables import Table, number, share
from grader.rubric.profile import dimension_scores, total
from grader.schema import Frozen, Rubric
from training.measures import (
    adjacent,
    bootstrap_interval,
    exact,
    quadratic_weighted_kappa,
    ratio_of_deviations,
    standardised_mean_difference,
)

FULL = "full"
"""The profile that expects everything, with equal weights."""


class Agreement(Frozen):
    """How well one set of levels agrees with another; see `training.measures`.

    Attributes:
        readers: kappa of two readings of the same documents, nan where there are too few.
        r: Pearson correlation of the scores, only of dimensions and the total.
    """

    name: str
    kappa: float
    low: float
    high: float
    exact: float
    adjacent: float
    difference: float
    ratio: float
    readers: float
    r: float = float("nan")


def agreement(name: str, reader: Ints, grader: Ints, twice: tuple[Ints, Ints]) -> Agreement:
    """Figures of one criterion: (n_documents,) levels each; `twice` holds two readings of fewer documents."""
    low, high = bootstrap_interval(reader, grader)
    return Agreement(
        name=name, kappa=quadratic_weighted_kappa(reader, grader), low=low, high=high,
        exact=exact(reader, grader), adjacent=adjacent(reader, grader),
        difference=standardised_mean_difference(reader, grader), ratio=ratio_of_deviations(reader, grader),
        readers=quadratic_weighted_kappa(*twice),
    )  # fmt: skip


def read_twice(collection: Collection) -> tuple[Ints, Ints]:
    """First and second reading, (n, n_criteria) each, of the documents that were read more than once."""
    pairs = [d.readings[:2] for d in collection.documents if len(d.readings) > 1]
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


def per_criterion(collection: Collection, levels: Ints) -> list[Agreement]:
    """One entry per criterion, in the rubric's order."""
    first, second = read_twice(collection)
    return [
        agreement(name, collection.reference[:, i], levels[:, i], (first[:, i], second[:, i]))
        for i, name in enumerate(collection.criteria)
    ]


def scores(rubric: Rubric, levels: Ints) -> Floats:
    """(n_documents, n_dimensions + 1) points 0–100 of every dimension and, last, of the total."""
    profile, names = rubric.profile(FULL), [criterion.id for criterion in rubric.criteria]
    rows = []
    for row in levels.tolist():
        known = dict(zip(names, row, strict=True))
        rows.append([*dimension_scores(rubric, profile, known).values(), total(rubric, profile, known)])
    return np.array(rows, dtype=np.float64)


def per_dimension(collection: Collection, levels: Ints) -> list[Agreement]:
    """One entry per dimension and one for the total, from points: kappa, exact and adjacent after rounding to
    the nearest level (25 points), the rest from the points themselves."""
    readers, grader = scores(collection.rubric, collection.reference), scores(collection.rubric, levels)
    first, second = (scores(collection.rubric, reading) for reading in read_twice(collection))
    names = [*(dimension.title for dimension in collection.rubric.dimensions), "Total"]
    found = []
    for i, name in enumerate(names):
        rounded = agreement(
            name, nearest_level(readers[:, i]), nearest_level(grader[:, i]),
            (nearest_level(first[:, i]), nearest_level(second[:, i])),
        )  # fmt: skip
        points = {
            "difference": standardised_mean_difference(readers[:, i], grader[:, i]),
            "ratio": ratio_of_deviations(readers[:, i], grader[:, i]),
            "r": pearson(readers[:, i], grader[:, i]),
        }
        found.append(rounded.model_copy(update=points))
    return found


def nearest_level(points: Floats) -> Ints:
    """Points 0–100 → level 0–4, halves up."""
    return np.floor(points / 25 + 0.5).astype(np.int64)


def pearson(one: Floats, other: Floats) -> float:
    """Correlation, nan where one does not vary."""
    return float(np.corrcoef(one, other)[0, 1]) if one.std() and other.std() else float("nan")


def mean_kappa(collection: Collection, levels: Ints, chosen: NDArray[np.bool_]) -> float:
    """Mean kappa of the criteria in the mask `chosen`; those without a kappa are left out."""
    found = [
        quadratic_weighted_kappa(collection.reference[:, i], levels[:, i]) for i in np.flatnonzero(chosen)
    ]
    return float(np.nanmean(found))


def agreement_tables(collection: Collection, levels: Ints) -> Iterator[Table]:
    """Per criterion; per dimension and of the total."""
    names = {criterion.id: criterion.title for criterion in collection.rubric.criteria}
    criteria = per_criterion(collection, levels)
    rows = [_row(f"{entry.name} {names[entry.name]}", entry) for entry in criteria]
    core = collection.core
    for label, chosen in (("mean, core", core), ("mean, extension", ~core)):
        rows.append(_mean_row(label, [e for e, c in zip(criteria, chosen, strict=True) if c],
                              bootstrap_interval(collection.reference[:, chosen], levels[:, chosen])))  # fmt: skip
    n_twice = len(read_twice(collection)[0])
    yield Table(
        title="Agreement per criterion",
        note=(
            f"QWK: quadratic weighted kappa with its 95 % bootstrap interval over {len(levels)} documents. SMD: mean "
            "difference in standard deviations of the readers. SD ratio: spread of the grader's levels over that of "
            f"the readers'. Readers: QWK of two readings of the same document ({n_twice} documents)."
        ),
        header=("criterion", "QWK", "95 %", "exact", "adjacent", "SMD", "SD ratio", "readers"),
        rows=tuple(rows),
    )
    points = per_dimension(collection, levels)
    overall = np.array([document.overall for document in collection.documents])
    r = pearson(overall, scores(collection.rubric, levels)[:, -1])
    yield Table(
        title="Agreement per dimension and of the total",
        note=(
            "Pearson's r, SMD and SD ratio of the points; QWK, exact and adjacent after rounding them to levels. The "
            f"total's r with the readers' holistic mark `overall` is {number(r)} (their own totals': "
            f"{number(pearson(overall, scores(collection.rubric, collection.reference)[:, -1]))})."
        ),
        header=("dimension", "r", "QWK", "95 %", "exact", "adjacent", "SMD", "SD ratio", "readers"),
        rows=tuple((entry.name, number(entry.r), *_row(entry.name, entry)[1:]) for entry in points),
    )


def _row(name: str, entry: Agreement) -> tuple[str, ...]:
    return (
        name, number(entry.kappa), f"{number(entry.low)}–{number(entry.high)}", share(entry.exact),
        share(entry.adjacent), f"{entry.difference:+.2f}", number(entry.ratio), number(entry.readers),
    )  # fmt: skip


def _mean_row(name: str, entries: Sequence[Agreement], interval: tuple[float, float]) -> tuple[str, ...]:
    def mean(field: str) -> float:
        return float(np.nanmean([getattr(entry, field) for entry in entries]))

    absolute = float(np.mean([abs(entry.difference) for entry in entries]))
    return (
        name, number(mean("kappa")), f"{number(interval[0])}–{number(interval[1])}", share(mean("exact")),
        share(mean("adjacent")), f"±{absolute:.2f}", number(mean("ratio")), number(mean("readers")),
    )  # fmt: skip
