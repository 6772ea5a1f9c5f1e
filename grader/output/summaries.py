"""What a run keeps of each document in memory while the rest is on disk."""

import sys
from collections.abc import Callable, Sequence

from grader.schema import Assessment, CriterionScore, NearDuplicate, Prose


def summary(assessment: Assessment) -> Assessment:
    """The assessment without texts and quotes: what tables need, small enough to keep for a whole cohort."""
    criteria = tuple(map(_slim, assessment.criteria))
    return assessment.model_copy(update={"criteria": criteria})


_KEPT_FIELDS = {"id", "dimension", "state", "level", "value", "confidence", "reason"}


def _slim(score: CriterionScore) -> CriterionScore:
    # One set of field names for all: pydantic would make one each, larger than what they hold.
    return CriterionScore.model_construct(
        _KEPT_FIELDS,
        id=sys.intern(score.id),
        dimension=sys.intern(score.dimension),
        state=score.state,
        level=score.level,
        value=score.value,
        confidence=score.confidence,
        reason="",
    )


def near_duplicates(
    summaries: Sequence[Assessment], prose: Callable[[int], Sequence[Prose]]
) -> list[NearDuplicate]:
    """Pairs of documents that share passages; those of one portfolio are one person's and left alone.

    Args:
        prose: the passages of ``summaries[i]``.
    """
    from grader.duplicates.find import find_duplicates

    sources = [None if s.member is None else s.source for s in summaries]
    found = find_duplicates(prose, len(summaries))
    return [p for p in found if sources[p.first] is None or sources[p.first] != sources[p.second]]
