"""What grading a document yields: one `Assessment` per document, the contract of ``results.jsonl``."""

from typing import Literal

from pydantic import Field

from grader.schema.document import Flag, Frozen, Location

State = Literal["scored", "not_expected", "not_measured"]
Status = Literal["graded", "not_scorable", "skipped"]


class Reason(Frozen):
    """Why a document has no score."""

    code: str
    text: str


class KindGuess(Frozen):
    """The kind of document, and how sure the recognition is (1.0 when a person said so)."""

    name: str
    confidence: float = Field(ge=0, le=1)


class Span(Frozen):
    """A run of text in one block.

    Attributes:
        block: index into the document's blocks.
        start, end: offsets in code points within the block's text, end exclusive.
    """

    block: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Evidence(Frozen):
    """A quote that a score rests on.

    Attributes:
        quote: exact text, ``document.blocks[block].text[start:end]``, at most 60 words; one that goes on
            over further places has them all, joined by " · ".
        block, start, end: where the quote begins, as in `Span`.
        more: the further places it goes on at, such as the next items of a list, in reading order.
        location: where the quote begins.
        section: the heading it stands under, "" when there is none.
        headers: of the table whose row it begins in, one per cell; empty elsewhere.
        why: why it counts.
    """

    quote: str
    block: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    more: tuple[Span, ...] = ()
    location: Location
    section: str
    headers: tuple[str, ...] = ()
    why: str

    @property
    def columns(self) -> str:
        """The headers in one line, "" where there are none."""
        return " | ".join(header for header in self.headers if header)

    @property
    def spans(self) -> tuple[Span, ...]:
        """All places of the quote in reading order."""
        return (Span(block=self.block, start=self.start, end=self.end), *self.more)


class CriterionScore(Frozen):
    """One criterion of one document.

    Attributes:
        state: `not_expected` and `not_measured` carry no level and are left out of the weights.
        level: 0–4, or None without a score.
        value: 0–4, continuous; its distance to the level shows how near the neighbouring level is.
        confidence: estimated probability that a careful reader gives the same level.
        reason: what was found; for a criterion without a score, why.
        missing: what was looked for and not found.
        next_step: what to write next.
        evidence: up to three quotes, strongest first.
    """

    id: str
    dimension: str
    state: State
    level: int | None = Field(None, ge=0, le=4)
    value: float | None = Field(None, ge=0, le=4)
    confidence: float | None = Field(None, ge=0, le=1)
    reason: str
    missing: str = ""
    next_step: str = ""
    evidence: tuple[Evidence, ...] = ()


class Assessment(Frozen):
    """The outcome for one document: graded, not scorable, or skipped; never a silent zero.

    Attributes:
        source, member, sha256: as in `Document`; sha256 is "" when the bytes could not be read.
        reason: set unless graded.
        total: 0–100, weighted mean of the profile's dimensions; None unless graded.
        total_range: 80 % range of the total, None where none was measured.
        dimensions: score 0–100 by dimension id; None where nothing in it was scored.
        criteria: every criterion of the rubric, in its order; empty when skipped.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    source: str
    member: str | None = None
    sha256: str = ""
    status: Status
    reason: Reason | None = None
    title: str = ""
    language: str | None = None
    kind: KindGuess | None = None
    profile: str | None = None
    total: float | None = Field(None, ge=0, le=100)
    total_range: tuple[float, float] | None = None
    dimensions: dict[str, float | None] = {}
    criteria: tuple[CriterionScore, ...] = ()
    flags: tuple[Flag, ...] = ()

    @classmethod
    def skipped(cls, source: str, member: str | None, code: str, text: str, sha256: str = "") -> "Assessment":
        """The outcome for a file that could not be read."""
        return cls(
            source=source, member=member, sha256=sha256, status="skipped", reason=Reason(code=code, text=text)
        )
