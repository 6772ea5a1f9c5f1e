"""The changes that would lift a total most: which criteria, how far up, what to write and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from grader.renderers.phrases import WANTED_LEVEL, next_step, place_words, shortened
from grader.schema import Assessment, CriterionScore, Evidence, Profile, Rubric

TARGETS = {0: 2, 1: 3, 2: 3, 3: 4}
"""How far one sitting lifts a criterion, by its level.

A passage that is new is written for this product from the start, since a generic sentence helps nobody
(0 → 2). A generic sentence that gets its user, part or number can be given its reason in the same go (1 → 3).
From there every rung asks for a thing of its own: an argument (2 → 3), then something to act on (3 → 4).
"""


@dataclass(frozen=True)
class Change:
    """One criterion raised in one sitting.

    Attributes:
        target: level it would reach, 1–4, above the level it has.
        gain: points of the total (0–100) that this is worth, above 0, computed as the total is.
        steps: what to write, one or two instructions in their order.
        quote: beginning of the passage to build on, "" where a new one is needed.
        where: place in words where it belongs.
        anchor: key of the quote that stands there, such as ``TO1-1``; "" when there is none.
    """

    score: CriterionScore
    title: str
    target: int
    gain: float
    steps: tuple[str, ...]
    quote: str
    where: str
    anchor: str

    @property
    def quoted_as(self) -> str:
        """How the quote is introduced: a generic sentence is near the point, not yet on it."""
        return "You write" if (self.score.level or 0) > 1 else "Closest so far"

    @property
    def next_step(self) -> str:
        """The steps as one text."""
        return " Then: ".join(self.steps)


def top_changes(assessment: Assessment, rubric: Rubric, profile: Profile | None, n: int = 3) -> list[Change]:
    """The `n` changes with the most to gain, the largest gain first; no two say the same words.

    They are chosen by points a level × the way still to go from the value to the target × the root of the
    confidence, so that a criterion that may stand higher than its level says is seldom asked for what is
    already there. One that builds on another comes after all that do not wait: what a failure costs can be
    said once there is a failure.

    Empty without a profile or a total, and where nothing is below the top of the ladder.
    """
    if profile is None or assessment.total is None:
        return []
    gains = gains_per_level(assessment, profile)
    can_rise = [s for s in assessment.criteria if gains.get(s.id, 0) > 0 and s.level in TARGETS]
    waiting = _waiting(assessment, rubric)
    ranked = sorted(
        can_rise, key=lambda s: (s.id in waiting, -round(gains[s.id] * _way_to_go(s) * _sureness(s), 9))
    )
    chosen: dict[tuple[str, ...], Change] = {}
    for score in ranked:
        if len(chosen) == n:
            break
        change = _change(score, gains[score.id], assessment, rubric)
        chosen.setdefault(change.steps, change)
    return sorted(chosen.values(), key=lambda change: -round(change.gain, 6))


def _waiting(assessment: Assessment, rubric: Rubric) -> set[str]:
    """Ids of the criteria that build on one that is expected and not yet specific."""
    low = {s.id for s in assessment.criteria if s.level is not None and s.level < WANTED_LEVEL}
    return {criterion.id for criterion in rubric.criteria if criterion.builds_on in low}


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


def _way_to_go(score: CriterionScore) -> float:
    level = score.level or 0
    return max(TARGETS[level] - (score.value if score.value is not None else level), 0.0)


def _sureness(score: CriterionScore) -> float:
    return 1.0 if score.confidence is None else sqrt(score.confidence)


def _change(score: CriterionScore, gain: float, assessment: Assessment, rubric: Rubric) -> Change:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    level = score.level or 0
    where, anchor = _where(score, assessment, titles)
    return Change(
        score=score,
        title=titles.get(score.id, score.id),
        target=TARGETS[level],
        gain=gain * (TARGETS[level] - level),
        steps=tuple(_steps(score, assessment, rubric)),
        quote=shortened(score.evidence[0].quote) if score.evidence else "",
        where=where,
        anchor=anchor,
    )


def _steps(score: CriterionScore, assessment: Assessment, rubric: Rubric) -> Iterator[str]:
    """The next step of its level; a passage that is made specific also gets the next step from there."""
    kind = assessment.kind.name if assessment.kind else None
    yield next_step(score, rubric, kind)
    known = next((c for c in rubric.criteria if c.id == score.id), None)
    if score.level == 1 and known:
        yield known.levels[2].step_for(kind)


def _where(score: CriterionScore, assessment: Assessment, titles: dict[str, str]) -> tuple[str, str]:
    """At its own best passage; else beside the best one of its dimension; else in a new passage."""
    if score.evidence:
        return f"build on {_place(score.evidence[0])}", f"{score.id}-1"
    neighbours = [s for s in assessment.criteria if s.dimension == score.dimension and s.evidence]
    if not neighbours:
        return f"a new passage on {titles.get(score.id, score.id).lower()}", ""
    nearest = max(neighbours, key=lambda s: (s.level or 0, s.value or 0.0))
    return f"beside {_place(nearest.evidence[0])}, where {nearest.id} stands", f"{nearest.id}-1"


def _place(evidence: Evidence) -> str:
    return place_words(evidence.location, evidence.section) or "the passage quoted there"
