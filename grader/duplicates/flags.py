"""Near-duplicates as flags of the documents concerned, for pages that show the whole batch.

They depend on what else was graded, so they are no part of a document's own result.
"""

from collections.abc import Sequence

from grader.schema import Assessment, Flag, NearDuplicate

MOST = 3
"""Pairs named for one document."""


def flagged(assessments: Sequence[Assessment], pairs: Sequence[NearDuplicate]) -> list[Assessment]:
    """The same assessments, in order; each in a pair has a flag for its closest ones."""
    found: dict[int, list[Flag]] = {}
    for pair in pairs:
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            places = [passage.first if own == pair.first else passage.second for passage in pair.passages]
            message = (
                f"shares {pair.words} words in long runs with {name_of(assessments[other])} "
                f"({pair.share:.0%} of the shorter one); duplicates.csv has the passages"
            )
            flag = Flag(
                code="near_duplicate", severity="info", message=message, location=next(iter(places), None)
            )
            found.setdefault(own, []).append(flag)
    return [
        assessment.model_copy(update={"flags": (*assessment.flags, *found[i][:MOST])})
        if i in found
        else assessment
        for i, assessment in enumerate(assessments)
    ]


def name_of(assessment: Assessment) -> str:
    """Source and member as one name."""
    return f"{assessment.source}: {assessment.member}" if assessment.member else assessment.source
