"""A learned head per criterion and level on frozen sentence vectors: the plainest trained judge."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PENALTY = 1e-3
"""Weight of the squared head weights, for inputs of unit variance; the best of three for this baseline."""


def head_probabilities(
    vectors: NDArray[np.float32], reached: NDArray[np.bool_], unseen: NDArray[np.float32]
) -> Floats:
    """(n_unseen, n_outputs) probabilities of logistic heads fitted together.

    Args:
        vectors: (n, dim) of passages with marks.
        reached: (n, n_outputs) what they reach.
        unseen: (n_unseen, dim).
    """
    from scipy.optimize import minimize

    mean, spread = vectors.mean(axis=0), vectors.std(axis=0).clip(1e-6)  # one direction is constant
    inputs = _with_bias((vectors - mean) / spread)
    shape = (inputs.shape[1], reached.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape).astype(np.float32)
        logits = inputs @ weights
        penalised = weights * (np.arange(shape[0])[:, None] < shape[0] - 1)  # all but the bias
        value = (np.logaddexp(0, logits) - reached * logits).sum() / len(inputs) + PENALTY * (
            penalised**2
        ).sum()
        gradient = inputs.T @ (_sigmoid(logits) - reached) / len(inputs) + 2 * PENALTY * penalised
        return float(value), gradient.ravel().astype(np.float64)

    start = np.zeros(shape)
    rates = reached.mean(axis=0).clip(1e-4, 1 - 1e-4)
    start[-1] = np.log(rates / (1 - rates))
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return _sigmoid(_with_bias((unseen - mean) / spread) @ found.x.reshape(shape))


def _with_bias(inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.column_stack([inputs, np.ones(len(inputs), dtype=np.float32)])


def _sigmoid(logits: NDArray[np.floating[Any]]) -> Floats:
    result: Floats = 1 / (1 + np.exp(-logits))
    return result
