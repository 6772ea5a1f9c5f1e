"""Rich text: paragraphs, rows and list levels as the file marks them, headings by style or by print."""

import re
from collections import Counter
from collections.abc import Iterator

from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.hidden import HiddenTexts
from grader.readers.marks import NUMBER, split_bullet
from grader.readers.prose import ProseWriter
from grader.readers.rtf_walk import RtfParagraph, RtfRow, RtfWalk
from grader.readers.spans import Cell, spread
from grader.readers.tables import add_table
from grader.schema import Flag, Location

HEADING_STYLE = re.compile(r"heading (\d)", re.I)
TITLE = re.compile(r"\{\\title ([^{}\\]{1,200})\}")


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of an rtf with ``location.paragraph``, the running number of its non-empty paragraphs and rows.

    Raises RecursionError when groups nest thousands deep.
    """
    text = data.decode("latin-1")  # RTF is 7-bit; what is not is meant byte by byte
    walk = RtfWalk(text)
    items = list(walk.items())
    writer = _Writer(builder, [item for item in items if isinstance(item, RtfParagraph)])
    table: list[RtfRow] = []
    for item in items:
        if isinstance(item, RtfRow):
            table.append(item)
            continue
        writer.table(table)
        table = []
        writer.paragraph(item)
    writer.table(table)
    writer.prose.finish()
    title = TITLE.search(text)
    found = HiddenTexts()
    for hidden, by in walk.hidden:
        found.add(hidden, by, Location())
    flags = tuple(_cut_short(data))
    return ReaderNotes(title.group(1).strip() if title else "", flags, found.found())


def _cut_short(data: bytes) -> Iterator[Flag]:
    if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        message = "the end of the file is missing: text may be missing too"
        yield Flag(code="truncated", severity="warning", message=message)


class _Writer:
    """Writes paragraphs and tables, counting them."""

    def __init__(self, builder: BlockBuilder, paragraphs: list[RtfParagraph]) -> None:
        sizes: Counter[int] = Counter()
        monospace = 0
        for paragraph in paragraphs:
            sizes[paragraph.size] += len(paragraph.text)
            monospace += len(paragraph.text) * paragraph.monospace
        self.prose = ProseWriter(builder)
        self._builder = builder
        self._body = max((sizes[size], size) for size in sizes)[1] or 24 if sizes else 24
        self._code = 2 * monospace < sizes.total()
        self._count = 0

    def paragraph(self, item: RtfParagraph) -> None:
        """Write a paragraph and what hangs on it."""
        if item.text.strip():
            self._text(item)
        self._notes(item)

    def _notes(self, item: RtfParagraph) -> None:
        for note in filter(str.strip, item.notes):
            self.prose.paragraph(note, Location(paragraph=max(1, self._count)))

    def _text(self, item: RtfParagraph) -> None:
        self._count += 1
        here = Location(paragraph=self._count)
        heading = HEADING_STYLE.fullmatch(item.style)
        if heading or item.outline is not None and 0 <= item.outline < 9 or item.style.lower() == "title":
            depth = int(heading.group(1)) if heading else (item.outline or 0) + 1
            self.prose.heading(item.text, min(6, max(1, depth)), here)
        elif item.level is not None:
            self._item(item, here)
        elif item.monospace and self._code:
            self.prose.code(item.text, here)
        elif "quote" in item.style.lower():
            self.prose.other("quote", item.text, here)
        elif item.style.lower() == "caption":
            self.prose.other("caption", item.text, here)
        else:
            self.prose.paragraph(item.text, here, bold=item.bold, scale=item.size / self._body)

    def _item(self, item: RtfParagraph, here: Location) -> None:
        bare = split_bullet(item.text)
        number = NUMBER.match(item.text)
        text = bare or (item.text[number.end() :] if number else item.text)
        self.prose.item(text, (item.level or 0) + 1, here)

    def table(self, rows: list[RtfRow]) -> None:
        """Write successive rows as one table; rows of one cell are boxes around text."""
        if rows and all(len(row.cells) <= 1 for row in rows):
            for row in rows:
                for cell in row.cells:
                    self.paragraph(cell)
            return
        if rows:
            self.prose.finish(followed=True)
        cells = [[Cell(cell.text, strong=cell.bold) for cell in row.cells] for row in rows]
        grid, headers = spread(cells, sum(row.header for row in rows))
        placed = []
        for texts in grid:
            self._count += any(text.strip() for text in texts)
            placed.append((texts, Location(paragraph=max(1, self._count))))
        add_table(self._builder, placed, headers)
        for row in rows:
            for cell in row.cells:
                self._notes(cell)
