"""The characters of a PDF page: their places as the page is read, their print."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import atan2, pi
from typing import Any

import pypdfium2.raw as raw

from grader.readers.contrast import BLACK, Rgb

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


@dataclass(frozen=True)
class Char:
    """One character; `middle` is the middle of its box in the page's own system."""

    text: str
    x0: float
    x1: float
    y: float
    font: Font
    space_before: bool
    middle: tuple[float, float]


def characters(text: Any, turn: Callable[[float, float], tuple[float, float]]) -> Iterator[Char]:
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
        yield Char(letter, min(corners), max(corners), base, font, space, middle)
        space = False


def angle_of(text: Any) -> int:
    """Direction in which most text runs, in the page's own system: 0, 90, 180 or 270 degrees."""
    matrix = raw.FS_MATRIX()
    angles: Counter[int] = Counter()
    count = text.count_chars()
    for index in range(0, count, max(1, count // 200)):
        if raw.FPDFText_GetMatrix(text.raw, index, matrix) and (matrix.a or matrix.b):
            angles[round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4 * 90] += 1
    return max(angles, key=lambda angle: (angles[angle], -angle)) if angles else 0


def turn_by(
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
