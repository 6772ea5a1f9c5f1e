"""Plain text → blocks, by the habits of people who write plain text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from textwrap import dedent

from grader.readers.blocks import BlockBuilder
from grader.readers.line_shapes import is_drawing, is_prose, list_item, pasted_cells, split_check_box
from grader.readers.tables import add_table, looks_like_header
from grader.schema import Location

_UNDERLINE = re.compile(r"\s*([=~*#-])\1{2,}\s*")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)*\d{1,2})\.?\)?\s+(?=\S)")
_BULLET_SIGN = re.compile(r"\s*[-*•]\s")
_HEADING_WORDS = 9
_LABEL_WORDS = 4
"""A line that ends with a colon heads what follows when it has at most this many words."""
_TITLE_WORDS = 14
_UNDERLINE_DEPTH = {"=": 1, "#": 1, "*": 1, "-": 2, "~": 3}


def read_plain(text: str, builder: BlockBuilder, origin: Location) -> None:
    """Read plain text that begins at `origin`, with ``\\n`` as line end."""
    lines = [*text.replace("\f", " ").split("\n"), ""]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    reader = _PlainReader(builder, origin, first)
    start: int | None = None
    for number, line in enumerate(lines):
        if line.strip():
            start = number if start is None else start
        elif start is not None:
            reader.chunk(lines[start:number], start)
            start = None


class _PlainReader:
    """Takes the text chunk by chunk (lines between blank lines), remembering the indents of open lists."""

    def __init__(self, builder: BlockBuilder, origin: Location, first: int) -> None:
        self._builder = builder
        self._origin = origin
        self._indents: list[int] = []
        self._first = first

    def chunk(self, lines: Sequence[str], start: int) -> None:
        """One chunk; `start` is the index of its first line in the text."""
        if is_drawing(lines) or _is_code(lines):
            self._builder.add("code", dedent("\n".join(lines)), self._place(start))
        elif rows := pasted_cells(lines):
            grid = [(cells, self._place(start + n)) for n, cells in enumerate(rows) if cells]
            add_table(self._builder, grid, int(looks_like_header([cells for cells, _ in grid])))
        elif all(line.lstrip().startswith(">") for line in lines):
            text = _joined([line.lstrip().lstrip(">") for line in lines])
            self._builder.add("quote", text, self._place(start))
        elif depth := _underlined(lines):
            self._builder.heading(lines[0], depth, self._place(start))
            self._rest(lines, 2, start)
        elif start == self._first and _is_title(lines):
            self._builder.heading(lines[0], 1, self._place(start))
            self._rest(lines, 1, start)
        elif depth := heading_depth(lines[0], lines[1] if len(lines) > 1 else ""):
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


def heading_depth(line: str, below: str) -> int:
    """Depth of a line that heads what follows, else 0: numbered, capitals, ``Name:``, Title Case.

    `below` is the next line, "" where that is blank; a numbered line above another is a list item.
    """
    text = line.strip()
    words = text.split()
    if len(words) > _HEADING_WORDS or text[-1:] in (".", ",", ";") or line[:1].isspace():
        return 0
    if number := _NUMBERED.match(text):
        levels = number.group(1).count(".") + 1
        in_list = levels == 1 and (list_item(below) or below[:1].islower() or below[:1].isspace())
        return min(levels, 6) if text[number.end()].isupper() and not in_list else 0
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= 4 and text.upper() == text:
        return 1
    if list_item(line):
        return 0
    if text.endswith(":"):
        return 2 if len(words) <= _LABEL_WORDS and "," not in text else 0
    return 2 if not below and len(words) > 1 and _is_title_case(words) else 0


def _is_code(lines: Sequence[str]) -> bool:
    """Lines set off by four blanks or a tab that do not read like sentences or list items."""
    return all(line.startswith(("    ", "\t")) for line in lines) and not is_prose(lines)


def _is_title_case(words: Sequence[str]) -> bool:
    """True where the first word and nearly all long ones begin with a capital."""
    long = [word for word in words if len(word) > 2 and word[0].isalpha()]
    return len(long) > 1 and words[0][0].isupper() and all(word[0].isupper() for word in long)


def _is_title(lines: Sequence[str]) -> bool:
    """Whether the first lines of the text are one short line that is no sentence, label or list item."""
    text = lines[0].strip()
    short = len(text.split()) <= _TITLE_WORDS and (len(lines) == 1 or heading_depth(lines[1], "X") > 0)
    return short and text[-1] not in ".:;,!" and not list_item(text)


def _underlined(lines: Sequence[str]) -> int:
    if len(lines) < 2 or len(lines[0].split()) > 2 * _HEADING_WORDS or _BULLET_SIGN.match(lines[0]):
        return 0
    rule = _UNDERLINE.fullmatch(lines[1])
    return _UNDERLINE_DEPTH[rule.group(1)] if rule else 0


def _joined(lines: Sequence[str]) -> str:
    """Hard-wrapped lines as one text; the line feeds stay, so that places can be found."""
    return "\n".join(" ".join(line.split()) for line in lines)
