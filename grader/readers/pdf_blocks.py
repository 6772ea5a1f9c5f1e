"""Lines of a PDF → blocks: paragraphs, headings by their print, list items by their bullets, ruled tables."""

import re
from collections.abc import Sequence

from grader.readers.blocks import BlockBuilder
from grader.readers.marks import NUMBER, split_bullet, split_checkbox
from grader.readers.pdf_lines import Line
from grader.readers.pdf_look import LARGER, Look, join_hyphenated
from grader.readers.tables import add_table, looks_like_header
from grader.schema import Location

HEADING_WORDS = 16
LEADER = re.compile(r"(?:\. ?){5,}[\d ]*$")
Edge = tuple[int, int, int]
"""Page, left edge in steps of 20 points, font size in points: lines that share a right edge."""


class Writer:
    """Groups lines into blocks and writes them."""

    def __init__(self, builder: BlockBuilder, look: Look, rights: dict[Edge, float]) -> None:
        self._builder = builder
        self._look = look
        self._rights = rights
        self._group: list[Line] = []
        self._indents: list[float] = []
        self._headers: list[str] = []
        self._table_page = 0

    def lines(self, lines: Sequence[Line]) -> None:
        """Write `lines`, the whole document in reading order."""
        at = 0
        while at < len(lines):
            cell = lines[at].segments[0].cell
            if cell is None:
                self._line(lines[at])
                at += 1
                continue
            end = at
            while end < len(lines) and lines[end].page == lines[at].page and _table(lines[end]) == cell[0]:
                end += 1
            self._flush()
            self._table(lines[at:end])
            at = end
        self._flush()

    def _line(self, line: Line) -> None:
        if self._group and not self._continues(self._group[-1], line):
            self._flush()
        self._group.append(line)

    def _continues(self, last: Line, line: Line) -> bool:
        """Whether `line` belongs to the paragraph that ends in `last`."""
        if _starts_item(line.text) or LEADER.search(line.text) or LEADER.search(last.text):
            return False
        alike = abs(last.size - line.size) <= 0.06 * last.size and last.monospace == line.monospace
        if not alike or (last.bold != line.bold and self._is_heading(self._group) | self._is_heading([line])):
            return False
        if last.monospace and self._look.monospace_is_code:
            return last.page == line.page and line.y - last.y <= 2.5 * line.size
        if line.page != last.page or line.y < last.y:  # next page or column
            return line.text[:1].islower() and not self._is_heading(self._group)
        if line.y - last.y > 1.25 * self._look.pitch * line.size:
            return False
        return self._is_heading(self._group) or not self._first_word_fits(last, line)

    def _first_word_fits(self, last: Line, line: Line) -> bool:
        """Whether the next line's first word had room on the last: then the break was meant."""
        if line.text[:1].islower() and last.text[-1] not in ".!?:":
            return False
        right = max(self._rights.get(edge_of(last), last.x1), self._rights.get(edge_of(line), line.x1))
        word = len(line.text.split(" ", 1)[0]) + 1
        return right - last.x1 > word * (line.x1 - line.x0) / max(len(line.text), 1) + line.size

    def _is_heading(self, lines: Sequence[Line]) -> bool:
        text = " ".join(line.text for line in lines)
        if (
            not lines
            or len(lines) > 3
            or len(text.split()) > HEADING_WORDS
            or not re.search(r"[^\W\d_]", text)
        ):
            return False
        if split_checkbox(text)[0] is not None or split_bullet(text) or text.rstrip()[-1] in ",;":
            return False
        if lines[0].size >= LARGER * self._look.body:
            return not (text.endswith(".") and len(text.split()) > 8)
        near = lines[0].size >= 0.95 * self._look.body
        return (
            near
            and all(line.bold for line in lines)
            and text.rstrip()[-1] not in ".!"
            and not text[0].islower()
        )

    def _depth(self, line: Line) -> int:
        larger = [rank for rank, size in enumerate(self._look.sizes, 1) if line.size >= size - 0.05]
        return min(6, larger[0] if larger else len(self._look.sizes) + 1)

    def _flush(self) -> None:
        lines, self._group = self._group, []
        if not lines:
            return
        here = Location(page=lines[0].page)
        if lines[0].monospace and self._look.monospace_is_code:
            self._builder.add("code", "\n".join(line.text for line in lines), here)
            return
        text = self._join(lines)
        if LEADER.search(text):
            self._builder.add("front_matter", text, here)
        elif self._is_heading(lines):
            self._indents = []
            self._builder.heading(text, self._depth(lines[0]), here)
        elif _starts_item(text):
            number = NUMBER.match(text)
            bare = split_bullet(text) or (text[number.end() :] if number else text)
            checked, rest = split_checkbox(bare)
            self._builder.add("list_item", rest, here, depth=self._item_depth(lines[0]), checked=checked)
        else:
            if not self._indents or lines[0].x0 < self._indents[0] + 4:
                self._indents = []
            self._builder.add("paragraph", text, here)

    def _item_depth(self, line: Line) -> int:
        """Depth by indentation among the items since the last paragraph."""
        while self._indents and line.x0 < self._indents[-1] - 4:
            self._indents.pop()
        if not self._indents or line.x0 > self._indents[-1] + 4:
            self._indents.append(line.x0)
        return min(6, len(self._indents))

    def _join(self, lines: Sequence[Line]) -> str:
        text = lines[0].text
        for line in lines[1:]:
            text = join_hyphenated(text, line.text, self._look)
        return text

    def _table(self, lines: Sequence[Line]) -> None:
        """Rows of a ruled table; header cells by the looks of the first row."""
        rows: dict[int, dict[int, list[Line]]] = {}
        for line in lines:
            _, row, column = line.segments[0].cell or (0, 0, 0)
            rows.setdefault(row, {}).setdefault(column, []).append(line)
        columns = sorted({column for row in rows.values() for column in row})
        if len(columns) < 2:  # a box around text
            for line in lines:
                self._line(line)
            self._flush()
            return
        texts = [[self._cell(rows[row].get(column, [])) for column in columns] for row in sorted(rows)]
        bold = [[line.bold for cell in rows[row].values() for line in cell] for row in sorted(rows)]
        headed = looks_like_header(texts) or (
            len(rows) > 1 and all(bold[0]) and all(texts[0]) and not all(all(row) for row in bold[1:])
        )
        here = Location(page=lines[0].page)
        grid = [(cells, here) for cells in texts]
        if headed:
            self._headers = texts[0]
        elif lines[0].page == self._table_page + 1 and len(self._headers) == len(columns):
            grid.insert(0, (self._headers, here))  # the table goes on from the page before
            headed = True
        else:
            self._headers = []
        self._table_page = lines[-1].page
        add_table(self._builder, grid, int(headed))

    def _cell(self, lines: Sequence[Line]) -> str:
        ordered = sorted(lines, key=lambda line: (round(line.y), line.x0))
        return self._join(ordered) if ordered else ""


def edge_of(line: Line) -> Edge:
    """The key of the right edge that a line is measured against."""
    return line.page, round(line.x0 / 20), round(line.size)


def _starts_item(text: str) -> bool:
    return split_checkbox(text)[0] is not None or bool(NUMBER.match(text) or split_bullet(text))


def _table(line: Line) -> int | None:
    cell = line.segments[0].cell
    return cell[0] if cell else None
