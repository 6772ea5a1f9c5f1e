"""Slide decks: slides in the order they are shown, the title first, the notes last."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.hidden import HiddenTexts
from grader.readers.marks import split_bullet, split_checkbox
from grader.readers.pptx_shapes import (
    TITLES,
    Layout,
    Line,
    lines_of,
    placeholder,
    shapes_of,
    table_cells,
    title_line,
)
from grader.readers.pptx_visibility import Box, shown_text, take_hidden
from grader.readers.spans import spread
from grader.readers.tables import add_table
from grader.readers.whole_numbers import whole
from grader.readers.xml_parts import core_notes, core_title, main_part, read_part, related
from grader.schema import Location

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
        return list(shapes_of(self.root.find("p_cSld/p_spTree")))


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of a pptx with ``location.slide``; a slide's title is a heading of depth 1.

    Raises UnreadableError: ``no_text_layer`` when no slide has text, and all that `Container` and the XML
    parts can raise.
    """
    container = Container(data, builder.budget)
    main = main_part(container, "ppt/presentation.xml")
    found = HiddenTexts()
    for text in core_notes(container):
        found.add(text, "metadata", Location())
    slides = _open_slides(container, main, found)
    frame = _frame(slides)
    for slide in slides:
        slide.frame = frame
        _slide(container, slide, builder)
    if not any(block.type != "alt_text" for block in builder.blocks()):
        raise UnreadableError("no_text_layer", "no slide has any text (pictures only?): needs a person")
    return ReaderNotes(core_title(container), hidden=found.found())


def _open_slides(container: Container, main: str, found: HiddenTexts) -> list[_Slide]:
    """The slides that are shown, with what is seen of them."""
    root = read_part(container, main)
    if root is None:
        raise UnreadableError("damaged", "the deck has no presentation part; open it and save it again")
    size = root.find("p_sldSz")
    wide, tall = (_extent(size, name) for name in ("cx", "cy"))
    slides = []
    for number, name in enumerate(_slide_parts(container, main, root), 1):
        slide, here = read_part(container, name), Location(slide=number)
        if slide is None or slide.get("show") in ("0", "false"):
            found.add(shown_text(slide) if slide is not None else "", "hidden_slide", here)
            continue
        links = related(container, name)
        under = _target(links, "slideLayout")
        take_hidden(slide, _around(container, under), Box(0, 0, wide, tall), found, here)
        slides.append(_Slide(slide, links, Layout.load(container, under), here, tall or USUAL_HEIGHT, set()))
    return slides


def _extent(size: Element | None, name: str) -> int:
    """Width or height of the slides, 0 where the deck does not say."""
    return max(0, whole(size.get(name))) if size is not None else 0


def _around(container: Container, layout: str) -> list[Element]:
    """A slide's layout and the master of that, as far as they are there."""
    master = _target(related(container, layout), "slideMaster") if layout else ""
    parts = (read_part(container, name) for name in (layout, master) if name)
    return [part for part in parts if part is not None]


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
