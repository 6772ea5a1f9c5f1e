"""What is drawn on a PDF page besides text: grounds that text stands on, and things that lie over it."""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from grader.readers.contrast import WHITE, Rgb, is_unseen

MOST = 5_000
"""Objects of a page that are looked at; maps and plots have more, and then nothing is called covered."""
RECTANGLE = range(4, 7)
"""Number of points of a path that can be a filled rectangle."""


@dataclass(frozen=True)
class _Area:
    """A filled area: place in the drawing order, box, colour (None: not one colour), whether it lets through."""

    order: int
    x0: float
    y0: float
    x1: float
    y1: float
    colour: Rgb | None
    opaque: bool

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


class Drawn:
    """Areas of one page in drawing order, looked up when they are first needed."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._read = False
        self._areas: list[_Area] = []
        self._order: dict[int, int] = {}
        self._over: dict[int, list[_Area]] = {}
        self._by_ink: dict[Rgb, list[_Area]] = {}

    def is_ground(self, ink: Rgb, x: float, y: float, item: int) -> bool:
        """True where print of the colour `ink` cannot be told from what lies under the text object `item`."""
        pale = is_unseen(ink, WHITE)
        if not pale and not any(area.holds(x, y) for area in self._alike(ink)):
            return False
        under = self._under(x, y, item)
        if not under:
            return pale
        colour = under[-1].colour
        return under[-1].opaque and colour is not None and is_unseen(ink, colour)

    def covers(self, x: float, y: float, item: int) -> bool:
        """True where something opaque is drawn over the text object `item`."""
        self._load()
        if item not in self._over:
            order = self._order.get(item, MOST)
            self._over[item] = [area for area in self._areas if area.opaque and area.order > order]
        return any(area.holds(x, y) for area in self._over[item])

    def _alike(self, ink: Rgb) -> list[_Area]:
        self._load()
        if ink not in self._by_ink:
            self._by_ink[ink] = [a for a in self._areas if a.colour and is_unseen(ink, a.colour)]
        return self._by_ink[ink]

    def _under(self, x: float, y: float, item: int) -> list[_Area]:
        self._load()
        order = self._order.get(item, MOST)
        return [area for area in self._areas if area.order < order and area.holds(x, y)]

    def _load(self) -> None:
        if self._read:
            return
        self._read = True
        if raw.FPDFPage_CountObjects(self._page.raw) > MOST:
            return
        for order, item in enumerate(self._page.get_objects(max_depth=1)):
            address = ctypes.cast(item.raw, ctypes.c_void_p).value or 0
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                self._order[address] = order
            elif area := _area(item, order):
                self._areas.append(area)


def _area(item: Any, order: int) -> _Area | None:
    """What a picture, a shading or a filled path takes up; None for lines."""
    try:
        x0, y0, x1, y1 = item.get_bounds()
    except RuntimeError:  # pypdfium2's own error: an object without an extent
        return None
    transparent = bool(raw.FPDFPageObj_HasTransparency(item.raw))
    if item.type == raw.FPDF_PAGEOBJ_FORM:  # what is drawn inside has places of its own
        return _Area(order, x0, y0, x1, y1, None, False)
    if item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        return _Area(order, x0, y0, x1, y1, None, not transparent)
    if item.type != raw.FPDF_PAGEOBJ_PATH:
        return None
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not mode.value or not raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha):
        return None
    rectangle = raw.FPDFPath_CountSegments(item.raw) in RECTANGLE
    colour = (red.value / 255, green.value / 255, blue.value / 255) if rectangle else None
    return _Area(order, x0, y0, x1, y1, colour, rectangle and not transparent and alpha.value > 240)
