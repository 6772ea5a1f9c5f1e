"""Agreement within kinds and lengths of documents, the total's range, and the pull of length."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.agreement_figures import FULL, pearson, scores
from benchmarks.validity.collection import Collection, Floats, Ints
from benchmarks.validity.tables import Table, number, share
from grader.scoring.kinds import recognise_kind
from grader.scoring.spread import COVERED, total_range
from training.measures import quadratic_weighted_kappa

LENGTHS = (0, 500, 1000, 2000, 4000, 10**9)
"""Edges of the length bands, in words."""


def slice_table(collection: Collection, levels: Ints) -> Table:
    """Per kind and per length band."""
    kinds = np.array([document.kind for document in collection.documents])
    groups = [(kind, kinds == kind) for kind in sorted(set(kinds), key=lambda k: -(kinds == k).sum())]
    for low, high in zip(LENGTHS[:-1], LENGTHS[1:], strict=True):
        chosen = (collection.words >= low) & (collection.words < high)
        label = f"{low}–{high - 1} words" if high < LENGTHS[-1] else f"{low} words or more"
        groups.append((label, chosen))
    readers, grader = (scores(collection.rubric, one)[:, -1] for one in (collection.reference, levels))
    return Table(
        title="Per kind and length of document",
        note="QWK over all core levels of the group together; most groups are too small for more.",
        header=("", "documents", "QWK core", "r of the total", "mean total, readers", "mean total, grader", "mean gap"),
        rows=tuple(
            (name, str(chosen.sum()), number(_kappa(collection, levels, chosen)),
             number(pearson(readers[chosen], grader[chosen]) if chosen.sum() > 2 else float("nan")),
             number(readers[chosen].mean(), 1), number(grader[chosen].mean(), 1),
             number(abs(readers - grader)[chosen].mean(), 1))
            for name, chosen in groups
        ),
    )  # fmt: skip


def _kappa(collection: Collection, levels: Ints, chosen: NDArray[np.bool_]) -> float:
    cells = np.ix_(chosen, collection.core)
    return quadratic_weighted_kappa(collection.reference[cells].ravel(), levels[cells].ravel())


def kind_table(collection: Collection) -> Table:
    """How often the kind of a document is recognised."""
    guesses = [recognise_kind(document.document, collection.rubric) for document in collection.documents]
    right = np.array([g.name == d.kind for g, d in zip(guesses, collection.documents, strict=True)])
    kinds = np.array([document.kind for document in collection.documents])
    sure = float(np.mean([guess.confidence for guess in guesses]))
    rows = [("all", str(len(right)), share(right.mean()), "")]
    for kind in dict.fromkeys(kinds):
        wrong = [g.name for g, k in zip(guesses, kinds, strict=True) if k == kind and g.name != kind]
        taken = ", ".join(f"{name} {wrong.count(name)}" for name in sorted(set(wrong)))
        rows.append((kind, str((kinds == kind).sum()), share(right[kinds == kind].mean()), taken))
    return Table(
        title="Kind of document",
        note=f"Recognised kind against the readers'. Mean confidence {number(sure)}. The signals were written with "
        "these documents at hand, so this is no held-out figure.",
        header=("kind", "documents", "right", "taken for"),
        rows=tuple(rows),
    )


def total_ranges(collection: Collection, levels: Ints) -> list[tuple[float, float]]:
    """The 80 % range of every document's total, from the held-out errors of the other folds' documents."""
    errors = levels - collection.reference
    profile, points = collection.rubric.profile(FULL), scores(collection.rubric, levels)[:, -1]
    found: list[tuple[float, float]] = [(0.0, 0.0)] * len(levels)
    for train, test in collection.folds:
        residuals = {name: errors[train, i].tolist() for i, name in enumerate(collection.criteria)}
        for i in test:
            given = dict(zip(collection.criteria, levels[i].tolist(), strict=True))
            spread = total_range(collection.rubric, profile, given, float(points[i]), residuals)
            found[i] = spread or (points[i], points[i])
    return found


def total_table(collection: Collection, levels: Ints) -> Table:
    """Coverage of the range, error of the total, correlation with length."""
    readers, grader = (scores(collection.rubric, one)[:, -1] for one in (collection.reference, levels))
    ranges = np.array(total_ranges(collection, levels))
    inside = (ranges[:, 0] <= readers) & (readers <= ranges[:, 1])
    return Table(
        title="The total's range, and length",
        header=("", "figure"),
        rows=(
            (f"coverage of the {share(COVERED)} range", share(inside.mean())),
            ("mean width of the range, points", number((ranges[:, 1] - ranges[:, 0]).mean(), 1)),
            ("mean absolute error of the total, points", number(abs(readers - grader).mean(), 1)),
            *length_rows(collection.words, readers, grader),
        ),
    )


def length_rows(words: Floats, readers: Floats, grader: Floats) -> Iterator[tuple[str, str]]:
    """Correlation of totals with the logarithm of the number of words."""
    yield "r of total and log length, readers", number(pearson(np.log(words), readers))
    yield "r of total and log length, grader", number(pearson(np.log(words), grader))
