"""Slide decks: slides in the order they are shown, the title first, the notes last."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.marks import split_bullet, split_checkbox
from grader.readers.pptx_shapes import (
    TITLES,
    Layout,
    Line,
    is_visible,
    lines_of,
    placeholder,
    shapes_of,
    table_cells,
    title_line,
)
from grader.readers.spans import spread
from grader.readers.tables import add_table
from grader.readers.xml_parts import core_title, main_part, read_part, related
from grader.schema import Flag, Location

USUAL_HEIGHT = 6_858_000
REPEATED = 3
"""A short line on at least this many slides, and on half of them, is part of the frame."""
NOT_CONTENT = {"dt", "ftr", "sldNum", "hdr"}


@dataclass
class _Slide:
    """One slide, opened."""

    root: Element
    links: dict[str, tuple[str, str]]
    layout: Layout
    here: Location
    height: int
    frame: set[str]

    @property
    def shapes(self) -> list[Element]:
        """The shapes that are shown."""
        return [shape for shape in shapes_of(self.root.find("p_cSld/p_spTree")) if is_visible(shape)]


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of a pptx with ``location.slide``; a slide's title is a heading of depth 1.

    Raises UnreadableError: ``no_text_layer`` when no slide has text, and all that `Container` and the XML
    parts can raise.
    """
    container = Container(data)
    main = main_part(container, "ppt/presentation.xml")
    slides, hidden = _open_slides(container, main)
    frame = _frame(slides)
    for slide in slides:
        slide.frame = frame
        _slide(container, slide, builder)
    if not any(block.type != "alt_text" for block in builder.blocks()):
        raise UnreadableError("no_text_layer", "no slide has any text (pictures only?): needs a person")
    return ReaderNotes(core_title(container), _hidden_flag(hidden))


def _open_slides(container: Container, main: str) -> tuple[list[_Slide], list[int]]:
    """The slides that are shown, and the numbers of those that are not."""
    root = read_part(container, main)
    if root is None:
        raise UnreadableError("damaged", "the deck has no presentation part; open it and save it again")
    size = root.find("p_sldSz")
    height = size.get("cy", "") if size is not None else ""
    slides, hidden = [], []
    for number, name in enumerate(_slide_parts(container, main, root), 1):
        slide = read_part(container, name)
        if slide is None or slide.get("show") in ("0", "false"):
            hidden.append(number)
            continue
        links = related(container, name)
        layout = Layout.load(container, _target(links, "slideLayout"))
        tall = int(height) if height.isdecimal() and len(height) < 12 else USUAL_HEIGHT
        slides.append(_Slide(slide, links, layout, Location(slide=number), tall, set()))
    return slides, hidden


def _frame(slides: list[_Slide]) -> set[str]:
    """Short lines that return on most slides, figures apart: running titles and page numbers."""
    counts: Counter[str] = Counter()
    for slide in slides:
        counts.update({_unnumbered(line.text) for shape in slide.shapes for line in lines_of(shape)})
    return {text for text, count in counts.items()
            if count >= max(REPEATED, len(slides) / 2) and len(text.split()) <= 8}  # fmt: skip


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _slide_parts(container: Container, main: str, root: Element) -> Iterator[str]:
    links = related(container, main)
    for slide in root.iterfind("p_sldIdLst/p_sldId"):
        kind, name = links.get(slide.get("r_id", ""), ("", ""))
        if kind == "slide":
            yield name


def _target(links: dict[str, tuple[str, str]], kind: str) -> str:
    return next((name for found, name in links.values() if found == kind), "")


def _hidden_flag(hidden: list[int]) -> tuple[Flag, ...]:
    if not hidden:
        return ()
    numbers = ", ".join(str(number) for number in hidden)
    message = f"hidden slides were left out: {numbers}"
    return (Flag(code="hidden_slides", severity="info", message=message, location=Location(slide=hidden[0])),)


def _slide(container: Container, slide: _Slide, builder: BlockBuilder) -> None:
    shapes = slide.shapes
    titles = [shape for shape in shapes if placeholder(shape)[0] in TITLES and any(lines_of(shape))]
    title = " ".join(line.text for shape in titles for line in lines_of(shape))
    large = None if titles else title_line(shapes, slide.height)
    builder.heading(title or (large.text if large else ""), 1, slide.here)
    for shape in shapes:
        if shape not in titles and placeholder(shape)[0] not in NOT_CONTENT:
            _shape(container, slide, shape, large, builder)
    notes = read_part(container, _target(slide.links, "notesSlide"))
    for shape in shapes_of(notes.find("p_cSld/p_spTree")) if notes is not None else ():
        if placeholder(shape)[0] == "body":
            for line in lines_of(shape):
                builder.add("speaker_note", line.text, slide.here)


def _shape(
    container: Container, slide: _Slide, shape: Element, title: Line | None, builder: BlockBuilder
) -> None:
    if shape.tag == "p_graphicFrame":
        _graphic(container, slide, shape, builder)
    listed = slide.layout.is_list(placeholder(shape))
    for line in lines_of(shape, skip=title):
        if _unnumbered(line.text) in slide.frame and slide.here.slide != 1:
            continue
        checked, text = split_checkbox(line.text)
        bullet = split_bullet(text)
        bulleted = listed(line.level) if line.bulleted is None else line.bulleted
        if bulleted or checked is not None or bullet is not None:
            builder.add("list_item", bullet or text, slide.here, depth=line.level + 1, checked=checked)
        else:
            builder.add("paragraph", line.text, slide.here)
    description = next((e.get("descr", "") for e in shape.iter("p_cNvPr")), "")
    builder.add("alt_text", description.strip(), slide.here)


def _graphic(container: Container, slide: _Slide, frame: Element, builder: BlockBuilder) -> None:
    """A table, the title of a chart, or the texts of a diagram."""
    for table in frame.iterfind("a_graphic/a_graphicData/a_tbl"):
        properties = table.find("a_tblPr")
        marked = int(properties is not None and properties.get("firstRow") in ("1", "true"))
        grid, headers = spread(table_cells(table), marked)
        add_table(builder, [(cells, slide.here) for cells in grid], headers)
    for element in frame.iter():
        part = slide.links.get(element.get("r_id" if element.tag == "c_chart" else "r_dm", ""), ("", ""))[1]
        root = read_part(container, part) if element.tag in ("c_chart", "dgm_relIds") and part else None
        if root is None:
            continue
        if element.tag == "c_chart":
            words = ("".join(text.itertext()) for text in root.iterfind("c_chart/c_title//a_t"))
            builder.add("caption", " ".join("".join(words).split()), slide.here)
        else:
            for body in root.iter("dgm_t"):
                for line in lines_of(body):
                    builder.add("list_item", line.text, slide.here, depth=1)
