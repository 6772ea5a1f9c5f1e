"""What stands where in the XML of an OpenDocument text: the rows of a table, the paragraphs of a cell, what hangs."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from grader.readers.whole_numbers import whole

SHAPES = {
    "draw_custom-shape", "draw_rect", "draw_ellipse", "draw_circle", "draw_line", "draw_polyline", "draw_polygon",
    "draw_regular-polygon", "draw_path", "draw_connector", "draw_measure", "draw_caption",
}  # fmt: skip
"""Drawings that can hold text without a text box."""
SKIPPED = SHAPES | {
    "text_tracked-changes", "text_sequence-decls", "text_note", "text_ruby-text", "office_annotation",
    "office_annotation-end", "office_forms", "svg_desc", "svg_title", "draw_text-box", "draw_image",
    "draw_object",
}  # fmt: skip
"""What is no text of the paragraph around it."""
_UNREAD = {"text_tracked-changes", "office_annotation", "office_forms", "draw_object"}
MAX_REPEAT = 64


def hanging(elements: Iterable[Element], frame: str = "") -> Iterator[tuple[Element, str]]:
    """Notes, boxes, tables and picture descriptions in `elements`, outermost only.

    Each comes with the name of the graphic style that it is drawn in, "" for none.
    """
    for element in elements:
        style = element.get("draw_style-name", frame)
        if element.tag in ("text_note-body", "draw_text-box", "svg_desc", "table_table"):
            yield element, style
        elif element.tag in SHAPES:
            yield element, style
            yield from ((text, style) for text in element.findall("svg_desc"))
        elif element.tag not in _UNREAD:
            yield from hanging(element, style)


def paragraphs(cell: Element) -> Iterator[Element]:
    """Paragraphs and headings of a table cell itself, also in lists."""
    for child in cell:
        if child.tag in ("text_p", "text_h"):
            yield child
        elif child.tag != "table_table" and child.tag not in SKIPPED:
            yield from paragraphs(child)


def rows(table: Element, header: bool = False) -> Iterator[tuple[Element, bool]]:
    """The table's rows, and whether each is marked as a header."""
    for child in table:
        if child.tag == "table_table-row":
            yield child, header
        elif child.tag in ("table_table-header-rows", "table_table-rows", "table_table-row-group"):
            yield from rows(child, header or child.tag == "table_table-header-rows")


def repeats(cell: Element) -> int:
    """How many columns in a row the cell fills, each with the same."""
    return min(max(0, whole(cell.get("table_number-columns-repeated"), otherwise=1)), MAX_REPEAT)
