"""The changes that would lift a total most, by the weights alone."""

from dataclasses import dataclass

from grader.renderers.phrases import place_words
from grader.schema import Assessment, CriterionScore, Profile, Rubric


@dataclass(frozen=True)
class Change:
    """One criterion raised by one level.

    Attributes:
        gain: points of the total (0–100) that one level up is worth, above 0.
        where: place in words where the next step belongs.
        anchor: key of the quote that stands there, such as ``TO1-1``; "" when there is none.
    """

    score: CriterionScore
    title: str
    gain: float
    next_step: str
    where: str
    anchor: str


def top_changes(assessment: Assessment, rubric: Rubric, profile: Profile | None, n: int = 3) -> list[Change]:
    """The `n` criteria of which one level more lifts the total most; among equals the lowest first.

    Empty without a profile or a total, and where nothing is below the top of the ladder.
    """
    if profile is None or assessment.total is None:
        return []
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    gains = gains_per_level(assessment, profile)
    can_rise = [
        s for s in assessment.criteria if gains.get(s.id, 0) > 0 and s.level is not None and s.level < 4
    ]
    ranked = sorted(can_rise, key=lambda s: (-round(gains[s.id], 6), s.level, s.value or 0.0))
    return [
        Change(
            score,
            titles.get(score.id, score.id),
            gains[score.id],
            score.next_step,
            *_where(score, assessment, titles),
        )
        for score in ranked[:n]
    ]


def gains_per_level(assessment: Assessment, profile: Profile) -> dict[str, float]:
    """Points of the total that one level more is worth, by id of each scored criterion.

    A level is 25 points of its criterion; a dimension is the weighted mean of its scored criteria, the total
    the weighted mean of the dimensions that have a score.
    """
    scored = [s for s in assessment.criteria if s.level is not None]
    weight = {s.id: profile.criteria.get(s.id, 1.0) for s in scored}
    within: dict[str, float] = {}
    for score in scored:
        within[score.dimension] = within.get(score.dimension, 0.0) + weight[score.id]
    dimension_weight = {d: profile.dimensions.get(d, 0.0) for d, sum_ in within.items() if sum_ > 0}
    everything = sum(dimension_weight.values())
    if everything <= 0:
        return {}
    return {
        s.id: 25 * weight[s.id] / within[s.dimension] * dimension_weight[s.dimension] / everything
        for s in scored
        if s.dimension in dimension_weight
    }


def _where(score: CriterionScore, assessment: Assessment, titles: dict[str, str]) -> tuple[str, str]:
    """At its own best passage; else beside the best one of its dimension; else in a new passage."""
    if score.evidence:
        best = score.evidence[0]
        return f"build on {place_words(best.location, best.section)}", f"{score.id}-1"
    neighbours = [s for s in assessment.criteria if s.dimension == score.dimension and s.evidence]
    if not neighbours:
        return f"a new passage on {titles.get(score.id, score.id).lower()}", ""
    nearest = max(neighbours, key=lambda s: (s.level or 0, s.value or 0.0))
    best = nearest.evidence[0]
    where = f"beside {place_words(best.location, best.section)}, where {nearest.id} stands"
    return where, f"{nearest.id}-1"
