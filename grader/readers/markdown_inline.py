"""The inline tokens of one Markdown paragraph → what a person reads, with alt texts and comments apart."""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from grader.readers.markdown_source import restore
from grader.schema import BlockType

_LABEL_WORDS = 10
"""A bold line of at most this many words, or one that ends with a colon, acts as a heading."""

_LEFT_OVER_STARS = re.compile(r"(?<![\w*])\*\*(?=\S)|(?<=\S)\*\*(?![\w*])|(?<=[\w.:!?)])\*\*(?=\s|$)")
_BREAK = re.compile(r"<br\s*/?>", re.I)


@dataclass
class Piece:
    """Part of a paragraph, prose where `type` is None; `line` counts from 0 at the paragraph's first line."""

    line: int
    type: BlockType | None = None
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(" ".join(line.split()) for line in "".join(self.parts).strip().split("\n"))


def pieces(inline: Token) -> list[Piece]:
    """The prose of the paragraph, cut at ``<br>``, and its alt texts and comments; none is blank."""
    prose = [Piece(0)]
    beside: list[Piece] = []
    line = 0
    for token in inline.children or ():
        match token.type:
            case "text" | "code_inline":
                prose[-1].parts.append(_visible(token))
            case "softbreak" | "hardbreak":
                prose[-1].parts.append("\n")
                line += 1
            case "image":
                beside.append(Piece(line, "alt_text", [restore(token.content)]))
            case "html_inline" if _BREAK.fullmatch(token.content):
                prose.append(Piece(line))
            case "html_inline":
                if token.content.startswith("<!--"):
                    beside.append(Piece(line, "comment", [restore(token.content[4:-3])]))
                line += token.content.count("\n")
    return [piece for piece in map(_without_lead, prose) if piece.text] + [b for b in beside if b.text]


def written_notes(inline: Token) -> list[int]:
    """The ids of the notes that are written out in the paragraph, ``^[...]``."""
    notes = (child for child in inline.children or () if child.type == "footnote_ref")
    return [note.meta["id"] for note in notes if "label" not in note.meta]


def bold_label(inline: Token) -> str:
    """The text of a paragraph that is one short bold line and so acts as a heading; "" for any other."""
    children = [child for child in inline.children or () if child.type != "text" or child.content.strip()]
    colon = bool(children) and children[-1].type == "text" and children[-1].content.strip() == ":"
    if colon:
        children.pop()
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":
        return ""
    inner = children[1:-1]
    if any(child.type not in ("text", "code_inline", "em_open", "em_close") for child in inner):
        return ""
    text = "".join(map(_visible, inner)).strip()
    ends_with_colon = colon or text.endswith(":")
    short = len(text.split()) <= _LABEL_WORDS and text[-1:] not in (".", "!", ",", ";")
    wanted = any(char.isalpha() for char in text) and (short or (ends_with_colon and len(text) < 120))
    return text if wanted else ""


def _visible(token: Token) -> str:
    if token.type == "code_inline":
        return restore(token.content)
    return restore(_LEFT_OVER_STARS.sub("", token.content))


def _without_lead(piece: Piece) -> Piece:
    """Drop blank lines at the beginning, moving the line on."""
    text = "".join(piece.parts)
    blank = len(text) - len(text.lstrip())
    return Piece(piece.line + text.count("\n", 0, blank), piece.type, [text[blank:]])
