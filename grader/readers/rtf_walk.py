"""RTF tokens → paragraphs and table rows. The tables of control words and code pages are striprtf's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from striprtf.striprtf import (
    FONTTABLE,
    charset_map,
    destinations,
    font_table_group,
    remove_pict_groups,
)

from grader.readers.rtf_colours import colours_of
from grader.readers.rtf_state import BOX, DRAWING, MARK, NOTE, State
from grader.schema import HiddenBy

MAX_GROUPS = 2_000
TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
STYLE = re.compile(r"\{(?:\\\*)?\\s(\d{1,5})(?![0-9])[^{}]*? ([^;{}\\]{1,80});\}")
MONOSPACE = re.compile(r"courier|consolas|menlo|monaco|mono", re.I)
CHARACTERS = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
TARGETS = {"footnote": NOTE, "listtext": MARK, "pntext": MARK}
DRAWINGS = {"shp", "shpgrp", "shpinst", "do"}
BOXES = {"shptxt", "dptxbxtext"}
BREAKS = {"par", "sect", "page", "cell", "nestcell", "row", "nestrow"}
"""What ends a paragraph beside the body: in a note or box, where cells are paragraphs too."""


@dataclass
class RtfParagraph:
    """A paragraph as read.

    Attributes:
        style: name of its style, "" for none; outline: outline level from 0.
        level: list level from 0, None when it is no list item.
        size: largest font size, half-points.
        notes: texts of its footnotes and text boxes, by paragraph; some may be blank.
    """

    text: str = ""
    style: str = ""
    outline: int | None = None
    level: int | None = None
    bold: bool = False
    monospace: bool = False
    size: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass
class RtfRow:
    """A table row: its cells, and whether the file marks it as a header."""

    cells: list[RtfParagraph]
    header: bool


class RtfWalk:
    """One pass over a file. After `items` is used up, `hidden` has what was left out, with what hides it."""

    def __init__(self, text: str) -> None:
        self.hidden: list[tuple[str, HiddenBy]] = []
        self._text = remove_pict_groups(text)  # type: ignore[no-untyped-call]
        fonts = FONTTABLE.findall(font_table_group(self._text))  # type: ignore[no-untyped-call]
        self._charset = {font: charset_map.get(int(charset), "") for font, charset, _ in fonts}
        self._monospaced = {font for font, _, name in fonts if MONOSPACE.search(name)}
        self._styles = {number: name.strip() for number, name in STYLE.findall(self._text)}
        self._colours = colours_of(self._text)
        page = re.search(r"\\ansicpg(\d{3,5})", self._text[:2000])
        self._page = f"cp{page.group(1)}" if page else "cp1252"
        self._state = State()
        self._stack: list[State] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._row: list[RtfParagraph] = []
        self._header = False
        self._in_table = False
        self._paragraph = RtfParagraph()
        self._pieces: list[str] = []
        self._looks: list[tuple[bool, bool]] = []
        self._style = ""
        self._outline: int | None = None
        self._level: int | None = None

    def items(self) -> Iterator[RtfParagraph | RtfRow]:
        """Paragraphs and rows in order."""
        for match in TOKEN.finditer(self._text):
            word, argument, byte, symbol, brace, plain = match.groups()
            if byte is None and self._bytes:
                self._write_bytes()
            if word:
                yield from self._word(word, argument)
            elif byte:
                self._byte(byte)
            elif symbol:
                yield from self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif plain:
                self._write(plain[self._to_skip :])
                self._to_skip = max(0, self._to_skip - len(plain))
        yield from self._end_paragraph()

    def _symbol(self, symbol: str) -> Iterator[RtfParagraph | RtfRow]:
        self._to_skip = 0
        if symbol == "*":
            self._state = replace(self._state, target=None if self._state.target != DRAWING else DRAWING)
        elif symbol in "\r\n" and self._state.target == "":
            yield from self._break()
        else:
            self._write(SYMBOLS.get(symbol, ""))

    def _break(self) -> Iterator[RtfParagraph | RtfRow]:
        if self._in_table:
            self._write("\n")
        else:
            yield from self._end_paragraph()

    def _brace(self, brace: str) -> None:
        self._to_skip = 0
        if brace == "{":
            if len(self._stack) >= MAX_GROUPS:
                raise RecursionError
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _word(self, word: str, argument: str | None) -> Iterator[RtfParagraph | RtfRow]:
        self._to_skip = 0
        number = int(argument) if argument else 0
        if (target := self._target(word)) != self._state.target:
            self._turn_to(target)
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word == "u":
            self._write(chr(number % 0x10000) if argument else "")
            self._to_skip = self._state.skip
        elif self._state.target == "":
            yield from self._structure(word, number)
        elif self._state.target in (NOTE, BOX) and word in BREAKS:
            self._paragraph.notes.append("")
        self._state = self._state.after(word, argument, number)

    def _target(self, word: str) -> str | None:
        """What the text of the group belongs to behind a control word."""
        target = self._state.target
        around = self._stack[-1].target if self._stack else ""
        if word in DRAWINGS and around in ("", DRAWING):
            return DRAWING
        if word in BOXES and target == DRAWING:
            return BOX
        if word in TARGETS and target not in (None, DRAWING):
            return TARGETS[word]
        return None if word in destinations and word not in TARGETS else target

    def _turn_to(self, target: str | None) -> None:
        if target in (NOTE, BOX):
            self._paragraph.notes.append("")
        elif target == MARK and self._state.target == "" and self._level is None:
            self._level = 0
        self._state = replace(self._state, target=target)

    def _structure(self, word: str, number: int) -> Iterator[RtfParagraph | RtfRow]:
        if word in ("par", "sect", "page"):
            yield from self._break()
        elif word in ("cell", "nestcell"):
            self._row.append(self._take())
        elif word in ("row", "nestrow"):
            row, self._row = RtfRow(self._row, self._header), []
            self._header = False
            yield row
        elif word == "pard":
            self._pard()
        else:
            self._property(word, number)

    def _property(self, word: str, number: int) -> None:
        """What holds for the paragraph or row as a whole."""
        if word == "trhdr":
            self._header = True
        elif word == "intbl":
            self._in_table = True
        elif word == "s":
            self._style = self._styles.get(str(number), "")
        elif word == "outlinelevel":
            self._outline = number
        elif word == "ilvl":
            self._level = number
        elif word == "ls":
            self._level = (self._level or 0) if number else None

    def _byte(self, byte: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(int(byte, 16))

    def _write_bytes(self) -> None:
        raw, self._bytes = bytes(self._bytes), bytearray()
        for name in (self._charset.get(self._state.font), self._page, "cp1252"):
            try:
                self._write(raw.decode(name or self._page, "replace"))
                return
            except LookupError:
                continue

    def _write(self, text: str) -> None:
        state = self._state
        if not text or state.target in (None, MARK, DRAWING):
            return
        if by := state.hidden_by(self._colours, self._in_table):
            self.hidden.append((text, by))
        elif state.target in (NOTE, BOX):
            self._paragraph.notes[-1] += text
        else:
            self._pieces.append(text)
            if text.strip():
                self._looks.append((state.bold, state.font in self._monospaced))
                self._paragraph.size = max(self._paragraph.size, state.size)

    def _pard(self) -> None:
        self._style, self._in_table = "", False
        self._outline = self._level = None

    def _take(self) -> RtfParagraph:
        done = self._paragraph
        done.text = "".join(self._pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        done.style, done.outline, done.level = self._style, self._outline, self._level
        done.bold = bool(self._looks) and all(bold for bold, _ in self._looks)
        done.monospace = bool(self._looks) and all(monospace for _, monospace in self._looks)
        self._paragraph, self._pieces, self._looks = RtfParagraph(), [], []
        return done

    def _end_paragraph(self) -> Iterator[RtfParagraph | RtfRow]:
        if self._row:  # cells without an end of row
            yield RtfRow(self._row, False)
            self._row = []
        yield self._take()
