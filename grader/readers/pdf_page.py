"""One PDF page as segments: stretches of characters on one base line, in the order the page draws them."""

from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from grader.readers.pdf_chars import Char, angle_of, characters, turn_by
from grader.readers.pdf_drawn import Drawn
from grader.readers.pdf_grid import CellId, Grid, find_grids
from grader.schema import HiddenBy

_WAYS: tuple[HiddenBy, ...] = ("transparent", "off_page", "tiny", "colour", "covered")

WIDE_GAP = 1.4
"""A gap of this many font sizes is no word space: columns and cells begin anew after it."""
TINY = 2.0
"""Print below this size in points cannot be read by a person."""


@dataclass
class Segment:
    """Characters on one base line without a wide gap.

    Attributes:
        x0, x1: left and right edge; y: base line. Points from the left and from the top of the page.
        cell: table cell it stands in, None outside of tables.
        by: what hides it, None where it is seen.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    monospace: bool
    cell: CellId | None = None
    by: HiddenBy | None = None


@dataclass
class Page:
    """A page, read: its size in points, segments in drawing order, tables, and what nobody can see."""

    number: int
    width: float
    height: float
    segments: list[Segment] = field(default_factory=list)
    invisible: list[Segment] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


def read_page(page: Any, number: int) -> Page:
    """Read a ``pypdfium2.PdfPage``. Raises PdfiumError when the page is damaged."""
    text, box = page.get_textpage(), page.get_bbox()
    angle = angle_of(text)
    width, height = box[2] - box[0], box[3] - box[1]
    if angle % 180:
        width, height = height, width
    result = Page(number, width, height)
    result.grids = [] if angle else find_grids(page)
    shown, unseen = _Joiner(result.grids), {by: _Joiner([], by) for by in _WAYS}
    drawn = Drawn(page)
    for char in characters(text, turn_by(angle, box)):
        by = _hidden_by(char, width, height, drawn)
        (unseen[by] if by else shown).add(char)
    result.segments = _printed_once(shown.segments)
    result.invisible = [segment for joiner in unseen.values() for segment in joiner.segments]
    return result


def _hidden_by(char: Char, width: float, height: float, drawn: Drawn) -> HiddenBy | None:
    """What hides a character, None where it is seen."""
    font = char.font
    if font.invisible:
        return "transparent"
    if char.x1 < 0 or char.x0 > width or char.y < 0 or char.y > height + font.size:
        return "off_page"
    if font.size < TINY:
        return "tiny"
    if font.ink and drawn.is_ground(font.ink, *char.middle, font.item):
        return "colour"
    return "covered" if drawn.covers(*char.middle, font.item) else None


def _printed_once(segments: list[Segment]) -> list[Segment]:
    """Without the copies that programs print on top of a text to make it bold or give it a shadow."""
    first: dict[tuple[str, int, int], Segment] = {}
    for segment in segments:
        first.setdefault((segment.text, round(segment.x0 / 3), round(segment.y / 3)), segment)
    return list(first.values())


class _Joiner:
    """Builds segments from characters in drawing order."""

    def __init__(self, grids: list[Grid], by: HiddenBy | None = None) -> None:
        self.segments: list[Segment] = []
        self._by = by
        self._grids = grids
        self._last: Char | None = None

    def add(self, char: Char) -> None:
        """Continue the last segment or begin a new one."""
        middle = (char.x0 + char.x1) / 2
        cell = next(
            (c for grid in self._grids if (c := grid.cell_at(middle, char.y - char.font.size / 3))), None
        )
        last = self.segments[-1] if self.segments else None
        before, self._last = self._last, char
        if last and before and (before.x0, before.x1, before.y) == (char.x0, char.x1, char.y):
            last.text += char.text  # the next letter of a ligature
            return
        if last is None or not _continues(last, char, cell):
            font = char.font
            self.segments.append(
                Segment(
                    char.text, char.x0, char.x1, char.y, font.size, font.bold, font.monospace, cell, self._by
                )  # fmt: skip
            )
            return
        gap = char.x0 - last.x1 > 0.5 * char.font.size and not char.font.monospace
        last.text += (" " if char.space_before or gap else "") + char.text
        last.x1 = max(last.x1, char.x1)
        if char.text.isalnum():
            last.bold = last.bold and char.font.bold
            last.monospace = last.monospace and char.font.monospace
            last.size = max(last.size, char.font.size)


def _continues(last: Segment, char: Char, cell: CellId | None) -> bool:
    size = max(last.size, char.font.size)
    gap = char.x0 - last.x1
    return cell == last.cell and abs(char.y - last.y) <= 0.5 * size and -0.6 * size <= gap <= WIDE_GAP * size


def open_pdf(data: bytes) -> Any:
    """The opened document. Raises PdfiumError when it is damaged or protected."""
    return pdfium.PdfDocument(data)
