"""The findings of one assessment: every criterion below the level wanted of it."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from grader.drafts.places import Spot, spot_of
from grader.schema import Assessment, Criterion, CriterionScore, Document, Finding, Rubric

_FINGERPRINT_DIGITS = 32


def findings_of(
    assessment: Assessment,
    document: Document | None,
    rubric: Rubric,
    wanted: Mapping[str, int],
    lines: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """The findings in the order of the document, those of one place in the rubric's order.

    Args:
        wanted: level by criterion id, as `wanted_levels` gives it; others are not looked at.
        lines: those of the file, where it is text: columns come from them.
    """
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    low = [s for s in assessment.criteria if s.level is not None and s.level < wanted.get(s.id, 0)]
    spots = [(spot_of(score, criteria.get(score.id), assessment, document, lines), score) for score in low]
    in_order = sorted(spots, key=lambda pair: pair[0].order)
    return tuple(
        _finding(score, criteria.get(score.id), spot, wanted[score.id], assessment)
        for spot, score in in_order
    )


def fingerprint(assessment: Assessment, rule: str, quote: str) -> str:
    """What makes a finding the same one tomorrow: the file's name, the criterion and the words quoted.

    Not its lines, nor the folder, case, punctuation or spacing.
    """
    name = assessment.source.rsplit("/", 1)[-1]
    words = " ".join(re.findall(r"\w+", quote.casefold()))
    parts = "\0".join((name, assessment.member or "", rule, words))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_DIGITS]


def _finding(
    score: CriterionScore, criterion: Criterion | None, spot: Spot, wanted: int, assessment: Assessment
) -> Finding:
    quote = score.evidence[0].quote if score.evidence else ""
    return Finding(
        rule=score.id,
        title=criterion.title if criterion else score.id,
        dimension=score.dimension,
        level=score.level or 0,
        wanted=wanted,
        message=score.reason,
        missing=score.missing,
        next_step=_next_step(score, criterion, assessment),
        quote=quote,
        place=spot.place,
        where=spot.where,
        fingerprint=fingerprint(assessment, score.id, quote),
    )


def _next_step(score: CriterionScore, criterion: Criterion | None, assessment: Assessment) -> str:
    """In the rubric's words for the kind of document; the score's own where the rubric has none."""
    if criterion is None or score.level is None:
        return score.next_step
    return criterion.levels[score.level].step_for(assessment.kind.name if assessment.kind else None)
