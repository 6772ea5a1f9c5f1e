"""Shapes of a slide: which there are, what stands in them, which of their paragraphs are list items."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from grader.readers.container import Container
from grader.readers.spans import Cell
from grader.readers.whole_numbers import whole
from grader.readers.xml_parts import read_part

TITLES = {"title", "ctrTitle"}
LISTED = {"body", "obj"}
BULLETS = {"a_buChar", "a_buAutoNum", "a_buBlip"}
FULL_LINE = 12
"""A line with more words than this is no slide title."""
DEEPEST = 8
"""The deepest outline level that there is."""
TITLE_ZONE = 0.3
"""Part of the slide's height, from the top, in which a title begins."""

Placeholder = tuple[str, str]
"""Type and index of a placeholder; ("", "") for a free shape."""


@dataclass(frozen=True)
class Line:
    """A paragraph of a shape.

    Attributes:
        text: its text, line breaks as line feeds.
        level: outline level from 0.
        bulleted: what the paragraph itself says; None leaves it to the layout.
        size: largest font size in hundredths of a point that it names itself, 0 where it names none.
        source: the element it was read from.
    """

    text: str
    level: int
    bulleted: bool | None
    size: int
    source: Element


class Layout:
    """What a slide's layout says about bullets."""

    def __init__(self, plain: dict[Placeholder, set[int]]) -> None:
        self._plain = plain

    @classmethod
    def load(cls, container: Container, part: str) -> "Layout":
        """Read the layout `part`; a missing one says nothing."""
        root = read_part(container, part) if part else None
        plain: dict[Placeholder, set[int]] = {}
        for shape in shapes_of(root.find("p_cSld/p_spTree")) if root is not None else ():
            levels = shape.findall("p_txBody/a_lstStyle/*")
            plain[placeholder(shape)] = {
                int(level.tag[5]) - 1
                for level in levels
                if level.tag[5:6].isdecimal() and level.find("a_buNone") is not None
            }
        return cls(plain)

    def is_list(self, place: Placeholder) -> Callable[[int], bool]:
        """Whether paragraphs of a placeholder are list items, by level from 0."""
        plain = self._plain.get(place, set())
        return lambda level: place[0] in LISTED and level not in plain


def shapes_of(tree: Element | None) -> Iterator[Element]:
    """Shapes, pictures and graphic frames in order, groups opened, alternatives read once."""
    for child in tree if tree is not None else ():
        if child.tag in ("p_sp", "p_pic", "p_graphicFrame"):
            yield child
        elif child.tag in ("p_grpSp", "mc_Choice"):
            yield from shapes_of(child)
        elif child.tag == "mc_AlternateContent":
            yield from shapes_of(next(iter(child), None))


def placeholder(shape: Element) -> Placeholder:
    """Type and index of the placeholder that a shape fills."""
    mark = next(shape.iter("p_ph"), None)
    return ("", "") if mark is None else (mark.get("type", "obj"), mark.get("idx", ""))


def lines_of(shape: Element, skip: Line | None = None) -> list[Line]:
    """Paragraphs with text, in order, without `skip`."""
    if shape.tag == "p_graphicFrame":
        return []
    lines = (_line(paragraph) for paragraph in shape.iter("a_p"))
    return [line for line in lines if line.text and (skip is None or line.source is not skip.source)]


def title_line(shapes: Sequence[Element], slide_height: int) -> Line | None:
    """On a slide without a title: the short line in the largest print near the top, None if there is none."""
    lines = [line for shape in shapes if _top(shape) < slide_height * TITLE_ZONE for line in lines_of(shape)]
    fitting = [line for line in lines if _could_be_title(line.text)]
    return max(fitting, key=lambda line: line.size) if fitting else None


def _could_be_title(text: str) -> bool:
    return (
        2 <= len(text.split()) <= FULL_LINE and any(char.isalpha() for char in text) and text[-1] not in ".,;"
    )


def _top(shape: Element) -> int:
    offset = shape.find("p_spPr/a_xfrm/a_off")
    return whole(offset.get("y")) if offset is not None else 0


def table_cells(table: Element) -> list[list[Cell]]:
    """Cells by row; those covered by a wider neighbour are left to its span."""
    return [[_cell(cell) for cell in row.findall("a_tc") if cell.get("hMerge") not in ("1", "true")]
            for row in table.findall("a_tr")]  # fmt: skip


def _cell(cell: Element) -> Cell:
    lines = [_line(paragraph) for paragraph in cell.iter("a_p")]
    bold = [run.get("b") == "1" for run in cell.iter("a_rPr")]
    return Cell(
        text="\n".join(line.text for line in lines if line.text),
        columns=max(1, whole(cell.get("gridSpan"), otherwise=1)),
        continues=cell.get("vMerge") in ("1", "true"),
        strong=bool(bold) and all(bold),
    )


def _line(paragraph: Element) -> Line:
    pieces: list[str] = []
    sizes = [0]
    for child in paragraph.iter():
        if child.tag in ("a_t", "m_t"):
            pieces.append(child.text or "")
        elif child.tag == "a_br":
            pieces.append("\n")
        elif child.tag == "a_rPr":
            sizes.append(whole(child.get("sz")))
    lines = (" ".join(line.split()) for line in "".join(pieces).replace("\v", "\n").split("\n"))
    properties = paragraph.find("a_pPr")
    level = whole(properties.get("lvl")) if properties is not None else 0
    marks = {child.tag for child in properties} if properties is not None else set()
    bulleted = True if marks & BULLETS else False if "a_buNone" in marks else None
    return Line("\n".join(line for line in lines if line), level if 0 <= level <= DEEPEST else 0,
                bulleted, max(sizes), paragraph)  # fmt: skip
