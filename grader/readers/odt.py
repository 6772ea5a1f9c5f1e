"""OpenDocument text: an own walk over ``content.xml``; tracked deletions and comments are left out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.contrast import WHITE, Rgb
from grader.readers.hidden import HiddenTexts
from grader.readers.odt_styles import OdtStyles
from grader.readers.prose import ProseWriter
from grader.readers.spans import Cell, spread
from grader.readers.tables import add_table
from grader.readers.whole_numbers import whole
from grader.readers.xml_parts import read_part, refuse_pictures_only
from grader.schema import HiddenBy, Location

SKIPPED = {
    "text_tracked-changes", "text_sequence-decls", "text_note", "text_ruby-text", "office_annotation",
    "office_annotation-end", "office_forms", "svg_desc", "svg_title", "draw_text-box", "draw_image",
    "draw_object",
}  # fmt: skip
CONTENTS = {"text_table-of-content", "text_alphabetical-index", "text_illustration-index", "text_table-index"}
MAX_REPEAT = 64
MAX_BLANKS = 200


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of an odt with ``location.paragraph``, the running number of its non-empty paragraphs and rows.

    Raises UnreadableError: ``encrypted``, ``damaged``, and all that `Container` and the XML parts can raise.
    """
    container = Container(data, builder.budget)
    manifest = read_part(container, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("manifest_encryption-data"), None) is not None:
        raise UnreadableError("encrypted", "the document is protected by a password; save it without")
    root = read_part(container, "content.xml")
    body = root.find("office_body/office_text") if root is not None else None
    if root is None or body is None:
        raise UnreadableError("damaged", "the file has no text body; open it and save it again")
    walk = _Walk(OdtStyles.load(root, read_part(container, "styles.xml")), builder)
    walk.blocks(body)
    walk.prose.finish()
    refuse_pictures_only(container, builder.blocks())
    meta = read_part(container, "meta.xml")
    title = next((e.text or "" for e in meta.iter("dc_title")), "") if meta is not None else ""
    return ReaderNotes(title.strip() or walk.title, hidden=walk.hidden.found())


class _Walk:
    """State of one pass over the body."""

    def __init__(self, styles: OdtStyles, builder: BlockBuilder) -> None:
        self.styles = styles
        self.builder = builder
        self.prose = ProseWriter(builder)
        self.paragraph = 0
        self.hidden = HiddenTexts()
        self.ground: Rgb | None = WHITE
        self.title = ""

    def hide(self, element: Element, by: HiddenBy) -> None:
        """Note what is not seen."""
        self.hidden.add(" ".join(element.itertext()), by, Location(paragraph=max(1, self.paragraph)))

    def blocks(self, parent: Element, contents: bool = False) -> None:
        """Walk text blocks in order; within a table of contents they are front matter."""
        for child in parent:
            if child.tag in ("text_p", "text_h"):
                self._paragraph(child, contents=contents)
            elif child.tag == "text_list":
                self._list(child, 1)
            elif child.tag == "table_table":
                self._table(child)
            elif child.get("text_display") == "none":
                self.hide(child, "marked_hidden")
            elif child.tag not in SKIPPED:
                self.blocks(child, contents or child.tag in CONTENTS)

    def _paragraph(
        self, element: Element, *, depth: int = 0, first: bool = False, contents: bool = False
    ) -> None:
        text = self._text(element)
        if text.strip():
            self.paragraph += 1
            self._block(element, text, depth, first, contents)
        self._attached(element)

    def _block(self, element: Element, text: str, depth: int, first: bool, contents: bool) -> None:
        here, name = Location(paragraph=self.paragraph), element.get("text_style-name", "")
        role = self.styles.role(name)
        if contents:
            self.prose.other("front_matter", text, here)
        elif element.tag == "text_h":
            self.prose.heading(text, min(6, max(1, whole(element.get("text_outline-level")))), here)
        elif role == "title":
            self.title = self.title or " ".join(text.split())
            self.prose.heading(text, 1, here)
        elif role == "code":
            self.prose.code(text, here)
        elif depth and first:
            self.prose.item(text, depth, here)
        elif role == "quote":
            self.prose.other("quote", text, here)
        elif role == "caption":
            self.prose.other("caption", text, here)
        else:
            self.prose.paragraph(text, here, bold=self._is_bold(element))

    def _list(self, element: Element, depth: int) -> None:
        for item in element:
            first = True
            for child in item:
                if child.tag in ("text_p", "text_h"):
                    self._paragraph(child, depth=depth, first=first and item.tag != "text_list-header")
                    first = False
                elif child.tag == "text_list":
                    self._list(child, depth + 1)
                elif child.tag not in SKIPPED and child.tag != "text_number":
                    self.blocks(child)

    def _text(self, element: Element) -> str:
        """Visible text of a paragraph; notes, comments and frames are apart."""
        style = element.get("text_style-name", "")
        if element.tag in ("text_p", "text_h") and (by := self._hidden_by(element, style)):
            self.hide(element, by)
            return ""
        pieces = [element.text or ""]
        for child in element:
            pieces.append(self._inline(child, style))
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _inline(self, element: Element, style: str = "") -> str:
        blanks = max(0, whole(element.get("text_c"), otherwise=1))
        simple = {"text_s": " " * min(blanks, MAX_BLANKS),
                  "text_tab": "\t", "text_line-break": "\n"}  # fmt: skip
        if element.tag in simple:
            return simple[element.tag]
        if element.tag in SKIPPED:
            return ""
        if element.get("text_display") == "none" or element.tag == "text_hidden-text":
            self.hide(element, "marked_hidden")
            return ""
        if element.tag == "text_span" and (
            by := self.styles.hidden_by(element.get("text_style-name", ""), style, self.ground)
        ):
            self.hide(element, by)
            return ""
        return self._text(element)

    def _hidden_by(self, paragraph: Element, style: str) -> HiddenBy | None:
        """What hides a whole paragraph; None where some span of it looks otherwise."""
        if next(paragraph.iter("text_hidden-paragraph"), None) is not None:
            return "marked_hidden"
        by = self.styles.hidden_by(style, ground=self.ground)
        spans = (span.get("text_style-name", "") for span in paragraph.iter("text_span"))
        seen = any(
            self.styles.prints_anew(s) and not self.styles.hidden_by(s, style, self.ground) for s in spans
        )
        return None if seen and by != "marked_hidden" else by

    def _is_bold(self, element: Element) -> bool:
        if self.styles.is_bold(element.get("text_style-name", "")):
            return True
        loose = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        spans = [child for child in element if child.tag == "text_span" and "".join(child.itertext()).strip()]
        return (
            bool(spans)
            and not loose
            and all(self.styles.is_bold(s.get("text_style-name", "")) for s in spans)
        )

    def _attached(self, element: Element) -> None:
        """What hangs on a paragraph and is read after it: text boxes, notes, picture descriptions."""
        for child in _hanging(element):
            if child.tag == "svg_desc":
                self.prose.other("alt_text", child.text or "", Location(paragraph=max(1, self.paragraph)))
            else:
                self.blocks(child)

    def _table(self, table: Element) -> None:
        rows = list(_rows(table))
        self.prose.finish(followed=True)
        contents = [[cell for cell in row if cell.tag in ("table_table-cell", "table_covered-table-cell")]
                    for row, _ in rows]  # fmt: skip
        if all(len(cells) <= 1 for cells in contents):
            for cells in contents:
                for cell in cells:
                    self.blocks(cell)
            return
        grid, headers = spread(
            [[self._cell(cell) for cell in cells for _ in range(_repeats(cell))] for cells in contents],
            sum(1 for _, header in rows if header),
        )
        placed = []
        for texts in grid:
            self.paragraph += any(text.strip() for text in texts)
            placed.append((texts, Location(paragraph=max(1, self.paragraph))))
        add_table(self.builder, placed, headers)
        for cells in contents:
            for cell in cells:
                for paragraph in cell.iter("text_p"):
                    self._attached(paragraph)
                for inner in cell.findall("table_table"):
                    self._table(inner)

    def _cell(self, cell: Element) -> Cell:
        outer = self.ground
        self.ground = self.styles.ground_of_cell(cell.get("table_style-name", ""), outer)
        read = self._read_cell(cell)
        self.ground = outer
        return read

    def _read_cell(self, cell: Element) -> Cell:
        paragraphs = [p for tag in ("text_p", "text_h") for p in cell.iter(tag)]
        if cell.find("table_table") is not None:
            paragraphs = cell.findall("text_p")
        filled = [(p, text) for p in paragraphs if (text := self._text(p)).strip()]
        bold = bool(filled) and all(self._is_bold(p) for p, _ in filled)
        return Cell("\n".join(text for _, text in filled), strong=bold)


def _hanging(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "text_note":
            yield from child.findall("text_note-body")
        elif child.tag in ("draw_text-box", "svg_desc"):
            yield child
        elif child.tag not in ("office_annotation", "text_p"):
            yield from _hanging(child)


def _rows(table: Element, header: bool = False) -> Iterator[tuple[Element, bool]]:
    for child in table:
        if child.tag == "table_table-row":
            yield child, header
        elif child.tag in ("table_table-header-rows", "table_table-rows", "table_table-row-group"):
            yield from _rows(child, header or child.tag == "table_table-header-rows")


def _repeats(cell: Element) -> int:
    return min(max(0, whole(cell.get("table_number-columns-repeated"), otherwise=1)), MAX_REPEAT)
