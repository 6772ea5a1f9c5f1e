"""Plain text → blocks, by the habits of people who write plain text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from textwrap import dedent

from grader.readers.blocks import BlockBuilder, lines_below
from grader.readers.line_shapes import is_drawing, is_prose, list_item, pasted_cells, split_check_box
from grader.readers.plain_headings import heading_depth, is_rule, is_title, underlined_depth
from grader.readers.tables import add_table, looks_like_header
from grader.schema import Location

_LONG_LINE = 120
"""No one wraps text at more characters than this."""
_WINDOW = 60
"""Lines looked at together; a longer paragraph or drawing is cut, which keeps long files quick to read."""


def read_plain(text: str, builder: BlockBuilder, origin: Location) -> None:
    """Read plain text that begins at `origin`, with ``\\n`` as line end."""
    lines = [*text.replace("\f", " ").split("\n"), ""]
    reader = _PlainReader(builder, origin, lines)
    start: int | None = None
    for number, line in enumerate(lines):
        if line.strip():
            start = number if start is None else start
        elif start is not None:
            reader.chunk(lines[start:number], start)
            start = None


class _PlainReader:
    """Takes the text chunk by chunk (lines between blank lines), remembering the indents of open lists."""

    def __init__(self, builder: BlockBuilder, origin: Location, lines: Sequence[str]) -> None:
        self._builder = builder
        self._origin = origin
        self._indents: list[int] = []
        self._first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        self._unwrapped = _is_unwrapped(lines)

    def chunk(self, lines: Sequence[str], start: int) -> None:
        """One chunk; `start` is the index of its first line in the text."""
        at = 0
        while at < len(lines):
            window = lines[at : at + _WINDOW]
            place = start + at
            taken = self._set_apart(window, place) if at == 0 or not window[0][0].isalnum() else 0
            taken = taken or self._table(lines, at, place)
            at += taken or self._heading(window, place) or self._prose(window, place)

    def _set_apart(self, lines: Sequence[str], start: int) -> int:
        """Take a drawing, code or quote; return its lines, 0 where there is none."""
        if is_drawing(lines) or _is_code(lines):
            self._builder.add("code", dedent("\n".join(lines)), self._place(start))
            return len(lines)
        if all(line.lstrip().startswith(">") for line in lines):
            text = _joined([line.lstrip().lstrip(">") for line in lines])
            self._builder.add("quote", text, self._place(start))
            return len(lines)
        return 0

    def _table(self, lines: Sequence[str], at: int, start: int) -> int:
        """Take a table; return its lines, 0 where there is none."""
        end = next((n for n in range(at, len(lines)) if not _is_row(lines[n])), len(lines))
        rows = pasted_cells(lines[at:end])
        if not rows:
            return 0
        grid = [(cells, self._place(start + n)) for n, cells in enumerate(rows) if cells]
        add_table(self._builder, grid, int(looks_like_header([cells for cells, _ in grid])))
        return len(rows)

    def _heading(self, lines: Sequence[str], start: int) -> int:
        """Take a heading; return its lines, 0 where there is none."""
        below = lines[1] if len(lines) > 1 else ""
        place, taken = self._place(start), 1
        if depth := underlined_depth(lines):
            self._builder.heading(lines[0], depth, place)
            taken = 2
        elif start == self._first and is_title(lines[0], below):
            self._builder.heading(lines[0], 1, place)
        elif depth := heading_depth(lines[0], below, alone=not below or self._unwrapped):
            self._head(lines[0], depth, place)
        else:
            return 0
        self._indents.clear()
        return taken

    def _place(self, index: int) -> Location:
        return lines_below(self._origin, index)

    def _head(self, line: str, depth: int, place: Location) -> None:
        if line.rstrip().endswith(":"):
            self._builder.label(line, place)
        else:
            self._builder.heading(line, depth, place)

    def _prose(self, lines: Sequence[str], start: int) -> int:
        """Paragraphs and list items; a line without bullet goes on with what stands above it."""
        after = (n for n in range(1, len(lines)) if self._unwrapped or _is_row(lines[n]))
        lines = lines[: next(after, len(lines))]
        begins = [n for n, line in enumerate(lines) if n == 0 or list_item(line)]
        for begin, end in pairwise([*begins, len(lines)]):
            part, place = lines[begin:end], self._place(start + begin)
            if item := list_item(part[0]):
                self._item(part, item.indent, item.start, place)
            elif len(part) > 1 or not is_rule(part[0]):
                if not part[0][:1].isspace():
                    self._indents.clear()
                self._builder.add("paragraph", _joined(part), place)
        return len(lines)

    def _item(self, lines: Sequence[str], indent: int, text_start: int, place: Location) -> None:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        checked, first = split_check_box(lines[0][text_start:])
        text = _joined([first, *lines[1:]])
        self._builder.add("list_item", text, place, depth=len(self._indents), checked=checked)


def _is_code(lines: Sequence[str]) -> bool:
    """Lines set off by four blanks or a tab that do not read like sentences or list items."""
    return all(line.startswith(("    ", "\t")) for line in lines) and not is_prose(lines)


def _is_row(line: str) -> bool:
    """True for a line that looks like a table row: with tabs between words, or framed by bars."""
    text = line.strip()
    return bool(re.search(r"\S *\t\s*\S", text)) or (len(text) > 2 and text[0] == text[-1] == "|")


def _is_unwrapped(lines: Sequence[str]) -> bool:
    """True where each line is a paragraph of its own: a tenth of the lines are too long to be wrapped."""
    filled = [line for line in lines if line.strip()]
    return 10 * sum(len(line) > _LONG_LINE for line in filled) > len(filled)


def _joined(lines: Sequence[str]) -> str:
    """Hard-wrapped lines as one text; the line feeds stay, so that places can be found."""
    return "\n".join(" ".join(line.split()) for line in lines)
