"""Word documents: an own walk over the body, so that all a person sees is read, and only that."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.docx_styles import Styles, integer, on
from grader.readers.docx_text import Paragraph, chosen, read_paragraph
from grader.readers.prose import ProseWriter
from grader.readers.spans import Cell, spread
from grader.readers.tables import add_table
from grader.readers.xml_parts import children, core_title, main_part, read_part, related
from grader.schema import Flag, Location

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
    ``too_deep`` or ``empty``.
    """
    container = Container(data)
    main = main_part(container, "word/document.xml")
    root = read_part(container, main)
    body = root.find("w_body") if root is not None else None
    if body is None:
        raise UnreadableError("damaged", "the Word file has no body; open it in Word and save it again")
    walk = _Walk(container, main, builder)
    walk.styles.monospace_is_code = not _mostly_monospace(body, walk.styles)
    walk.styles.body_size = _body_size(body, walk.styles)
    walk.blocks(body)
    walk.prose.finish()
    return ReaderNotes(core_title(container) or walk.title, walk.flags())


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
        self.hidden = 0
        self.hidden_at: Location | None = None
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

    def flags(self) -> tuple[Flag, ...]:
        """What was left out."""
        if not self.hidden:
            return ()
        message = f"{self.hidden} characters of hidden text were left out"
        return (Flag(code="hidden_text", severity="info", message=message, location=self.hidden_at),)

    def _here(self) -> Location:
        return Location(paragraph=self.paragraph)

    def _paragraph(self, element: Element) -> None:
        read = read_paragraph(element, self.styles)
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
        if read.hidden:
            self.hidden += read.hidden
            self.hidden_at = self.hidden_at or Location(paragraph=max(1, self.paragraph))
        for box in read.boxes:
            self.blocks(box)
        for note in read.notes:
            # popped, so that a note is read once even if a damaged file refers to itself
            if (element := self.notes.pop(note, None)) is not None:
                self.blocks(element)
        for text in read.alt_texts:
            self.prose.other("alt_text", text, self._here())

    def _table(self, table: Element) -> None:
        rows = list(_rows(table))
        if _is_layout(rows, self.styles):
            for row in rows:
                for cell in _cells(row):
                    self.blocks(cell)
            return
        while len(rows) > 1 and len(cells := list(_cells(rows[0]))) == 1:  # a banner across the table
            self.blocks(cells[0])
            rows = rows[1:]
        self.prose.finish(followed=True)
        heads = [_on_row(row, "w_tblHeader") for row in rows]
        attached: list[Paragraph] = []
        nested: list[Element] = []
        contents = [[self._cell(cell, attached, nested) for cell in _cells(row)] for row in rows]
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

    def _cell(self, cell: Element, attached: list[Paragraph], nested: list[Element]) -> Cell:
        """A cell; what cannot stand in a row is put into the lists."""
        reads: list[Paragraph] = []
        for element in _within(cell):
            if element.tag == "w_tbl":
                nested.append(element)
            else:
                reads.append(read_paragraph(element, self.styles))
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


def _body_size(body: Element, styles: Styles) -> float:
    """The commonest font size by characters, half-points."""
    sizes: Counter[float] = Counter()
    for paragraph in body.iter("w_p"):
        for run in paragraph.findall("w_r"):
            sizes[styles.size(run, paragraph)] += sum(len(text.text or "") for text in run.findall("w_t"))
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else styles.body_size


def _mostly_monospace(body: Element, styles: Styles) -> bool:
    total = monospace = 0
    for paragraph in body.iter("w_p"):
        for run in paragraph.findall("w_r"):
            size = sum(len(text.text or "") for text in run.findall("w_t"))
            total += size
            monospace += size * styles.is_monospace(run, paragraph)
    return 2 * monospace > total
