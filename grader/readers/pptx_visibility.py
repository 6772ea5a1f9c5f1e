"""Text on a slide that nobody in the room sees: off the slide, switched off, too small, or white on white."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from grader.readers.contrast import WHITE, Rgb, from_hex, is_unseen
from grader.readers.hidden import HiddenTexts
from grader.readers.whole_numbers import whole
from grader.schema import HiddenBy, Location

TINY = 200
"""Print of at most so many hundredths of a point cannot be read."""
FILLS = ("a_solidFill", "a_gradFill", "a_blipFill", "a_pattFill")
_SHAPES = ("p_sp", "p_pic", "p_graphicFrame", "p_cxnSp")


@dataclass(frozen=True)
class _Frame:
    """How places inside a group become places on the slide: offset and scale by axis."""

    x: float = 0.0
    y: float = 0.0
    wide: float = 1.0
    tall: float = 1.0


@dataclass(frozen=True)
class Box:
    """A place on the slide, in its units."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Box") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def take_hidden(slide: Element, around: list[Element], size: Box, found: HiddenTexts, here: Location) -> None:
    """Take out of a slide's tree what is not seen, and note it.

    Args:
        around: the slide's layout and its master, as far as there are any; what stands there lies behind.
    """
    tree = slide.find("p_cSld/p_spTree")
    if tree is None:
        return
    for parent, shape, box in list(_shapes(tree, _Frame())):
        by = _hidden_by(shape, box, size)
        if by:
            found.add(shown_text(shape), by, here)
            parent.remove(shape)
    ground = _ground([slide, *around])
    behind = [box for root in (slide, *around) for _, box in _drawn(root)]
    for _, shape, box in _shapes(tree, _Frame()):
        others = [other for other in behind if other is None or box is None or other.meets(box)]
        _take_unseen_runs(shape, _under(shape, None if others else ground), found, here)


def _hidden_by(shape: Element, box: Box | None, size: Box) -> HiddenBy | None:
    mark = next(shape.iter("p_cNvPr"), None)
    if mark is not None and mark.get("hidden") in ("1", "true"):
        return "marked_hidden"
    return "off_page" if box and size.x1 and not box.meets(size) and shown_text(shape) else None


def _take_unseen_runs(shape: Element, ground: Rgb | None, found: HiddenTexts, here: Location) -> None:
    for run in shape.iter("a_r"):
        properties, text = run.find("a_rPr"), run.find("a_t")
        by = _unseen(properties, ground) if properties is not None else None
        if by and text is not None:
            found.add(text.text or "", by, here)
            text.text = ""


def _unseen(properties: Element, ground: Rgb | None) -> HiddenBy | None:
    if 0 <= whole(properties.get("sz"), otherwise=-1) <= TINY:
        return "tiny"
    alpha = properties.find("a_solidFill/*/a_alpha")
    if alpha is not None and alpha.get("val") == "0":
        return "transparent"
    ink = _colour(properties.find("a_solidFill"))
    return "colour" if ink and ground and is_unseen(ink, ground) else None


def _under(shape: Element, ground: Rgb | None) -> Rgb | None:
    """What text in a shape stands on: its own fill, else what is behind it; None where that cannot be told."""
    properties = shape.find("p_spPr")
    if shape.tag != "p_sp" or properties is None:
        return None
    if any(properties.find(fill) is not None for fill in FILLS):
        return _colour(properties.find("a_solidFill"))
    styled = shape.find("p_style/a_fillRef")
    plain = properties.find("a_noFill") is not None or styled is None or styled.get("idx") == "0"
    return ground if plain else None


def _ground(roots: list[Element]) -> Rgb | None:
    """The slide's background: its own, else its layout's, else its master's; white where none is named."""
    for root in roots:
        background = root.find("p_cSld/p_bg")
        if background is not None:
            fill = background.find("p_bgPr/a_solidFill")
            return _colour(fill if fill is not None else background.find("p_bgRef"))
    return WHITE


def _colour(fill: Element | None) -> Rgb | None:
    """A plain colour. The theme's first background is taken for white, as in nearly every theme."""
    if fill is None:
        return None
    named = fill.find("a_srgbClr")
    if named is not None:
        return from_hex(named.get("val", ""))
    scheme = fill.find("a_schemeClr")
    is_light = scheme is not None and not len(scheme) and scheme.get("val") in ("bg1", "lt1")
    return WHITE if is_light else None


def _drawn(root: Element) -> Iterator[tuple[Element, Box | None]]:
    """Pictures and filled shapes with their places; None for a place that cannot be told."""
    tree = root.find("p_cSld/p_spTree")
    for _, shape, box in _shapes(tree, _Frame()) if tree is not None else ():
        properties = shape.find("p_spPr")
        fills = (properties.find(fill) for fill in FILLS) if properties is not None else ()
        styled = shape.find("p_style/a_fillRef")
        by_style = styled is not None and styled.get("idx") != "0"
        filled = shape.tag == "p_pic" or any(fill is not None for fill in fills) or by_style
        if filled and not shown_text(shape):
            yield shape, box


def _shapes(tree: Element, frame: _Frame) -> Iterator[tuple[Element, Element, Box | None]]:
    """(parent, shape, place on the slide) of every shape, groups opened."""
    for child in tree:
        if child.tag == "p_grpSp":
            yield from _shapes(child, _inside(child, frame))
        elif child.tag in ("mc_AlternateContent", "mc_Choice", "mc_Fallback"):
            yield from _shapes(child, frame)
        elif child.tag in _SHAPES:
            yield tree, child, _box(child, frame)


def _box(shape: Element, frame: _Frame) -> Box | None:
    place = shape.find("p_spPr/a_xfrm")
    place = shape.find("p_xfrm") if place is None else place
    if place is None:
        return None
    x, y, wide, tall = _numbers(place, "a_off", "a_ext")
    if not wide and not tall:
        return None
    left, top = frame.x + x * frame.wide, frame.y + y * frame.tall
    return Box(left, top, left + wide * frame.wide, top + tall * frame.tall)


def _inside(group: Element, frame: _Frame) -> _Frame:
    place = group.find("p_grpSpPr/a_xfrm")
    if place is None:
        return frame
    x, y, wide, tall = _numbers(place, "a_off", "a_ext")
    inner_x, inner_y, inner_wide, inner_tall = _numbers(place, "a_chOff", "a_chExt")
    across, down = wide / inner_wide if inner_wide else 1.0, tall / inner_tall if inner_tall else 1.0
    return _Frame(
        frame.x + (x - inner_x * across) * frame.wide, frame.y + (y - inner_y * down) * frame.tall,
        frame.wide * across, frame.tall * down,
    )  # fmt: skip


def _numbers(place: Element, offset: str, extent: str) -> tuple[float, float, float, float]:
    start, size = place.find(offset), place.find(extent)
    return (*_pair(start, "x", "y"), *_pair(size, "cx", "cy"))


def _pair(element: Element | None, first: str, second: str) -> tuple[float, float]:
    if element is None:
        return 0.0, 0.0
    return float(whole(element.get(first))), float(whole(element.get(second)))


def shown_text(shape: Element) -> str:
    """All text in an element, as one line."""
    return " ".join(text.text for text in shape.iter("a_t") if text.text and text.text.strip())
