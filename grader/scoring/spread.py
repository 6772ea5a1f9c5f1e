"""How far a total may be from a careful reader's: an 80 % range from held-out errors."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.rubric.profile import shares
from grader.schema import Profile, Rubric

COVERED = 0.8


def total_range(
    rubric: Rubric,
    profile: Profile,
    levels: Mapping[str, int | None],
    points: float | None,
    residuals: Mapping[str, Sequence[int]],
) -> tuple[float, float] | None:
    """80 % range of a total, within 0–100; None unless errors were measured for every scored criterion.

    The held-out errors of each reference document are put through the profile's own weights; the middle
    80 % of those totals, taken from `points`, is the range.
    """
    scored = [criterion for criterion, level in levels.items() if level is not None]
    if points is None or not scored or any(criterion not in residuals for criterion in scored):
        return None
    errors = _total_errors(rubric, profile, scored, residuals)
    low, high = np.quantile(errors, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return round(max(0.0, points - float(high)), 1), round(min(100.0, points - float(low)), 1)


def _total_errors(
    rubric: Rubric, profile: Profile, scored: Sequence[str], residuals: Mapping[str, Sequence[int]]
) -> list[float]:
    """Error of the total in each reference document, in points."""
    points = {criterion: 25 * share for criterion, share in shares(rubric, profile, scored).items()}
    return [
        sum(worth * residuals[criterion][row] for criterion, worth in points.items())
        for row in range(len(residuals[scored[0]]))
    ]
