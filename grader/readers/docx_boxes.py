"""Text boxes of Word files: what colour they have and whether they lie on the page at all."""

from xml.etree.ElementTree import Element

from grader.readers.contrast import WHITE, Rgb, from_hex
from grader.readers.whole_numbers import whole

INCH = 914_400
"""English metric units in an inch."""
FARTHEST = 30 * INCH
"""No paper reaches so far; beyond it nothing is printed."""


def box_colour(shape: Element) -> Rgb | None:
    """What text in a shape stands on; None where it cannot be told."""
    properties = shape.find("spPr")
    if properties is None:  # the older markup
        return WHITE if shape.get("filled") in ("f", "false") else from_hex(shape.get("fillcolor", ""))
    if properties.find("a_noFill") is not None:
        return WHITE
    colour = properties.find("a_solidFill/a_srgbClr")
    return from_hex(colour.get("val", "")) if colour is not None else None


def is_off_page(anchor: Element) -> bool:
    """True for a drawing that is placed where no paper is."""
    extent = anchor.find("wp_extent")
    for side, size in (("H", "cx"), ("V", "cy")):
        position = anchor.find(f"wp_position{side}")
        offset = position.find("wp_posOffset") if position is not None else None
        if position is None or offset is None:
            continue
        start = whole((offset.text or "").strip())
        end = start + whole(extent.get(size) if extent is not None else None)
        margin = 0 if position.get("relativeFrom") == "page" else 2 * INCH
        if end < -margin or start > FARTHEST:
            return True
    return False
