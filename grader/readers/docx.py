"""Word documents: an own walk over the body, so that all a person sees is read, and only that."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.contrast import WHITE, Rgb
from grader.readers.docx_measures import body_size, mostly_monospace
from grader.readers.docx_styles import Styles, integer, on
from grader.readers.docx_text import Paragraph, chosen, read_paragraph
from grader.readers.hidden import HiddenTexts
from grader.readers.prose import ProseWriter
from grader.readers.spans import Cell, spread
from grader.readers.tables import add_table
from grader.readers.xml_parts import (
    children,
    core_notes,
    core_title,
    main_part,
    read_part,
    refuse_pictures_only,
    related,
)
from grader.schema import HiddenBy, Location

TRANSPARENT = {
    "w_sdt",
    "w_sdtContent",
    "w_customXml",
    "w_ins",
    "w_moveTo",
    "w_smartTag",
    "mc_AlternateContent",
    "mc_Choice",
    "mc_Fallback",
}


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of a docx with ``location.paragraph``, the running number of its non-empty paragraphs and rows.

    Raises UnreadableError: ``damaged``, ``encrypted``, ``too_large``, ``unsafe_archive``, ``unsafe_xml``,
    ``too_deep`` or ``no_text_layer``.
    """
    container = Container(data, builder.budget)
    main = main_part(container, "word/document.xml")
    root = read_part(container, main)
    body = root.find("w_body") if root is not None else None
    if body is None:
        raise UnreadableError("damaged", "the Word file has no body; open it in Word and save it again")
    walk = _Walk(container, main, builder)
    for text in core_notes(container):
        walk.hidden.add(text, "metadata", Location())
    walk.styles.monospace_is_code = not mostly_monospace(body, walk.styles)
    walk.styles.body_size = body_size(body, walk.styles)
    walk.blocks(body)
    walk.prose.finish()
    refuse_pictures_only(container, builder.blocks())
    return ReaderNotes(core_title(container) or walk.title, hidden=walk.hidden.found())


class _Walk:
    """State of one pass over the body."""

    def __init__(self, container: Container, main: str, builder: BlockBuilder) -> None:
        parts = {
            kind: read_part(container, name)
            for kind, name in related(container, main).values()
            if kind in ("styles", "footnotes", "endnotes")
        }
        self.styles = Styles.load(parts.get("styles"))
        self.notes = {
            (part, note.get("w_id", "")): note
            for part in ("footnotes", "endnotes")
            for note in children(parts.get(part), f"w_{part[:-1]}")
            if note.get("w_type") in (None, "normal")
        }
        self.builder = builder
        self.prose = ProseWriter(builder)
        self.paragraph = 0
        self.hidden = HiddenTexts()
        self.behind: Rgb | None = WHITE
        self.title = ""

    def blocks(self, parent: Element) -> None:
        """Walk paragraphs and tables in order, through controls and inserted revisions."""
        for child in parent:
            if child.tag == "w_p":
                self._paragraph(child)
            elif child.tag == "w_tbl":
                self._table(child)
            elif child.tag in TRANSPARENT:
                self.blocks(chosen(child))

    def _here(self) -> Location:
        return Location(paragraph=self.paragraph)

    def _paragraph(self, element: Element) -> None:
        read = read_paragraph(element, self.styles, self.behind)
        if read.text.strip():
            self.paragraph += 1
            self._text(element, read)
        self._attached(read)

    def _text(self, element: Element, read: Paragraph) -> None:
        here, styles, prose = self._here(), self.styles, self.prose
        depth = styles.heading_depth(element)
        role = styles.role(element)
        items = styles.list_depth(element)
        if depth is not None:
            self.title = self.title or (" ".join(read.text.split()) if styles.is_title(element) else "")
            prose.heading(read.text, depth, here)
        elif role == "code" or (read.monospace and styles.monospace_is_code and items is None):
            prose.code(read.text, here)
        elif role == "quote":
            prose.other("quote", read.text, here)
        elif role == "caption":
            prose.other("caption", read.text, here)
        elif role == "front_matter":
            prose.other("front_matter", read.text, here)
        elif items is not None:
            prose.item(read.text, items, here)
        else:
            prose.paragraph(read.text, here, bold=read.bold, scale=read.size / styles.body_size)

    def _attached(self, read: Paragraph) -> None:
        """What hangs on a paragraph and is read after it: text boxes, notes, picture descriptions."""
        for text, by in read.hidden:
            self._hide(text, by)
        for box, behind in read.boxes:
            self._on(behind, box)
        for note in read.notes:
            # popped, so that a note is read once even if a damaged file refers to itself
            if (element := self.notes.pop(note, None)) is not None:
                self.blocks(element)
        for text in read.alt_texts:
            self.prose.other("alt_text", text, self._here())

    def _hide(self, text: str, by: HiddenBy) -> None:
        self.hidden.add(text, by, Location(paragraph=max(1, self.paragraph)))

    def _on(self, behind: Rgb | None, parent: Element) -> None:
        """Walk what stands on ground of its own."""
        outer, self.behind = self.behind, behind
        self.blocks(parent)
        self.behind = outer

    def _table(self, table: Element) -> None:
        rows = list(_rows(table))
        for row in table.iterfind("w_tr"):
            if _on_row(row, "w_hidden"):
                self._hide(" ".join(text.text or "" for text in row.iter("w_t")), "marked_hidden")
        if _is_layout(rows, self.styles):
            for row in rows:
                for cell in _cells(row):
                    self._on(self.styles.cell_colour(cell, table, self.behind), cell)
            return
        while len(rows) > 1 and len(cells := list(_cells(rows[0]))) == 1:  # a banner across the table
            self._on(self.styles.cell_colour(cells[0], table, self.behind), cells[0])
            rows = rows[1:]
        self.prose.finish(followed=True)
        heads = [_on_row(row, "w_tblHeader") for row in rows]
        attached: list[Paragraph] = []
        nested: list[Element] = []
        contents = [
            [
                self._cell(cell, self.styles.cell_colour(cell, table, self.behind), attached, nested)
                for cell in _cells(row)
            ]
            for row in rows
        ]
        grid, headers = spread(contents, next((n for n, head in enumerate(heads) if not head), 0))
        placed = []
        for texts in grid:
            self.paragraph += any(text.strip() for text in texts)
            placed.append((texts, self._here()))
        add_table(self.builder, placed, headers)
        for read in attached:
            self._attached(read)
        for inner in nested:
            self._table(inner)

    def _cell(
        self, cell: Element, behind: Rgb | None, attached: list[Paragraph], nested: list[Element]
    ) -> Cell:
        """A cell; what cannot stand in a row is put into the lists."""
        reads: list[Paragraph] = []
        for element in _within(cell):
            if element.tag == "w_tbl":
                nested.append(element)
            else:
                reads.append(read_paragraph(element, self.styles, behind))
        attached += reads
        filled = [read for read in reads if read.text.strip()]
        span = cell.find("w_tcPr/w_gridSpan")
        merge = cell.find("w_tcPr/w_vMerge")
        return Cell(
            text="\n".join(read.text for read in filled),
            columns=max(1, integer(span)) if span is not None else 1,
            continues=merge is not None and merge.get("w_val", "continue") == "continue",
            strong=bool(filled) and all(read.bold for read in filled),
        )


def _within(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables directly inside, through controls and revisions."""
    for child in parent:
        if child.tag in ("w_p", "w_tbl"):
            yield child
        elif child.tag in TRANSPARENT:
            yield from _within(chosen(child))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "w_tr":
            if child.find("w_trPr/w_del") is None and not _on_row(child, "w_hidden"):
                yield child
        elif child.tag in TRANSPARENT:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == "w_tc":
            yield child
        elif child.tag in TRANSPARENT:
            yield from _cells(child)


def _on_row(row: Element, tag: str) -> bool:
    mark = row.find(f"w_trPr/{tag}")
    return mark is not None and on(mark.get("w_val", "1"))


def _is_layout(rows: list[Element], styles: Styles) -> bool:
    """A frame rather than a table: one column, or headings inside."""
    cells = [list(_cells(row)) for row in rows]
    if all(len(row) <= 1 for row in cells):
        return True
    return any(
        styles.heading_depth(paragraph) is not None
        for row in cells
        for cell in row
        for paragraph in _within(cell)
        if paragraph.tag == "w_p"
    )
