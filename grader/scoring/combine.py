"""From passages to the level of a document: the best passages decide, more of the same adds little.

For one criterion and level k, with passage probabilities p₁ ≥ p₂ ≥ … of reaching k,

    a_k = 1 − Π_j (1 − w_j · p_j),    w falling from 1 to 0.1 over the ten best passages
    P(document reaches k) = σ(slope_k · logit(a_k) + intercept_k + shift_criterion)

and the expected level Σ_k P is turned into a level by four cut points per criterion, chosen on the reference
documents so that every level is given as often as the readers gave it.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.schema import Frozen

Floats = NDArray[np.float64]

DECAY = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""What the best passage, the second best, … can add."""

_TINY = 1e-5


class Calibration(Frozen):
    """Turns `narrowness` into the share of readers who agreed: linear between the given points."""

    raw: tuple[float, ...] = (0.0, 1.0)
    agreed: tuple[float, ...] = (0.0, 1.0)

    def __call__(self, raw: float) -> float:
        return float(np.interp(raw, self.raw, self.agreed))


class Combiner(Frozen):
    """Learned numbers of the formula above; criteria that are not named have shift 0 and the common cuts."""

    slopes: tuple[float, float, float, float]
    intercepts: tuple[float, float, float, float]
    shifts: Mapping[str, float] = {}
    common_cuts: tuple[float, float, float, float]
    cuts: Mapping[str, tuple[float, float, float, float]] = {}
    calibration: Calibration = Calibration()

    def judge(self, criterion: str, passages: Floats) -> "Judgement":
        """Level of a document from its passages, (n_passages, 4) probabilities; n may be 0."""
        reached = self.reached(pool(passages), self.shifts.get(criterion, 0.0))
        cuts = self.cuts.get(criterion, self.common_cuts)
        expected = float(reached.sum())
        level = sum(expected > cut for cut in cuts)
        return Judgement(
            level=level,
            value=round(_value(expected, cuts), 4),
            confidence=round(self.calibration(narrowness(reached)), 4),
        )

    def reached(self, pooled: Floats, shift: float) -> Floats:
        """(…, 4) probabilities that the document reaches each level, falling."""
        logits = np.log(pooled.clip(_TINY, 1 - _TINY) / (1 - pooled.clip(_TINY, 1 - _TINY)))
        raw = 1 / (1 + np.exp(-(np.array(self.slopes) * logits + np.array(self.intercepts) + shift)))
        result: Floats = np.minimum.accumulate(raw, axis=-1)
        return result


class Judgement(Frozen):
    """Level 0–4, value 0–4 (rounds to the level), confidence 0–1 of one criterion in one document."""

    level: int
    value: float
    confidence: float


def narrowness(reached: Floats) -> float:
    """How little the levels that seem possible spread: 1 less half their standard deviation, 0–1.

    Args:
        reached: (4,) probabilities of reaching level 1 … 4.
    """
    squares = float((np.array([1, 3, 5, 7]) * reached).sum())
    variance = squares - float(reached.sum()) ** 2
    return 1 - math.sqrt(max(variance, 0.0)) / 2


def pool(passages: Floats) -> Floats:
    """(n_passages, 4) → (4,): the probability that together they reach each level; zeros when n is 0."""
    best = np.sort(passages, axis=0)[::-1][: len(DECAY)]
    weights = np.array(DECAY[: len(best)])[:, None]
    result: Floats = 1 - np.prod(1 - best * weights, axis=0)
    return result


def _value(expected: float, cuts: Sequence[float]) -> float:
    """Expected level on a scale where the cut points lie at 0.5, 1.5, 2.5 and 3.5."""
    return float(np.interp(expected, [0.0, *cuts, 4.0], [0.0, 0.5, 1.5, 2.5, 3.5, 4.0]))
