"""Plain text → blocks, by the habits of people who write plain text."""

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.readers import markdown
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.html import hidden_text
from grader.readers.line_shapes import is_drawing, list_item, pasted_cells, split_check_box
from grader.readers.tables import add_table, looks_like_header
from grader.readers.text_encoding import decode
from grader.schema import Location

_ATX_HEADING = re.compile(r"^#{1,6} \S", re.M)
_UNDERLINE = re.compile(r"\s*([=~*#-])\1{2,}\s*")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)*\d{1,2})\.?\)?\s+(?=\S)")
_HEADING_WORDS = 9
_UNDERLINE_DEPTH = {"=": 1, "#": 1, "*": 1, "-": 2, "~": 3}


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a text file; one that is plainly Markdown is read as that. Locations carry the line."""
    decoded = decode(data)
    hidden = 0
    if len(_ATX_HEADING.findall(decoded.text)) >= 2:
        title, hidden = markdown.read_text(decoded.text, builder, Location(line=1))
    else:
        title = ""
        read_plain(decoded.text, builder, Location(line=1))
    return ReaderNotes(title, decoded.flags + hidden_text(hidden))


def read_plain(text: str, builder: BlockBuilder, origin: Location) -> None:
    """Read plain text that begins at `origin`, with ``\\n`` as line end."""
    reader = _PlainReader(builder, origin)
    start: int | None = None
    lines = [*text.replace("\f", "\n").split("\n"), ""]
    for number, line in enumerate(lines):
        if line.strip():
            start = number if start is None else start
        elif start is not None:
            reader.chunk(lines[start:number], start)
            start = None


class _PlainReader:
    """Takes the text chunk by chunk (lines between blank lines), remembering the indents of open lists."""

    def __init__(self, builder: BlockBuilder, origin: Location) -> None:
        self._builder = builder
        self._origin = origin
        self._indents: list[int] = []

    def chunk(self, lines: Sequence[str], start: int) -> None:
        """One chunk; `start` is the index of its first line in the text."""
        if is_drawing(lines):
            self._builder.add("code", "\n".join(lines), self._place(start))
        elif rows := pasted_cells(lines):
            grid = [(cells, self._place(start + n)) for n, cells in enumerate(rows) if cells]
            add_table(self._builder, grid, int(looks_like_header([cells for cells, _ in grid])))
        elif depth := _underlined(lines):
            self._builder.heading(lines[0], depth, self._place(start))
            self._rest(lines, 2, start)
        elif depth := heading_depth(lines[0], alone=len(lines) == 1):
            self._head(lines[0], depth, self._place(start))
            self._rest(lines, 1, start)
        else:
            self._prose(lines, start)

    def _place(self, index: int) -> Location:
        return self._origin.model_copy(update={"line": (self._origin.line or 1) + index})

    def _rest(self, lines: Sequence[str], taken: int, start: int) -> None:
        self._indents.clear()
        if lines[taken:]:
            self.chunk(lines[taken:], start + taken)

    def _head(self, line: str, depth: int, place: Location) -> None:
        if line.rstrip().endswith(":"):
            self._builder.label(line, place)
        else:
            self._builder.heading(line, depth, place)

    def _prose(self, lines: Sequence[str], start: int) -> None:
        """Paragraphs and list items; a line without bullet goes on with what stands above it."""
        begins = [n for n, line in enumerate(lines) if n == 0 or list_item(line)]
        for begin, end in pairwise([*begins, len(lines)]):
            part, place = lines[begin:end], self._place(start + begin)
            if item := list_item(part[0]):
                self._item(part, item.indent, item.start, place)
            elif _UNDERLINE.fullmatch(part[0]) and len(part) == 1:
                continue
            else:
                if not part[0][:1].isspace():
                    self._indents.clear()
                self._builder.add("paragraph", _joined(part), place)

    def _item(self, lines: Sequence[str], indent: int, text_start: int, place: Location) -> None:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        checked, first = split_check_box(lines[0][text_start:])
        text = _joined([first, *lines[1:]])
        self._builder.add("list_item", text, place, depth=len(self._indents), checked=checked)


def heading_depth(line: str, *, alone: bool) -> int:
    """Depth of a line that heads what follows, 0 where it does not: numbered, in capitals, or ``Title:``.

    `alone` tells whether blank lines stand around it; a numbered line among others is a list item.
    """
    text = line.strip()
    words = text.split()
    if len(words) > _HEADING_WORDS or text[-1:] in (".", ",", ";") or line[:1].isspace():
        return 0
    if number := _NUMBERED.match(text):
        levels = number.group(1).count(".") + 1
        title = text[number.end() :]
        return min(levels, 6) if (alone or levels > 1) and title[:1].isupper() else 0
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= 4 and text.upper() == text:
        return 1
    if text.endswith(":") and len(words) <= 6 and not list_item(line):
        return 2
    return 0


def _underlined(lines: Sequence[str]) -> int:
    if len(lines) < 2 or len(lines[0].split()) > 2 * _HEADING_WORDS or list_item(lines[0]):
        return 0
    rule = _UNDERLINE.fullmatch(lines[1])
    return _UNDERLINE_DEPTH[rule.group(1)] if rule else 0


def _joined(lines: Sequence[str]) -> str:
    """Hard-wrapped lines as one text; the line feeds stay, so that places can be found."""
    return "\n".join(" ".join(line.split()) for line in lines)
