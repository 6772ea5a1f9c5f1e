"""Turns predictions on any scale into levels, so that baselines are compared on equal terms."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Folds = Iterable[tuple[Ints, Ints]]


def matched_cuts(predicted: Floats, levels: Ints) -> Floats:
    """(4,) cut points above which the levels 1 … 4 are given as often as in `levels`; inf for one never given."""
    below = [float((levels < k).mean()) for k in range(1, 5)]
    return np.array([np.quantile(predicted, share) if share < 1 else np.inf for share in below])


def matched_levels(predicted: Floats, levels: Ints, folds: Folds) -> Ints:
    """(n_documents, n_criteria) levels from held-out predictions of the same shape.

    The cut points of a fold are those of its training documents.
    """
    result = np.zeros(levels.shape, dtype=np.int64)
    for train, test in folds:
        for column in range(levels.shape[1]):
            cuts = matched_cuts(predicted[train, column], levels[train, column])
            result[test, column] = (predicted[test, column, None] > cuts).sum(axis=1)
    return result
