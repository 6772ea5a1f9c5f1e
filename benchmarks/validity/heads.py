"""A learned head per criterion and level on frozen sentence vectors: the plainest trained judge."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PENALTY = 3e-4
"""Weight of the squared head weights, for inputs of unit variance."""


def head_probabilities(
    vectors: NDArray[np.float32], reached: NDArray[np.bool_], unseen: NDArray[np.float32]
) -> Floats:
    """(n_unseen, n_outputs) probabilities of logistic heads fitted together.

    Args:
        vectors: (n, dim) of passages with marks.
        reached: (n, n_outputs) what they reach.
        unseen: (n_unseen, dim).
    """
    import torch

    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    inputs, targets = torch.from_numpy((vectors - mean) / spread), torch.from_numpy(reached).float()
    rates = targets.mean(0).clamp(1e-4, 1 - 1e-4)
    weights = torch.zeros(inputs.shape[1], targets.shape[1], requires_grad=True)
    bias = torch.log(rates / (1 - rates)).requires_grad_()
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=80, history_size=8, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        logits = inputs @ weights + bias
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        loss = loss.mean(0).sum() + PENALTY * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    with torch.no_grad():
        logits = torch.from_numpy((unseen - mean) / spread) @ weights + bias
    result: Floats = torch.sigmoid(logits).numpy().astype(np.float64)
    return result
