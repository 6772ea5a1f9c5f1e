"""OpenDocument text: an own walk over ``content.xml``; tracked deletions and comments are left out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from xml.etree.ElementTree import Element

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Container
from grader.readers.contrast import WHITE, Rgb
from grader.readers.hidden import HiddenTexts
from grader.readers.odt_parts import SKIPPED, hanging, paragraphs, repeats, rows
from grader.readers.odt_styles import OdtStyles
from grader.readers.prose import ProseWriter
from grader.readers.spans import Cell, spread
from grader.readers.tables import add_table
from grader.readers.whole_numbers import whole
from grader.readers.xml_parts import read_part, refuse_pictures_only
from grader.schema import HiddenBy, Location

CONTENTS = {"text_table-of-content", "text_alphabetical-index", "text_illustration-index", "text_table-index"}
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
            elif child.tag.startswith("draw_"):
                self._attached([child])
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

    def _attached(self, elements: Iterable[Element]) -> None:
        """What hangs on a paragraph and is read after it: text boxes, notes, picture descriptions."""
        for child, style in hanging(elements):
            if child.tag == "svg_desc":
                self.prose.other("alt_text", child.text or "", Location(paragraph=max(1, self.paragraph)))
            elif child.tag == "table_table":
                self._table(child)
            else:
                note = child.tag == "text_note-body"
                with self._on(WHITE if note else self.styles.ground_of_drawing(style, self.ground)):
                    self.blocks(child)

    @contextmanager
    def _on(self, ground: Rgb | None) -> Iterator[None]:
        """Read what stands on ground of its own."""
        outer, self.ground = self.ground, ground
        yield
        self.ground = outer

    def _ground_of(self, cell: Element) -> Rgb | None:
        return self.styles.ground_of_cell(cell.get("table_style-name", ""), self.ground)

    def _table(self, table: Element) -> None:
        found = list(rows(table))
        self.prose.finish(followed=True)
        contents = [[cell for cell in row if cell.tag in ("table_table-cell", "table_covered-table-cell")]
                    for row, _ in found]  # fmt: skip
        if all(len(cells) <= 1 for cells in contents):
            for cell in chain.from_iterable(contents):
                with self._on(self._ground_of(cell)):
                    self.blocks(cell)
            return
        grid, headers = spread(
            [[self._cell(cell) for cell in cells for _ in range(repeats(cell))] for cells in contents],
            sum(1 for _, header in found if header),
        )
        placed = []
        for texts in grid:
            self.paragraph += any(text.strip() for text in texts)
            placed.append((texts, Location(paragraph=max(1, self.paragraph))))
        add_table(self.builder, placed, headers)
        for cell in chain.from_iterable(contents):
            with self._on(self._ground_of(cell)):
                self._attached(cell)

    def _cell(self, cell: Element) -> Cell:
        with self._on(self._ground_of(cell)):
            filled = [(p, text) for p in paragraphs(cell) if (text := self._text(p)).strip()]
        bold = bool(filled) and all(self._is_bold(p) for p, _ in filled)
        return Cell("\n".join(text for _, text in filled), strong=bold)
