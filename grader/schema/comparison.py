"""What changed between two gradings of the same documents: the outcome of ``grader compare``."""

from typing import Literal

from pydantic import Field

from grader.schema.document import Frozen
from grader.schema.results import CriterionScore, Evidence, KindGuess, Reason, Status

Direction = Literal["rose", "fell", "same", "gained", "lost", "unscored"]
Verdict = Literal["higher", "lower", "within_range", "no_range", "not_comparable", "no_score"]


class ComparedQuote(Frozen):
    """A quote that only one of two gradings rests on.

    Attributes:
        in_other: whether the other text holds these words as well, so that only the choice of quotes changed;
            None where that text is not at hand.
    """

    evidence: Evidence
    in_other: bool | None = None


class CriterionChange(Frozen):
    """One criterion in two gradings.

    Attributes:
        old, new: without evidence; None where that grading does not have the criterion.
        direction: by level; `gained` and `lost` are a score, `unscored` has none on either side.
        appeared, went: quotes of the new and of the old grading that the other does not have.
    """

    id: str
    dimension: str
    direction: Direction
    old: CriterionScore | None
    new: CriterionScore | None
    appeared: tuple[ComparedQuote, ...] = ()
    went: tuple[ComparedQuote, ...] = ()


class Standing(Frozen):
    """Where one grading puts a document; fields as in `Assessment`."""

    name: str
    status: Status
    reason: Reason | None = None
    kind: KindGuess | None = None
    profile: str | None = None
    total: float | None = Field(None, ge=0, le=100)
    total_range: tuple[float, float] | None = None
    dimensions: dict[str, float | None] = {}


class DocumentChange(Frozen):
    """One document in two gradings.

    Attributes:
        change: new total minus old total, in points; None where one is missing.
        verdict: `higher` and `lower` only where each total lies outside the 80 % range of the other;
            `no_range` where none was measured; `not_comparable` where the totals measure different things.
        caveats: why they do, in sentences.
        criteria: in the order of the new grading.
    """

    old: Standing
    new: Standing
    change: float | None
    verdict: Verdict
    caveats: tuple[str, ...] = ()
    criteria: tuple[CriterionChange, ...] = ()


class Comparison(Frozen):
    """Two gradings, old and new.

    Attributes:
        old, new: what was given: a document, a results file or an out folder.
        caveats: differences in how the two were made, in sentences; with any of them no total is called
            higher or lower.
        documents: those in both, in order of name.
        only_old, only_new: names of those in one.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    old: str
    new: str
    caveats: tuple[str, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
