"""Where a finding stands in a file: at its quote, or where a passage on it belongs."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.schema import Assessment, Block, Criterion, CriterionScore, Document, Evidence, Location, Place

_ANCHOR_WORDS = 4
"""Words at either end of a quote that are looked up in its line; markup may stand between longer runs."""


class Spot(NamedTuple):
    """A place, the same in words ("" for a quote's own place), and where it lies in reading order."""

    place: Place
    where: str
    location: Location

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts the spots of one document as a reader meets them."""
        numbers = ("page", "slide", "cell", "paragraph", "line")
        return tuple(getattr(self.location, name) or 0 for name in numbers)


def spot_of(
    score: CriterionScore,
    criterion: Criterion | None,
    assessment: Assessment,
    document: Document | None,
    lines: Sequence[str] = (),
) -> Spot:
    """Where to work on a criterion. `lines` are those of the file, where it is text.

    Its best quote; without one, under a heading that speaks of it; else beside the best passage of its
    dimension; else the beginning.
    """
    if score.evidence:
        best = score.evidence[0]
        return Spot(_of_quote(best, document, lines), "", best.location)
    heading = _heading_about(criterion, document)
    if heading is not None:
        return _spot_at(heading.location, heading.text, f"under “{heading.text}”")
    neighbours = [s for s in assessment.criteria if s.dimension == score.dimension and s.evidence]
    if neighbours:
        nearest = max(neighbours, key=lambda s: (s.level or 0, s.value or 0.0))
        best = nearest.evidence[0]
        beside = f"beside “{best.section}”, " if best.section else "beside the passage "
        return _spot_at(best.location, best.section, f"{beside}where {nearest.id} stands")
    first = document.blocks[0].location if document and document.blocks else Location()
    return _spot_at(Location(line=1) if _has_lines(first) else first, "", "in a new passage")


def _of_quote(evidence: Evidence, document: Document | None, lines: Sequence[str]) -> Place:
    start = evidence.location
    if not _has_lines(start):
        return Place(logical=str(start), section=evidence.section)
    first = last = start.line or 1
    quote = evidence.quote
    if document and evidence.block < len(document.blocks):
        block = document.blocks[evidence.block]
        quote = block.text[evidence.start : evidence.end]  # a quote may go on in other blocks
        last = block.place(evidence.end - 1).line or first
    column, end_column = _columns(quote, _line(lines, first), _line(lines, last), first == last)
    return Place(line=first, column=column, end_line=last, end_column=end_column, section=evidence.section)


def _spot_at(location: Location, section: str, where: str) -> Spot:
    lines = {"line": location.line, "end_line": location.line} if _has_lines(location) else {}
    logical = "" if lines else str(location)
    return Spot(Place(**lines, logical=logical, section=section), where, location)


def _has_lines(location: Location) -> bool:
    return location.line is not None and location.cell is None  # a cell's lines are not those of the file


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _columns(quote: str, first: str, last: str, same: bool) -> tuple[int | None, int | None]:
    """Column of the quote's first words in the line `first`, and the one after its last words in `last`."""
    words = quote.split()
    start = _found(words[:_ANCHOR_WORDS], first, 0) or _found(words[:1], first, 0)
    if start is None:
        return None, None
    after = start[0] if same else 0
    end = _found(words[-_ANCHOR_WORDS:], last, after) or _found(words[-1:], last, after)
    return start[0] + 1, end[1] + 1 if end else None


def _found(words: Sequence[str], line: str, after: int) -> tuple[int, int] | None:
    if not words:
        return None
    match = re.compile(r"\s+".join(map(re.escape, words))).search(line, after)
    return match.span() if match else None


def _heading_about(criterion: Criterion | None, document: Document | None) -> Block | None:
    """The heading with most of the criterion's terms, the first among equals; None where none has any."""
    if criterion is None or document is None:
        return None
    headings = [block for block in document.blocks if block.type == "heading"]
    spoken = [(_terms_in(heading.text, criterion.terms), heading) for heading in headings]
    most, heading = max(spoken, key=lambda pair: pair[0], default=(0, None))
    return heading if most else None


def _terms_in(text: str, terms: Sequence[str]) -> int:
    return sum(bool(re.search(rf"\b{re.escape(term)}", text.lower())) for term in terms)
