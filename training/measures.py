"""Measures of agreement, as RSMTool defines them."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def quadratic_weighted_kappa(reader: Ints, grader: Ints) -> float:
    """Cohen's kappa with quadratic weights on the scale 0–4; nan when both always give the same level."""
    return float(kappas(reader[None], grader[None])[0])


def kappas(reader: Ints, grader: Ints) -> Floats:
    """(n, n_documents) twice → (n,) quadratic weighted kappas, nan where both always give the same level.

    The mean squared difference by chance, of every reading with every level given, is the sum of both
    variances and the squared difference of the means.
    """
    observed = ((reader - grader) ** 2).mean(axis=1)
    by_chance = reader.var(axis=1) + grader.var(axis=1) + (reader.mean(axis=1) - grader.mean(axis=1)) ** 2
    return np.where(by_chance > 0, 1 - observed / np.where(by_chance > 0, by_chance, 1), np.nan)


def standardised_mean_difference(reader: Ints | Floats, grader: Ints | Floats) -> float:
    """(mean of grader − mean of reader) / standard deviation of the reader; nan when that is 0."""
    spread = float(reader.std(ddof=1))
    return float((grader.mean() - reader.mean()) / spread) if spread else float("nan")


def ratio_of_deviations(reader: Ints | Floats, grader: Ints | Floats) -> float:
    """Standard deviation of the grader over that of the reader; nan when the latter is 0."""
    spread = float(reader.std(ddof=1))
    return float(grader.std(ddof=1) / spread) if spread else float("nan")


def exact(reader: Ints, grader: Ints) -> float:
    """Share of equal levels."""
    return float((reader == grader).mean())


def adjacent(reader: Ints, grader: Ints) -> float:
    """Share of levels that differ by at most one."""
    return float((abs(reader - grader) <= 1).mean())


def bootstrap_interval(reader: Ints, grader: Ints, n: int = 1000, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval over documents of the kappa, or of the mean kappa of several criteria.

    Args:
        reader, grader: (n_documents,) levels, or (n_documents, n_criteria).
    """
    rows = np.random.default_rng(seed).integers(0, len(reader), size=(n, len(reader)))
    columns = zip(np.atleast_2d(reader.T), np.atleast_2d(grader.T), strict=True)
    drawn = np.stack([kappas(theirs[rows], ours[rows]) for theirs, ours in columns])
    low, high = np.nanquantile(np.nanmean(drawn, axis=0), [0.025, 0.975])
    return float(low), float(high)
