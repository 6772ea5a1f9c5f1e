"""Markdown and MDX → blocks, from the parser's tokens; nothing is rendered, nothing executed."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from grader.readers.blocks import BlockBuilder, ReaderNotes, lines_below
from grader.readers.hidden import HiddenTexts
from grader.readers.html import read_fragment
from grader.readers.html_css import Stylesheet
from grader.readers.line_shapes import flush_left, is_drawing, is_prose, pasted_cells, split_check_box
from grader.readers.markdown_inline import Piece, bold_label, pieces, written_notes
from grader.readers.markdown_source import is_plain, prepare, restore
from grader.readers.markdown_visibility import OpenTags
from grader.readers.mdx import comment_text, is_component, is_module
from grader.readers.plain_text import read_plain
from grader.readers.tables import add_table, looks_like_header
from grader.readers.text_encoding import decode
from grader.schema import BlockType, Location

_ALERT = re.compile(
    r"\[!(?:note|tip|important|warning|caution|info|danger|abstract|question)\][-+]?[ \t]*\n?", re.I
)
_PROSE_FENCES = ("", "text", "txt", "plain", "plaintext")
"""What may stand behind the fence of a block that is read as prose when all its lines are sentences."""
_STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style|\Z)", re.S | re.I)
_TAG_LINE = re.compile(r"\s*</?[a-zA-Z][\w-]*[^<>]*>")


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a Markdown file. Locations carry the line in the file."""
    decoded = decode(data)
    if is_plain(decoded.text):
        read_plain(decoded.text, builder, Location(line=1))
        return ReaderNotes(flags=decoded.flags)
    found = HiddenTexts()
    title = read_text(decoded.text, builder, Location(line=1), found)
    return ReaderNotes(title, decoded.flags, found.found())


def read_text(text: str, builder: BlockBuilder, origin: Location, found: HiddenTexts) -> str:
    """Read Markdown that begins at `origin`, with ``\\n`` as line end; what HTML in it hides goes to `found`.

    Returns:
        Title from the front matter, "" without one.
    """
    source = prepare(text)
    if source.front_matter:
        builder.add("front_matter", source.front_matter, lines_below(origin, 1))
    _read_body(source.body, builder, origin, found)
    return source.title


def _read_body(body: str, builder: BlockBuilder, origin: Location, found: HiddenTexts) -> None:
    tokens = _parser().parse(body)
    markup = "\n".join(token.content for token in tokens if token.type == "html_block")
    tags = OpenTags(Stylesheet("\n".join(_STYLE.findall(markup))))
    _Walker(builder, origin, body.split("\n"), tags, found).read(tokens)


class _Walker:
    """Goes through the block tokens in order, keeping what is open: lists, quotes, a table."""

    def __init__(
        self, builder: BlockBuilder, origin: Location, lines: Sequence[str], tags: OpenTags,
        found: HiddenTexts,
    ) -> None:  # fmt: skip
        self._tags = tags
        self._found = found
        self._builder = builder
        self._origin = origin
        self._lines = lines
        self._list_depth = 0
        self._quote_depth = 0
        self._item_open = False
        self._rows: list[tuple[list[str], Location]] = []
        self._behind: list[tuple[Piece, Location]] = []
        self._notes: dict[int, Location] = {}
        self._note_place = origin

    def read(self, tokens: Sequence[Token]) -> None:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if self._is_markup(token):
                position = self._markup(tokens, position)
                continue
            self._block(token, tokens[position + 1] if position + 1 < len(tokens) else token)
            position += 1

    def _block(self, token: Token, inline: Token) -> None:
        """Take one block token; `inline` is the one behind it, with the text of a heading or paragraph."""
        if inline.type == "inline":
            self._tags.hide(inline, self._place(inline), self._found)
            self._notes |= {note: self._place(inline) for note in written_notes(inline)}
        match token.type:
            case "heading_open":
                self._heading(token, inline)
            case "paragraph_open":
                self._paragraph(token, inline)
            case "fence" | "code_block":
                self._code(token)
            case "th_open" | "td_open":
                self._rows[-1][0].append(self._cell(inline))
            case _:
                self._open_or_close(token)

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._list_depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self._list_depth -= 1
            case "list_item_open" | "list_item_close":
                self._item_open = token.nesting > 0
            case "blockquote_open" | "blockquote_close":
                self._quote_depth += token.nesting
            case "table_open":
                self._rows = []
            case "tr_open":
                self._rows.append(([], self._place(token)))
            case "footnote_open":
                self._note_place = self._notes.get(token.meta["id"], self._note_place)
            case "table_close":
                add_table(self._builder, self._rows, header_rows=1)
                self._add_behind()

    def _place(self, token: Token, offset: int = 0) -> Location:
        if not token.map:
            return lines_below(self._note_place, offset)
        return lines_below(self._origin, token.map[0] + offset)

    def _source(self, token: Token) -> list[str]:
        return list(self._lines[token.map[0] : token.map[1]]) if token.map else []

    def _heading(self, token: Token, inline: Token) -> None:
        source = self._source(token)
        if is_drawing(source):
            self._builder.add("code", restore("\n".join(source)), self._place(token))
            return
        if self._list_depth or self._quote_depth or (token.markup == "-" and _is_text(inline.content)):
            self._prose(token, inline)
            return
        parts = pieces(inline)
        text = " ".join(piece.text for piece in parts if piece.type is None)
        self._builder.heading(text, int(token.tag[1]), self._place(token))
        self._keep_behind(token, parts)
        self._add_behind()

    def _paragraph(self, token: Token, inline: Token) -> None:
        source = self._source(token)
        nested = bool(self._list_depth or self._quote_depth)
        if not source:  # a note that is written where it is referred to, and read behind the text
            self._prose(token, inline)
        elif is_drawing(source) or is_module(source):
            self._builder.add("code", restore("\n".join(source)), self._place(token))
        elif not nested and (rows := pasted_cells(source)):
            self._pasted_table(token, rows)
        elif not nested and (label := bold_label(inline)):
            self._builder.label(label, self._place(token))
        elif (comment := comment_text(inline.content)) is not None:
            self._builder.add("comment", restore(comment), self._place(token))
        elif is_component(inline.content):
            self._builder.add("code", restore(inline.content), self._place(token))
        else:
            self._prose(token, inline)

    def _prose(self, token: Token, inline: Token) -> None:
        parts = pieces(inline)
        for piece in parts:
            if piece.type is None:
                self._prose_piece(piece.text, self._place(token, piece.line))
        self._keep_behind(token, parts)
        self._add_behind()

    def _prose_piece(self, text: str, location: Location) -> None:
        if self._item_open:
            checked, text = split_check_box(text)
            self._builder.add("list_item", text, location, depth=self._list_depth, checked=checked)
            self._item_open = False
            return
        kind: BlockType = "quote" if self._quote_depth and not self._list_depth else "paragraph"
        if kind == "quote" and (alert := _ALERT.match(text)):
            location, text = lines_below(location, alert.group().count("\n")), text[alert.end() :]
        self._builder.add(kind, text, location)

    def _cell(self, inline: Token) -> str:
        parts = pieces(inline)
        self._keep_behind(inline, parts)
        return " ".join(piece.text for piece in parts if piece.type is None).replace("\n", " ")

    def _pasted_table(self, token: Token, rows: list[list[str]]) -> None:
        parser = _parser()
        grid = []
        for number, cells in enumerate(rows):
            place = self._place(token, number)
            inlines = [parser.parseInline(cell)[0] for cell in cells]
            for inline in inlines:
                self._tags.hide(inline, place, self._found)
            if cells:
                grid.append(([self._cell(inline) for inline in inlines], place))
        add_table(self._builder, grid, int(looks_like_header([cells for cells, _ in grid])))
        self._add_behind()

    def _keep_behind(self, token: Token, parts: Sequence[Piece]) -> None:
        self._behind += [(piece, self._place(token, piece.line)) for piece in parts if piece.type]

    def _add_behind(self) -> None:
        """Alt texts and comments follow the text they stood in."""
        for piece, location in self._behind:
            self._builder.add(piece.type or "comment", piece.text, location)
        self._behind.clear()

    def _code(self, token: Token) -> None:
        content = restore(token.content).rstrip("\n")
        place = self._place(token, offset=int(token.type == "fence"))
        if by := self._tags.look.text_hidden:
            self._found.add(content, by, place)
        elif token.info.strip().lower() in _PROSE_FENCES and is_prose(
            content.split("\n"), token.type == "fence"
        ):
            _read_body(flush_left(token.content.rstrip("\n")), self._builder, place, self._found)
        else:
            self._builder.add("code", content, place)

    def _is_markup(self, token: Token) -> bool:
        if token.type == "html_block":
            return True
        return token.type == "code_block" and bool(_TAG_LINE.match(token.content)) and not self._list_depth

    def _markup(self, tokens: Sequence[Token], start: int) -> int:
        """Read HTML blocks that follow each other as one fragment: a blank line cuts a table in two."""
        end = start
        text = ""
        first = tokens[start].map or [0, 0]
        while end < len(tokens) and (end == start or self._is_markup(tokens[end])):
            begin = (tokens[end].map or first)[0]
            text += "\n" * (begin - first[0] - text.count("\n")) + tokens[end].content
            end += 1
        place, inside = self._place(tokens[start]), self._tags.prefix + restore(text)
        read_fragment(inside, self._builder, place, self._tags.sheet, self._found)
        self._tags.feed(restore(text))
        return end


def _parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": True}).use(footnote_plugin)


def _is_text(content: str) -> bool:
    """True where a rule was meant below a paragraph, though the parser takes the two for a heading."""
    return "\n" in content or content.rstrip().endswith((".", ",", ";"))
