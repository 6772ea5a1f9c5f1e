"""Small column charts as inline SVG, drawn by leather and coloured by the page's style sheet."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.renderers.phrases import percent

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SMALL, WIDE = (170, 100), (340, 130)
"""Width and height in pixels at the size at which texts are 10 px high."""
_NUMBERS = frozenset({"x", "y", "width", "height", "x1", "x2", "y1", "y2"})
_LOOKS = ("fill", "stroke", "stroke-width", "font-family", "font-size")


def scale_top(shares: Sequence[float]) -> float:
    """The top of a scale that fits all `shares` (0–1), so that charts beside each other compare."""
    return max(0.2, ceil(10 * max(shares, default=0)) / 10)


def column_chart(
    columns: Sequence[tuple[str, int]],
    description: str,
    *,
    top: float,
    size: tuple[int, int] = SMALL,
    marked: int = 0,
) -> Markup:
    """Shares of a whole as columns: one ``<svg>`` without colours, styles, ids or references.

    Args:
        columns: label (unique) and count of each column; at least one count is above 0.
        description: the chart as text, for those who do not see it.
        top: upper end of the scale, a share of 0–1.
        size: `SMALL` or `WIDE`; the page scales it.
        marked: how many of the first columns get the class ``marked``.
    """
    from xml.etree.ElementTree import SubElement

    import leather

    whole = sum(count for _, count in columns)
    chart = leather.Chart()
    chart.add_columns([(label, count / whole) for label, count in columns])
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=[0, top / 2, top], tick_formatter=lambda value, *_: percent(float(value)))
    titles = [f"{label}: {count} of {whole} ({percent(count / whole)})" for label, count in columns]
    drawn = _without_looks(chart.to_svg_group(*size))
    for index, column in enumerate(drawn.iterfind(".//rect")):
        SubElement(column, "title").text = titles[index]
        if index < marked:
            column.set("class", "marked")
    return _svg(drawn, size, description)


def _without_looks(drawn: "Element") -> "Element":
    """Leather's drawing with all looks left to the style sheet, and places rounded to a tenth of a pixel."""
    drawn.remove(drawn[0])  # the background
    for element in drawn.iter():
        for name in _LOOKS:
            element.attrib.pop(name, None)
        for name in _NUMBERS & element.attrib.keys():
            element.set(name, f"{Decimal(element.get(name, '0')):.1f}")
    return drawn


def _svg(drawn: "Element", size: tuple[int, int], description: str) -> Markup:
    from xml.etree.ElementTree import Element, tostring

    box = {"viewBox": f"0 0 {size[0]} {size[1]}"}
    svg = Element("svg", {"class": "columns", **box, "role": "img", "aria-label": description})
    svg.append(drawn)
    return Markup(tostring(svg, encoding="unicode"))  # numbers, and texts that ElementTree has escaped
