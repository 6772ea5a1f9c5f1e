"""What the document report shows of each dimension, and its quotes as marks on the document."""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.renderers.criterion_view import CriterionView, lowest_first
from grader.renderers.marks import Mark
from grader.renderers.phrases import STATE_WORDS, level_name, percent, profile_of
from grader.schema import Assessment, Dimension, Document, Profile, Rubric

_COLOURS = 8


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


def dimension_views(
    assessment: Assessment, rubric: Rubric, criteria: Mapping[str, CriterionView]
) -> list[DimensionView]:
    """The dimensions that have a criterion in the assessment, in the rubric's order."""
    colours = colour_classes(rubric)
    weights = _weights(assessment, profile_of(assessment, rubric))
    views = []
    for dimension in rubric.dimensions:
        inside = [criteria[s.id] for s in assessment.criteria if s.dimension == dimension.id]
        if inside:
            views.append(
                DimensionView(
                    dimension,
                    colours[dimension.id],
                    assessment.dimensions.get(dimension.id),
                    weights.get(dimension.id, ""),
                    sorted((c for c in inside if c.score.level is not None), key=lowest_first),
                    [c for c in inside if c.score.level is None],
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
            for part, span in enumerate(evidence.spans):
                if span.block >= len(document.blocks):
                    continue
                end = min(span.end, len(document.blocks[span.block].text))
                colour = colours.get(score.dimension, "d8")
                mark = Mark(f"{score.id}-{number}", score.id, label, colour, span.start, end, part > 0)
                marks.setdefault(span.block, []).append(mark)
    return marks


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
