"""Measures of agreement, as RSMTool defines them."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def quadratic_weighted_kappa(reader: Ints, grader: Ints) -> float:
    """Cohen's kappa with quadratic weights on the scale 0–4; nan when both always give the same level."""
    observed = float(((reader - grader) ** 2).mean())
    by_chance = float(((reader[:, None] - grader[None, :]) ** 2).mean())
    return 1 - observed / by_chance if by_chance else float("nan")


def standardised_mean_difference(reader: Ints, grader: Ints) -> float:
    """(mean of grader − mean of reader) / standard deviation of the reader; nan when that is 0."""
    spread = float(reader.std(ddof=1))
    return float((grader.mean() - reader.mean()) / spread) if spread else float("nan")


def ratio_of_deviations(reader: Ints, grader: Ints) -> float:
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
    """95 % bootstrap interval of the kappa, over documents."""
    generator = np.random.default_rng(seed)
    rows = generator.integers(0, len(reader), size=(n, len(reader)))
    kappas = [quadratic_weighted_kappa(reader[row], grader[row]) for row in rows]
    low, high = np.nanquantile(kappas, [0.025, 0.975])
    return float(low), float(high)
