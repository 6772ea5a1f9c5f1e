"""AsciiDoc → blocks, with a light parser of our own: what people write, not the whole language."""

import re
from collections.abc import Sequence

from grader.readers.adoc_markup import plain
from grader.readers.adoc_tables import first_row, parse_rows, separator_of
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.line_shapes import split_check_box
from grader.readers.tables import add_table
from grader.readers.text_encoding import decode
from grader.schema import BlockType, Location

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?")
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:\s.*)?")
_BLOCK_ATTRIBUTES = re.compile(r"\[[^\[\]]*\]|\[\[[^\[\]]*\]\]")
_ITEM = re.compile(r"[ \t]*(\*{1,6}|-|\.{1,6}|\d+\.)[ \t]+(\S.*)")
_DEFINITION = re.compile(r"[ \t]*(\S.*?)(?::{2,4}|;;)(?:[ \t]+(\S.*))?")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_CAPTION = re.compile(r"\.(?=[^\s.])")
_MACRO_LINE = re.compile(r"(?:include|ifdef|ifndef|ifeval|endif|toc|video|audio)::\S*\[.*\]")
_IMAGE = re.compile(r"image::?[^\s\[]+\[([^\],]*)[^\]]*\]")
_VERBATIM = re.compile(r"(-{4,}|\.{4,}|`{3,}|\+{4,}|/{4,})\w*\s*")
_WRAPPER = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--)\s*")
_TABLE = re.compile(r"[|,:!]={3,}\s*")


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read an AsciiDoc file. Locations carry the line; includes are not followed."""
    decoded = decode(data)
    reader = _AdocReader(builder, decoded.text.split("\n"))
    reader.read()
    return ReaderNotes(reader.title, decoded.flags)


class _AdocReader:
    """Goes through the lines once; delimited blocks are taken whole, wrappers only open and close."""

    def __init__(self, builder: BlockBuilder, lines: Sequence[str]) -> None:
        self.title = ""
        self._builder = builder
        self._lines = lines
        self._attributes = ""
        self._quote_fence = ""
        self._markers: list[str] = []

    def read(self) -> None:
        index = 0
        while index < len(self._lines):
            index = self._step(index)

    def _step(self, index: int) -> int:
        """Take what begins at line `index`; return the index behind it."""
        line = self._lines[index].rstrip()
        if not line:
            return index + 1
        if fence := _VERBATIM.fullmatch(line):
            return self._verbatim(index, fence.group(1))
        if _TABLE.fullmatch(line):
            return self._table(index)
        if _WRAPPER.fullmatch(line):
            return self._wrapper(index, line)
        if self._single_line(line, self._place(index)):
            return index + 1
        return self._text(index)

    def _place(self, index: int) -> Location:
        return Location(line=index + 1)

    def _single_line(self, line: str, place: Location) -> bool:
        """Take a line that stands for itself; False where it begins a text."""
        if line.startswith("//"):
            self._builder.add("comment", line.lstrip("/").strip(), place)
        elif heading := _HEADING.fullmatch(line):
            self._heading(plain(heading.group(2)), len(heading.group(1)), place)
        elif _ATTRIBUTE.fullmatch(line):
            self._builder.add("front_matter", line, place)
        elif _BLOCK_ATTRIBUTES.fullmatch(line):
            self._attributes = line.strip("[]").lower()
        elif image := _IMAGE.fullmatch(line):
            self._builder.add("alt_text", image.group(1).strip(" \"'"), place)
        elif caption := _CAPTION.match(line):
            self._builder.add("caption", plain(line[caption.end() :]), place)
        else:
            return bool(_MACRO_LINE.fullmatch(line)) or line in ("+", "<<<", "'''", "---", "***")
        return True

    def _heading(self, text: str, depth: int, place: Location) -> None:
        self._markers.clear()
        if depth == 1 and not self.title:
            self.title = text
        self._builder.heading(text, depth, place)

    def _verbatim(self, index: int, fence: str) -> int:
        end = self._closing(index, fence)
        kind: BlockType = "comment" if fence.startswith("/") else "code"
        content = "\n".join(self._lines[index + 1 : end])
        lead = len(content) - len(content.lstrip("\n"))
        self._builder.add(kind, content.strip("\n"), self._place(index + 1 + lead))
        self._attributes = ""
        return end + 1

    def _closing(self, index: int, fence: str) -> int:
        """Index of the line that closes the block, or the end of the file."""
        after = range(index + 1, len(self._lines))
        return next((n for n in after if self._lines[n].rstrip() == fence), len(self._lines))

    def _wrapper(self, index: int, fence: str) -> int:
        quoted = fence.startswith("_") or re.match(
            r"quote|verse|note|tip|important|warn|caut", self._attributes
        )
        if self._quote_fence == fence:
            self._quote_fence = ""
        elif quoted and not self._quote_fence:
            self._quote_fence = fence
        self._attributes = ""
        return index + 1

    def _table(self, index: int) -> int:
        fence = self._lines[index].rstrip()
        end = self._closing(index, fence)
        separator = separator_of(fence, self._attributes)
        begin = first_row(self._lines[index + 1 : end], separator) + index + 1
        for number in range(index + 1, begin):
            line = self._lines[number].strip()
            if not self._single_line(line, self._place(number)):
                self._builder.add("paragraph", plain(line), self._place(number))
        rows, header_rows = parse_rows(self._lines[begin:end], self._attributes, separator)
        grid = [(list(map(plain, cells)), self._place(begin + offset)) for cells, offset in rows]
        add_table(self._builder, grid, header_rows)
        self._attributes = ""
        return end + 1

    def _text(self, index: int) -> int:
        """A paragraph or list item: up to a blank line or something that begins anew."""
        end = index + 1
        while end < len(self._lines) and not self._begins_anew(self._lines[end].rstrip()):
            end += 1
        lines = [line.strip() for line in self._lines[index:end]]
        self._add_text(lines, self._lines[index], self._place(index))
        self._attributes = ""
        return end

    def _begins_anew(self, line: str) -> bool:
        shapes = (_VERBATIM, _TABLE, _WRAPPER, _ITEM, _BLOCK_ATTRIBUTES, _HEADING, _DEFINITION)
        return not line or line == "+" or line.startswith("//") or any(s.fullmatch(line) for s in shapes)

    def _add_text(self, lines: list[str], first: str, place: Location) -> None:
        if item := _ITEM.fullmatch(first.rstrip()):
            checked, text = split_check_box(item.group(2))
            depth = self._depth(item.group(1))
            self._builder.add(
                "list_item", plain("\n".join([text, *lines[1:]])), place, depth=depth, checked=checked
            )
            return
        if definition := _DEFINITION.fullmatch(first.rstrip()):
            self._definition(definition, lines[1:], place)
            return
        if self._lines[(place.line or 1) - 2].rstrip() != "+":
            self._markers.clear()
        text = "\n".join(lines)
        quoted = self._quote_fence or self._attributes.startswith(("quote", "verse"))
        if admonition := _ADMONITION.match(text):
            text, quoted = text[admonition.end() :], "admonition"
        if self._attributes.startswith(("source", "listing", "literal")) or first.startswith(" "):
            self._builder.add("code", text, place)
        else:
            self._builder.add("quote" if quoted else "paragraph", plain(text), place)

    def _definition(self, match: re.Match[str], rest: list[str], place: Location) -> None:
        text = "\n".join([f"{match.group(1)}: {match.group(2) or ''}".strip(), *rest])
        self._builder.add("list_item", plain(text), place, depth=1)

    def _depth(self, marker: str) -> int:
        """Nesting depth by the markers open so far: ``**`` is below ``*``, a new marker below all."""
        marker = "1." if marker[0].isdigit() else marker
        if marker in self._markers:
            del self._markers[self._markers.index(marker) + 1 :]
        else:
            self._markers.append(marker)
        return len(self._markers)
