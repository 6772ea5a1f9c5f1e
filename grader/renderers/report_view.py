"""What the document report shows of each dimension and criterion, worked out before any HTML is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.renderers.marks import Mark
from grader.renderers.phrases import (
    STATE_WORDS,
    WANTED_LEVEL,
    confidence_words,
    leaning,
    level_name,
    percent,
    profile_of,
)
from grader.schema import Assessment, Criterion, CriterionScore, Dimension, Document, Example, Profile, Rubric

_COLOURS = 8


@dataclass(frozen=True)
class CriterionView:
    """One criterion of the report; `criterion` is None where the rubric no longer has it."""

    score: CriterionScore
    criterion: Criterion | None
    title: str
    standing: str
    leaning: str
    confidence: str
    open: bool
    example: Example | None


@dataclass(frozen=True)
class DimensionView:
    """One dimension: score 0–100 or None, share of the total's weight as text, criteria lowest first."""

    dimension: Dimension
    colour: str
    score: float | None
    weight: str
    criteria: list[CriterionView]
    unscored: list[CriterionView]

    @property
    def absence(self) -> str:
        """Why the dimension has no score, in words."""
        expected = any(view.score.state != "not_expected" for view in self.unscored)
        return STATE_WORDS["not_measured" if expected or self.criteria else "not_expected"]


def dimension_views(assessment: Assessment, rubric: Rubric) -> list[DimensionView]:
    """The dimensions that have a criterion in the assessment, in the rubric's order."""
    colours = colour_classes(rubric)
    weights = _weights(assessment, profile_of(assessment, rubric))
    views = []
    for dimension in rubric.dimensions:
        scores = [s for s in assessment.criteria if s.dimension == dimension.id]
        criteria = [_criterion_view(score, dimension, rubric) for score in scores]
        if criteria:
            scored = sorted((c for c in criteria if c.score.level is not None), key=_lowest_first)
            views.append(
                DimensionView(
                    dimension,
                    colours[dimension.id],
                    assessment.dimensions.get(dimension.id),
                    weights.get(dimension.id, ""),
                    scored,
                    [c for c in criteria if c.score.level is None],
                )
            )
    return views


def colour_classes(rubric: Rubric) -> dict[str, str]:
    """Class of colour by dimension id; the ninth dimension begins again with the first colour."""
    return {d.id: f"d{index % _COLOURS + 1}" for index, d in enumerate(rubric.dimensions)}


def evidence_marks(assessment: Assessment, rubric: Rubric, document: Document) -> dict[int, list[Mark]]:
    """Every quote of the assessment as a mark, by index of block; quotes not found there are left out."""
    colours = colour_classes(rubric)
    titles = {c.id: c.title for c in rubric.criteria}
    marks: dict[int, list[Mark]] = {}
    for score in assessment.criteria:
        level = "" if score.level is None else f": {level_name(rubric, score.level)}"
        label = f"{score.id} {titles.get(score.id, '')}{level}"
        for number, evidence in enumerate(score.evidence, start=1):
            if evidence.block < len(document.blocks):
                marks.setdefault(evidence.block, []).append(
                    Mark(
                        f"{score.id}-{number}",
                        score.id,
                        label,
                        colours.get(score.dimension, "d8"),
                        evidence.start,
                        min(evidence.end, len(document.blocks[evidence.block].text)),
                    )
                )
    return marks


def strong_example(criterion: Criterion, level: int | None) -> Example | None:
    """A passage one level up, but at least reasoned (3); None where the rubric has none."""
    wanted = max(3, min((level or 0) + 1, 4))
    strong = [e for e in criterion.examples if e.level >= 3 and not e.near_miss]
    return min(strong, key=lambda e: abs(e.level - wanted), default=None)


def _criterion_view(score: CriterionScore, dimension: Dimension, rubric: Rubric) -> CriterionView:
    known: Mapping[str, Criterion] = {c.id: c for c in dimension.criteria}
    criterion = known.get(score.id)
    standing = STATE_WORDS[score.state] if score.level is None else level_name(rubric, score.level)
    confidence = ""
    if score.confidence is not None:
        confidence = f"{confidence_words(score.confidence)} ({percent(score.confidence)})"
    return CriterionView(
        score=score,
        criterion=criterion,
        title=criterion.title if criterion else score.id,
        standing=standing,
        leaning=leaning(score, rubric),
        confidence=confidence,
        open=score.level is not None and score.level < WANTED_LEVEL,
        example=strong_example(criterion, score.level) if criterion else None,
    )


def _lowest_first(view: CriterionView) -> tuple[int, float]:
    return view.score.level or 0, view.score.value or 0.0


def _weights(assessment: Assessment, profile: Profile | None) -> dict[str, str]:
    """Share of the total by dimension id, among the dimensions that have a score."""
    if profile is None:
        return {}
    scored = {
        name: profile.dimensions.get(name, 0.0)
        for name, score in assessment.dimensions.items()
        if score is not None
    }
    everything = sum(scored.values())
    return {name: percent(weight / everything) for name, weight in scored.items()} if everything else {}
