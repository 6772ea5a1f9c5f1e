"""reStructuredText → blocks, from the docutils tree; nothing is included, fetched or run."""

from collections.abc import Callable, Sequence

from docutils import nodes

from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.line_shapes import split_check_box
from grader.readers.rst_tables import table_rows
from grader.readers.rst_text import inline_text
from grader.readers.rst_tree import parse
from grader.readers.rst_unknown import parse_directive
from grader.readers.tables import add_table, looks_like_header
from grader.readers.text_encoding import decode
from grader.schema import BlockType, Location

_NOT_PROSE = {"mermaid", "graphviz", "digraph", "graph", "plantuml", "uml", "math", "raw", "ipython"}
_ROWS_AHEAD = 40
"""How many lines further on a text is looked for where the parser gives no line."""
_NO_TEXT = {"include", "toctree", "literalinclude", "image", "figure", "automodule", "autoclass", "highlight"}


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a reStructuredText file. Locations carry the line."""
    decoded = decode(data)
    title = _read_text(decoded.text, builder, 1)
    return ReaderNotes(title, decoded.flags)


def _read_text(text: str, builder: BlockBuilder, first_line: int) -> str:
    """Read markup that begins on `first_line` of the file; return the title its leading fields give."""
    walker = _Walker(builder, text.split("\n"), first_line)
    walker.children(parse(text))
    return walker.title


class _Walker:
    """Goes through the tree in reading order, keeping how deep in sections, lists and quotes it is."""

    def __init__(self, builder: BlockBuilder, lines: Sequence[str], first_line: int) -> None:
        self.title = ""
        self._builder = builder
        self._lines = lines
        self._first_line = first_line
        self._line = 1
        self._section = 0
        self._list_depth = 0
        self._opening: str | None = None  # term before the next list item's text; None outside
        self._type: BlockType = "paragraph"

    def children(self, node: nodes.Element) -> None:
        for child in node.children:
            if isinstance(child, nodes.Element):
                handler = _HANDLERS.get(type(child))
                if handler:
                    handler(self, child)
                elif not isinstance(child, nodes.Invisible | nodes.label):
                    self.children(child)

    def _place(self, node: nodes.Element, text: str = "") -> Location:
        """Where the node begins: the line near the parser's, or after the last place, with the first word.

        The parser may name the last line or that of an underline, and none at all in some tables.
        """
        if node.line:
            line = node.line
            nearby = sorted(range(line - 4 - text.count("\n"), line + 3), key=lambda n: abs(n - line))
        else:
            line = self._line
            nearby = list(range(line, line + _ROWS_AHEAD))
        first = text.split("\n", 1)[0].split(" ")[0]
        known = (n for n in nearby if 0 < n <= len(self._lines) and first in self._lines[n - 1])
        self._line = next(known, line)
        return Location(line=self._first_line + self._line - 1)

    def _paragraph(self, node: nodes.Element) -> None:
        text = inline_text(node)
        place = self._place(node, text)
        if self._opening is not None and text:
            checked, text = split_check_box(text)
            text = f"{self._opening}: {text}" if self._opening else text
            self._builder.add("list_item", text, place, depth=self._list_depth, checked=checked)
            self._opening = None
        else:
            self._builder.add(self._type, text, place)
        for image in node.findall(nodes.image):
            self._image(image)

    def _heading(self, node: nodes.Element) -> None:
        text = inline_text(node)
        if isinstance(node.parent, nodes.section):
            self._builder.heading(text, min(self._section, 6), self._place(node, text))
        elif isinstance(node.parent, nodes.table):
            self._builder.add("caption", text, self._place(node, text))
        else:
            self._builder.add(self._type, text, self._place(node, text))

    def _in_section(self, node: nodes.Element) -> None:
        self._section += 1
        self.children(node)
        self._section -= 1

    def _in_list(self, node: nodes.Element) -> None:
        self._list_depth += 1
        self.children(node)
        self._list_depth -= 1

    def _item(self, node: nodes.Element) -> None:
        self._opening = ""
        self.children(node)
        self._opening = None

    def _definition(self, node: nodes.Element) -> None:
        """A term or option with what is said about it, as one list item."""
        classifiers = (child for child in node.children if isinstance(child, nodes.classifier))
        self._opening = " : ".join(map(inline_text, (node.children[0], *classifiers))).rstrip(":")
        for child in node.children[1:]:
            if isinstance(child, nodes.Element):
                self.children(child)
        if self._opening:
            self._builder.add("list_item", self._opening, self._place(node), depth=self._list_depth)
        self._opening = None

    def _fields(self, node: nodes.Element) -> None:
        """Fields at the very top are the document's front matter; others are read as a list."""
        if not (isinstance(node.parent, nodes.document) and node.parent.index(node) == 0):
            self._in_list(node)
            return
        for field in node.findall(nodes.field):
            name, body = (inline_text(part) for part in field.children)
            self._builder.add("front_matter", f"{name}: {body}", self._place(field, name))
            if name.lower() == "title":
                self.title = body

    def _quote(self, node: nodes.Element) -> None:
        outer, self._type = self._type, "quote"
        self.children(node)
        self._type = outer

    def _literal(self, node: nodes.Element) -> None:
        text = node.astext()
        self._builder.add("code", text, self._place(node, text))

    def _line_block(self, node: nodes.Element) -> None:
        lines = [inline_text(line) for line in node.findall(nodes.line)]
        self._builder.add(self._type, "\n".join(lines), self._place(node, lines[0] if lines else ""))

    def _comment(self, node: nodes.Element) -> None:
        text = node.astext()
        self._builder.add("comment", text, self._place(node, text))

    def _image(self, node: nodes.Element) -> None:
        alt = node.get("alt", "")
        self._builder.add("alt_text", alt, self._place(node, alt))

    def _caption(self, node: nodes.Element) -> None:
        text = inline_text(node)
        self._builder.add("caption", text, self._place(node, text))

    def _table(self, node: nodes.Element) -> None:
        for title in node.findall(nodes.title):
            self._heading(title)
        rows, header_rows = table_rows(node)
        if not header_rows:
            header_rows = int(looks_like_header([cells for cells, _ in rows]))
        grid = [(cells, self._place(row, next(filter(None, cells), ""))) for cells, row in rows]
        add_table(self._builder, grid, header_rows)

    def _problem(self, node: nodes.Element) -> None:
        """A message of the parser; the source it could not make sense of stands in a literal block."""
        for literal in node.findall(nodes.literal_block):
            source = literal.astext()
            place = Location(line=self._first_line + int(node.get("line", 1)) - 1)
            directive = parse_directive(source)
            if directive is None:
                self._builder.add("paragraph", source, place)
            elif directive.name in _NOT_PROSE:
                self._builder.add("code", directive.body.strip("\n"), place)
            elif directive.name not in _NO_TEXT:
                _read_text(directive.body, self._builder, place.line or 1)


_HANDLERS: dict[type[nodes.Element], Callable[[_Walker, nodes.Element], None]] = {
    nodes.section: _Walker._in_section,
    nodes.title: _Walker._heading,
    nodes.subtitle: _Walker._paragraph,
    nodes.paragraph: _Walker._paragraph,
    nodes.rubric: _Walker._paragraph,
    nodes.bullet_list: _Walker._in_list,
    nodes.enumerated_list: _Walker._in_list,
    nodes.definition_list: _Walker._in_list,
    nodes.option_list: _Walker._in_list,
    nodes.list_item: _Walker._item,
    nodes.definition_list_item: _Walker._definition,
    nodes.option_list_item: _Walker._definition,
    nodes.field_list: _Walker._fields,
    nodes.field: _Walker._definition,
    nodes.block_quote: _Walker._quote,
    nodes.attribution: _Walker._paragraph,
    nodes.literal_block: _Walker._literal,
    nodes.doctest_block: _Walker._literal,
    nodes.math_block: _Walker._literal,
    nodes.line_block: _Walker._line_block,
    nodes.comment: _Walker._comment,
    nodes.image: _Walker._image,
    nodes.caption: _Walker._caption,
    nodes.table: _Walker._table,
    nodes.system_message: _Walker._problem,
    **{kind: _Walker._quote for kind in (
        nodes.note, nodes.warning, nodes.tip, nodes.important, nodes.caution, nodes.danger, nodes.hint,
        nodes.attention, nodes.error, nodes.admonition)},
}  # fmt: skip
