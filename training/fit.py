"""Fits the numbers of `grader.scoring.weights`: how passages combine, and how examples are compared."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from grader.scoring.by_example import ExampleWeights, LogisticWeights
from grader.scoring.combine import Calibration, Combiner, pool

Floats = NDArray[np.float64]

CUT_SHRINKAGE = 0.15
"""Share of the common cut points in each criterion's own: few documents have the higher levels."""

_LEVELS = np.arange(1, 5)


def pooled(probabilities: Sequence[Floats]) -> Floats:
    """Per document (n_passages, n_criteria, 4) → (n_documents, n_criteria, 4), as `combine.pool` does."""
    return np.stack([
        np.stack([pool(document[:, criterion]) for criterion in range(document.shape[1])])
        for document in probabilities
    ])  # fmt: skip


def fit_combiner(features: Floats, levels: NDArray[np.int64], criteria: Sequence[str], own: bool) -> Combiner:
    """Fit slopes, intercepts, shifts and cut points.

    Args:
        features: (n_documents, n_criteria, 4) from `pooled`.
        levels: (n_documents, n_criteria) reference levels.
        own: whether criteria get a shift and cut points of their own; False for criteria without labels.
    """
    model = _logistic(features, levels, own)
    weights, n_criteria = model.coef_[0], len(criteria)
    slopes, intercepts = weights[:4], weights[4:8] * _INTERCEPT_SCALE + model.intercept_[0]
    shifts = dict(zip(criteria, weights[8:].tolist(), strict=True)) if own else {}
    plain = Combiner(
        slopes=tuple(slopes), intercepts=tuple(intercepts), shifts=shifts, common_cuts=(1, 2, 3, 4)
    )
    expected = np.stack(
        [plain.reached(features[:, c], shifts.get(criteria[c], 0.0)).sum(-1) for c in range(n_criteria)],
        axis=1,
    )
    common = _cuts(expected.ravel(), levels.ravel(), None)
    cuts = (
        {c: tuple(_cuts(expected[:, i], levels[:, i], common)) for i, c in enumerate(criteria)} if own else {}
    )
    return plain.model_copy(update={"common_cuts": tuple(common), "cuts": cuts})


_INTERCEPT_SCALE = 3.0  # a larger constant column is penalised less: intercepts should be free


def _logistic(features: Floats, levels: NDArray[np.int64], own: bool) -> LogisticRegression:
    n_documents, n_criteria, _ = features.shape
    clipped = features.clip(1e-5, 1 - 1e-5)
    logits = np.log(clipped / (1 - clipped))
    columns = np.zeros((n_documents, n_criteria, 4, 8 + (n_criteria if own else 0)))
    for k in range(4):
        columns[:, :, k, k] = logits[:, :, k]
        columns[:, :, k, 4 + k] = _INTERCEPT_SCALE
    if own:
        for criterion in range(n_criteria):
            columns[:, criterion, :, 8 + criterion] = 1
    reached = levels[:, :, None] >= _LEVELS
    return LogisticRegression(C=0.3, max_iter=3000).fit(
        columns.reshape(-1, columns.shape[-1]), reached.ravel()
    )


def _cuts(expected: Floats, levels: NDArray[np.int64], common: Sequence[float] | None) -> list[float]:
    """Cut points that give each level as often as the readers did, drawn towards the common ones."""
    cuts = []
    for k in _LEVELS:
        below = float((levels < k).mean())
        own = float(np.quantile(expected, below)) if below < 1 else 4.0
        if common is not None:
            own = (
                max(own, common[k - 1])
                if below == 1
                else (1 - CUT_SHRINKAGE) * own + CUT_SHRINKAGE * common[k - 1]
            )
        cuts.append(own)
    for k in range(1, 4):
        cuts[k] = max(cuts[k], cuts[k - 1] + 1e-3)
    return [round(min(cut, 3.99 + 0.001 * k), 5) for k, cut in enumerate(cuts)]


def judge_all(
    combiner: Combiner, features: Floats, criteria: Sequence[str]
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Levels, values and confidences, each (n_documents, n_criteria), from the features of `pooled`."""
    judged = [  # what was pooled before stands for one passage: the best one counts in full
        [combiner.judge(criterion, document[None, i]) for i, criterion in enumerate(criteria)]
        for document in features
    ]
    levels = np.array([[j.level for j in row] for row in judged])
    values = np.array([[j.value for j in row] for row in judged])
    confidences = np.array([[j.confidence for j in row] for row in judged])
    return levels, values, confidences


def mark_rates(marks: NDArray[np.int64]) -> tuple[float, float, float, float]:
    """Share of (passage, criterion) pairs that reach level 1 … 4. marks: (n_passages, n_criteria) levels."""
    first, second, third, fourth = (round(float((marks >= k).mean()), 6) for k in _LEVELS)
    return first, second, third, fourth


def fit_calibration(raw: Floats, agreed: NDArray[np.bool_]) -> Calibration:
    """Raw confidence against the share of exact agreement in up to 12 parts of equal size, made to rise.

    Parts, since single levels at either end would set the ends of the scale.
    """
    order = np.argsort(raw, axis=None, kind="stable")
    parts = [part for part in np.array_split(order, 12) if len(part)]
    points = np.array([raw.ravel()[part].mean() for part in parts])
    shares = np.array([agreed.ravel()[part].mean() for part in parts])
    model = IsotonicRegression(y_min=0.02, y_max=0.98).fit(points, shares, [len(part) for part in parts])
    rising = model.predict(points)
    return Calibration(raw=tuple(points.round(4).tolist()), agreed=tuple(rising.round(4).tolist()))


IRRELEVANT_SHARE = 0.2
"""Share of the irrelevant passages that relevance is fitted on, weighted up: one in 28 is relevant."""


def fit_relevance(features: Floats, relevant: NDArray[np.bool_]) -> LogisticWeights:
    """features (n, 9), relevant (n,)."""
    drawn = np.random.default_rng(0).random(len(relevant)) < IRRELEVANT_SHARE
    chosen = relevant | drawn
    weights = np.where(relevant[chosen], 1.0, 1 / IRRELEVANT_SHARE)
    # Newton steps: few columns, many rows, and a flat optimum that lbfgs stops short of.
    model = LogisticRegression(C=0.01, max_iter=100, solver="newton-cholesky")
    return _weights(model.fit(features[chosen], relevant[chosen], sample_weight=weights))


def fit_depth(
    features: Floats, levels: NDArray[np.int64]
) -> tuple[LogisticWeights, LogisticWeights, LogisticWeights]:
    """features (n, n_cues + 3) of passages that bear on something, levels (n,) the highest they earn, 1–4."""
    first, second, third = (
        _weights(LogisticRegression(C=0.3, max_iter=1000).fit(features, levels >= k)) for k in (2, 3, 4)
    )
    return first, second, third


def _weights(model: LogisticRegression) -> LogisticWeights:
    return LogisticWeights(
        bias=round(float(model.intercept_[0]), 5), weights=tuple(model.coef_[0].round(5).tolist())
    )


def example_weights(
    features: Mapping[str, Floats], marks: Mapping[str, NDArray[np.int64]], depth: Floats
) -> ExampleWeights:
    """Fit both parts on the criteria given: features (n_passages, 9) and marks (n_passages,) by criterion id."""
    relevance = fit_relevance(
        np.vstack(list(features.values())), np.concatenate([marks[c] > 0 for c in features])
    )
    highest = np.max([marks[c] for c in features], axis=0)
    marked = highest > 0
    return ExampleWeights(relevance=relevance, depth=fit_depth(depth[marked], highest[marked]))
