"""From levels to scores, by a profile's weights. The weights are the rubric's; only the arithmetic is here.

A dimension's score is the weighted mean of its criteria's levels, on 0–100 (level 4 = 100); the total is
the weighted mean of the profile's dimensions that have a score. What has no level is left out of the
weights. Fractions keep sums exact, so no order of adding can change a digit, and halves round up as on paper.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from math import floor

from grader.schema import Dimension, Profile, Rubric

_TOP_LEVEL = 4

Levels = Mapping[str, int | None]
"""Level 0–4 by criterion id; None, or no entry, where a criterion has no level."""


def expected(profile: Profile, criterion_id: str) -> float:
    """Weight of the criterion in its dimension, 0 or more; 0 means not expected, 1 where nothing is said."""
    return profile.criteria.get(criterion_id, 1.0)


def dimension_weight(profile: Profile, dimension_id: str) -> float:
    """Weight of the dimension in the total, 0 or more; one that the profile leaves out has 0."""
    return profile.dimensions.get(dimension_id, 0.0)


def dimension_scores(rubric: Rubric, profile: Profile, levels: Levels) -> dict[str, float | None]:
    """Score 0–100 with one decimal of every dimension; None where none of its criteria counts.

    A dimension of weight 0 has a score too; it only does not enter the total.
    """
    return {dimension.id: _rounded(_score(dimension, profile, levels)) for dimension in rubric.dimensions}


def total(rubric: Rubric, profile: Profile, levels: Levels) -> float | None:
    """Total 0–100 with one decimal, from unrounded dimension scores; None where no dimension counts."""
    scores = (
        (_score(dimension, profile, levels), dimension_weight(profile, dimension.id))
        for dimension in rubric.dimensions
    )
    return _rounded(_weighted_mean((score, weight) for score, weight in scores if score is not None))


def shares(rubric: Rubric, profile: Profile, scored: Collection[str]) -> dict[str, float]:
    """What part of the total each criterion of `scored` makes up, 0–1, where all of these have a level.

    Totals are linear in levels: a level more adds a quarter of 100 times the share.
    """
    weights = {
        dimension.id: {c.id: Fraction(str(expected(profile, c.id))) for c in dimension.criteria if c.id in scored}
        for dimension in rubric.dimensions
    }
    counted = {d: Fraction(str(dimension_weight(profile, d))) for d, own in weights.items() if sum(own.values())}
    whole = sum(counted.values(), Fraction())
    return {
        criterion: float(counted[dimension] / whole * weight / sum(weights[dimension].values()))
        for dimension in counted
        if whole
        for criterion, weight in weights[dimension].items()
    }


def _score(dimension: Dimension, profile: Profile, levels: Levels) -> Fraction | None:
    found = ((levels.get(criterion.id), expected(profile, criterion.id)) for criterion in dimension.criteria)
    return _weighted_mean(
        (Fraction(100 * level, _TOP_LEVEL), weight) for level, weight in found if level is not None
    )


def _weighted_mean(pairs: Iterable[tuple[Fraction, float]]) -> Fraction | None:
    # A weight written 0.1 means one tenth, not the nearest binary number: hence by way of its text.
    exact = [(value, Fraction(str(weight))) for value, weight in pairs]
    weights = sum((weight for _, weight in exact), Fraction())
    return sum((value * weight for value, weight in exact), Fraction()) / weights if weights else None


def _rounded(score: Fraction | None) -> float | None:
    return None if score is None else floor(score * 10 + Fraction(1, 2)) / 10
