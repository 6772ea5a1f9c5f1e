"""One PDF page as segments: stretches of characters on one base line, in the order the page draws them."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import atan2, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from grader.readers.contrast import BLACK, Rgb
from grader.readers.pdf_drawn import Drawn
from grader.readers.pdf_grid import CellId, Grid, find_grids
from grader.schema import HiddenBy

_WAYS: tuple[HiddenBy, ...] = ("transparent", "off_page", "tiny", "colour", "covered")

WIDE_GAP = 1.4
"""A gap of this many font sizes is no word space: columns and cells begin anew after it."""
TINY = 2.0
"""Print below this size in points cannot be read by a person."""
INVISIBLE_MODES = {3, 7}
BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.I)
MONOSPACE_NAME = re.compile(r"mono|courier|consolas|menlo|typewriter|cmtt", re.I)
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-"}


@dataclass(frozen=True)
class Font:
    """What the characters of one text object share. Size in points as seen on the page.

    Attributes:
        item: address of the text object, 0 where there is none.
        ink: fill colour; None where it is transparent or not known.
    """

    size: float
    bold: bool
    monospace: bool
    invisible: bool
    item: int = 0
    ink: Rgb | None = BLACK


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


@dataclass(frozen=True)
class _Char:
    """One character; `middle` is the middle of its box in the page's own system."""

    text: str
    x0: float
    x1: float
    y: float
    font: Font
    space_before: bool
    middle: tuple[float, float]


def read_page(page: Any, number: int) -> Page:
    """Read a ``pypdfium2.PdfPage``. Raises PdfiumError when the page is damaged."""
    text, box = page.get_textpage(), page.get_bbox()
    angle = _angle(text)
    width, height = box[2] - box[0], box[3] - box[1]
    if angle % 180:
        width, height = height, width
    result = Page(number, width, height)
    result.grids = [] if angle else find_grids(page)
    shown, unseen = _Joiner(result.grids), {by: _Joiner([], by) for by in _WAYS}
    drawn = Drawn(page)
    for char in _chars(text, _turn(angle, box)):
        by = _hidden_by(char, width, height, drawn)
        (unseen[by] if by else shown).add(char)
    result.segments = _printed_once(shown.segments)
    result.invisible = [segment for joiner in unseen.values() for segment in joiner.segments]
    return result


def _hidden_by(char: "_Char", width: float, height: float, drawn: Drawn) -> HiddenBy | None:
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
        self._last: _Char | None = None

    def add(self, char: _Char) -> None:
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


def _continues(last: Segment, char: _Char, cell: CellId | None) -> bool:
    size = max(last.size, char.font.size)
    gap = char.x0 - last.x1
    return cell == last.cell and abs(char.y - last.y) <= 0.5 * size and -0.6 * size <= gap <= WIDE_GAP * size


def _chars(text: Any, turn: Callable[[float, float], tuple[float, float]]) -> Iterator[_Char]:
    """Characters with their place; spaces and line ends only as a mark on the character that follows."""
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, Font] = {}
    space = False
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        letter = LIGATURES.get(code) or chr(code)
        letter = HYPHENS.get(letter, letter)
        if letter.isspace() or code in (0, 0xAD):
            space = space or letter.isspace()
            continue
        raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        font = _font(text, index, fonts)
        corners = turn(left.value, bottom.value)[0], turn(right.value, top.value)[0]
        base = turn(x.value, y.value)[1]
        middle = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        yield _Char(letter, min(corners), max(corners), base, font, space, middle)
        space = False


def _angle(text: Any) -> int:
    """Direction in which most text runs, in the page's own system: 0, 90, 180 or 270 degrees."""
    matrix = raw.FS_MATRIX()
    angles: Counter[int] = Counter()
    count = text.count_chars()
    for index in range(0, count, max(1, count // 200)):
        if raw.FPDFText_GetMatrix(text.raw, index, matrix) and (matrix.a or matrix.b):
            angles[round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4 * 90] += 1
    return max(angles, key=lambda angle: (angles[angle], -angle)) if angles else 0


def _turn(
    angle: int, box: tuple[float, float, float, float]
) -> Callable[[float, float], tuple[float, float]]:
    """Maps a point of the page's own system to points from the left and the top, text running level."""
    x0, y0, x1, y1 = box
    turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x - x0, y1 - y),
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (x1 - x, y - y0),
        270: lambda x, y: (y1 - y, x1 - x),
    }
    return turns[angle]


def _font(text: Any, index: int, known: dict[int, Font]) -> Font:
    item = raw.FPDFText_GetTextObject(text.raw, index)
    key = ctypes.cast(item, ctypes.c_void_p).value or 0
    if key not in known:
        size, matrix = ctypes.c_float(10), raw.FS_MATRIX()
        name = ctypes.create_string_buffer(128)
        weight = raw.FPDFText_GetFontWeight(text.raw, index)
        raw.FPDFText_GetFontInfo(text.raw, index, name, 128, ctypes.c_int())
        scale, mode = 1.0, 0
        if key:
            raw.FPDFTextObj_GetFontSize(item, size)
            mode = raw.FPDFTextObj_GetTextRenderMode(item)
            if raw.FPDFText_GetMatrix(text.raw, index, matrix):
                scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        label = name.value.decode("utf-8", "replace")
        bold = bool(BOLD_NAME.search(label)) or 600 <= weight <= 1000
        ink, opaque = _ink(text, index)
        known[key] = Font(
            size.value * scale, bold, bool(MONOSPACE_NAME.search(label)),
            mode in INVISIBLE_MODES or not opaque, key, ink,
        )  # fmt: skip
    return known[key]


def _ink(text: Any, index: int) -> tuple[Rgb | None, bool]:
    """Fill colour (None where there is no plain one), and whether it leaves a mark at all."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha):
        return None, True
    return (red.value / 255, green.value / 255, blue.value / 255), alpha.value > 12


def open_pdf(data: bytes) -> Any:
    """The opened document. Raises PdfiumError when it is damaged or protected."""
    return pdfium.PdfDocument(data)
