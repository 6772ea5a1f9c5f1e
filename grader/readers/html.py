"""HTML → blocks: the text a visitor of the page sees, from the static file; scripts never run."""

import re
from collections.abc import Callable

from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

from grader.readers.blocks import BlockBuilder, ReaderNotes, lines_below
from grader.readers.hidden import HiddenTexts
from grader.readers.html_css import Stylesheet
from grader.readers.html_tables import is_layout, table_grid
from grader.readers.html_tree import parse
from grader.readers.html_visibility import SKIPPED, Look, style_of, take_hidden
from grader.readers.tables import add_table
from grader.readers.text_encoding import decode
from grader.schema import BlockType, Location

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCK_NAMES = """
address article aside body center details dialog div dl fieldset figure footer form header hgroup html legend
main menu p section summary tbody td th thead tr
"""
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
_DESCRIBES = re.compile(r"description|keywords", re.I)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.:-]+)""", re.I)


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a page. Locations carry the line of the source; a line feed in a text is one of the source."""
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else None)
    soup = parse(decoded.text)
    title = soup.title.get_text() if soup.title else ""
    found = HiddenTexts()
    for tag in soup.find_all("meta", attrs={"name": _DESCRIBES}):
        found.add(str(tag.get("content") or ""), "metadata", Location(line=tag.sourceline))
    take_hidden(soup, Look(Stylesheet(style_of(soup))), found, Location(line=1))
    walk(soup, builder, Location(line=1))
    return ReaderNotes(title, decoded.flags, found.found())


def read_fragment(
    markup: str, builder: BlockBuilder, origin: Location, sheet: Stylesheet, found: HiddenTexts
) -> None:
    """Read HTML that stands inside another format; `origin` is the place of its first line."""
    soup = parse(markup)
    take_hidden(soup, Look(sheet), found, origin)
    walk(soup, builder, origin)


def walk(root: Tag, builder: BlockBuilder, origin: Location) -> None:
    """Append the blocks under `root`, which holds only what is seen."""
    walker = _Walker(builder, origin)
    walker.children(root)
    walker.flush()
    walker.write_term()


class _Walker:
    """Goes through the tree in reading order; inline text gathers until a block begins or ends."""

    def __init__(self, builder: BlockBuilder, origin: Location) -> None:
        self._builder = builder
        self._origin = origin
        self._line = 1
        self._text: list[str] = []
        self._text_line = 1
        self._behind: list[tuple[BlockType, str, Location]] = []  # comments and alt texts met inside a text
        self._type: BlockType = "paragraph"
        self._list_depth = 0
        self._item_open = False
        self._term = ""
        self._term_at = origin
        self._checked: bool | None = None

    def children(self, tag: Tag) -> None:
        for child in tag.children:
            self._visit(child)

    def flush(self) -> None:
        """Turn the gathered inline text into a block."""
        text, line = tidy_lines("".join(self._text), self._text_line)
        self._text.clear()
        if text:
            self._add_text(text, self._place(line))
        for kind, beside, location in self._behind:
            self._builder.add(kind, beside, location)
        self._behind.clear()

    def _add_text(self, text: str, location: Location) -> None:
        if self._item_open:
            text = f"{self._term}: {text}" if self._term else text
            self._builder.add("list_item", text, location, depth=self._list_depth, checked=self._checked)
            self._item_open, self._term, self._checked = False, "", None
        else:
            self.write_term()
            self._builder.add(self._type, text, location)

    def write_term(self) -> None:
        """A term without a definition's text is an item of its own."""
        if self._term:
            self._builder.add("list_item", self._term, self._term_at, depth=max(1, self._list_depth))
            self._term = ""

    def _place(self, line: int) -> Location:
        return lines_below(self._origin, line - 1)

    def _visit(self, node: PageElement) -> None:
        if isinstance(node, Comment):
            text, line = tidy_lines(str(node), self._line)
            self._behind.append(("comment", text, self._place(line)))
            self._line += node.count("\n")
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                self._write(str(node))
            self._line += node.count("\n")
        elif isinstance(node, Tag):
            self._line = node.sourceline or self._line
            self._visit_tag(node)

    def _write(self, text: str) -> None:
        if not self._text:
            self._text_line = self._line
        self._text.append(text)

    def _visit_tag(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name in SKIPPED:
            return
        if name in HEADINGS and self._type != "quote":
            self._heading(tag, HEADINGS[name])
        elif handler := _HANDLERS.get(name):
            handler(self, tag)
        elif name in _BLOCK_TAGS or name in HEADINGS:
            self._as(tag, self._type)
        else:
            self.children(tag)

    def _as(self, tag: Tag, type: BlockType) -> None:
        """The tag's content as blocks of this type."""
        self.flush()
        outer, self._type = self._type, type
        self.children(tag)
        self.flush()
        self._type = outer

    def _heading(self, tag: Tag, depth: int) -> None:
        self.flush()
        place = self._place(self._line)
        self.children(tag)
        text, _ = tidy_lines("".join(self._text), self._line)
        self._text.clear()
        self._item_open = False
        self.write_term()
        self._builder.heading(text, depth, place)
        self.flush()

    def _list(self, tag: Tag) -> None:
        self.flush()
        if not self._item_open:
            self.write_term()
        self._list_depth += 1
        self.children(tag)
        self.flush()
        self._list_depth -= 1

    def _item(self, tag: Tag) -> None:
        self.flush()
        loose = self._list_depth == 0
        self._list_depth += loose
        self._item_open, self._checked = True, None
        self.children(tag)
        self.flush()
        self.write_term()
        self._item_open = False
        self._list_depth -= loose

    def _definitions(self, tag: Tag) -> None:
        self._as(tag, self._type)
        self.write_term()

    def _definition_term(self, tag: Tag) -> None:
        self.flush()
        self.write_term()
        self._term, self._term_at = " ".join(tag.get_text().split()).rstrip(":"), self._place(self._line)

    def _checkbox(self, tag: Tag) -> None:
        if tag.get("type") == "checkbox" and self._item_open and not "".join(self._text).strip():
            self._checked = tag.has_attr("checked")

    def _line_break(self, tag: Tag) -> None:
        self.flush()
        self.children(tag)  # html.parser nests what follows an unclosed <br> of another namespace

    def _picture(self, tag: Tag) -> None:
        if alt := str(tag.get("alt") or "").strip():
            self._behind.append(("alt_text", alt, self._place(self._line)))

    def _code(self, tag: Tag) -> None:
        self.flush()
        text = tag.get_text()
        lead = len(text) - len(text.lstrip("\n"))
        self.write_term()
        self._builder.add("code", text.strip("\n"), self._place(self._line + lead))

    def _table(self, tag: Tag) -> None:
        self.flush()
        if is_layout(tag):
            self._as(tag, self._type)
            return
        for caption in tag.find_all("caption", recursive=False):
            self._as(caption, "caption")
        self.write_term()
        grid, header_rows = table_grid(tag)
        lines = [(cells, self._place(line or self._line)) for cells, line in grid]
        add_table(self._builder, lines, header_rows)
        for beside in tag.find_all("img"):
            self._picture(beside)
        self.flush()


_HANDLERS: dict[str, Callable[[_Walker, Tag], None]] = {
    "ul": _Walker._list,
    "ol": _Walker._list,
    "li": _Walker._item,
    "dl": _Walker._definitions,
    "dt": _Walker._definition_term,
    "dd": _Walker._item,
    "input": _Walker._checkbox,
    "br": _Walker._line_break,
    "hr": _Walker._line_break,
    "img": _Walker._picture,
    "pre": _Walker._code,
    "table": _Walker._table,
    "blockquote": lambda walker, tag: walker._as(tag, "quote"),
    "figcaption": lambda walker, tag: walker._as(tag, "caption"),
    "caption": lambda walker, tag: walker._as(tag, "caption"),
}


def tidy_lines(text: str, line: int) -> tuple[str, int]:
    """Collapse blanks within each line and drop blank lines around; the line of what is left."""
    lines = [" ".join(part.split()) for part in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
        line += 1
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines), line
