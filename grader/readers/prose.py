"""Paragraphs → blocks where structure is typed rather than marked: bullets, fake headings, lines of code."""

import re
from dataclasses import dataclass

from grader.readers.blocks import BlockBuilder
from grader.readers.marks import split_bullet, split_checkbox
from grader.schema import BlockType, Location

FAKE_HEADING_WORDS = 10
FAKE_HEADING_SCALE = 1.25
SENTENCE_END = re.compile(r"[.!?;,:…]$")


@dataclass
class _Fake:
    """A paragraph that looks like a heading; only what follows tells."""

    text: str
    location: Location
    scale: float


class ProseWriter:
    """Writes to a `BlockBuilder`, holding back what only the next paragraph decides.

    Successive code paragraphs become one block. A short, fully bold (or clearly larger) paragraph is a
    heading below the last real one if text follows; several in a row are no headings but a list of terms.
    """

    def __init__(self, builder: BlockBuilder) -> None:
        self._builder = builder
        self._code: list[str] = []
        self._code_at = Location()
        self._fakes: list[_Fake] = []
        self._depth = 0
        self._scales: list[float] = []

    def heading(self, text: str, depth: int, location: Location) -> None:
        """A real heading, depth 1–6."""
        # nothing stands under a fake heading here, unless it is the title on top of everything
        self._flush(followed=not self._builder.blocks())
        self._depth = depth
        self._scales = []
        self._builder.heading(text, depth, location)

    def code(self, text: str, location: Location) -> None:
        """A paragraph of code; the next one continues it."""
        self._flush_fakes(followed=True)
        if not self._code:
            self._code_at = location
        self._code.append(text)

    def other(self, type: BlockType, text: str, location: Location) -> None:
        """A block whose type is certain."""
        self._flush(followed=type in ("quote", "caption"))
        self._builder.add(type, tidy(text), location)

    def item(self, text: str, depth: int, location: Location) -> None:
        """A list item of nesting depth `depth` from 1, with or without a check box."""
        self._flush(followed=True)
        checked, rest = split_checkbox(tidy(text))
        self._builder.add("list_item", rest, location, depth=max(1, depth), checked=checked)

    def paragraph(self, text: str, location: Location, *, bold: bool = False, scale: float = 1.0) -> None:
        """A paragraph; `scale` is its font size over the body's."""
        text = tidy(text)
        if "\n" in text and self._bulleted_lines(text, location):
            return
        checked, rest = split_checkbox(text)
        bullet = split_bullet(text)
        if checked is not None and rest:
            self.item(text, 1, location)
        elif bullet is not None:
            self.item(bullet, 1, location)
        elif _looks_like_heading(text, bold, scale):
            self._flush_code()
            self._fakes.append(_Fake(text, location, scale))
        else:
            self._flush(followed=True)
            self._builder.add("paragraph", text, location)

    def finish(self, *, followed: bool = False) -> None:
        """Write what is held back; before a table `followed` is True."""
        self._flush(followed=followed)

    def _bulleted_lines(self, text: str, location: Location) -> bool:
        """A paragraph whose lines are typed list items is a list, its first lines apart."""
        lines = [line for line in text.split("\n") if line.strip()]
        marked = [split_bullet(line) is not None or split_checkbox(line)[0] is not None for line in lines]
        if sum(marked) < 2 or not all(marked[marked.index(True) :]):
            return False
        for line in lines:
            self.paragraph(line, location)
        return True

    def _flush(self, *, followed: bool) -> None:
        self._flush_code()
        self._flush_fakes(followed=followed)

    def _flush_code(self) -> None:
        if self._code:
            self._builder.add("code", "\n".join(self._code), self._code_at)
            self._code = []

    def _flush_fakes(self, *, followed: bool) -> None:
        fakes, self._fakes = self._fakes, []
        if len(fakes) > 1 and not self._builder.blocks():
            fakes = self._title_page(fakes)
        for at, fake in enumerate(fakes):
            larger = at + 1 == len(fakes) or fake.scale > fakes[at + 1].scale + 0.05
            if followed and len(fakes) <= 3 and larger:
                self._builder.heading(fake.text, self._fake_depth(fake.scale), fake.location)
            else:
                self._builder.add("paragraph", fake.text, fake.location)

    def _title_page(self, fakes: list[_Fake]) -> list[_Fake]:
        """The largest lines on top of everything are the title; gives back the lines after it."""
        top = max(fake.scale for fake in fakes)
        first = next(at for at, fake in enumerate(fakes) if fake.scale == top)
        end = next((at for at in range(first, len(fakes)) if fakes[at].scale < top), len(fakes))
        if end - first > 3 or end - first == len(fakes):
            return fakes
        for fake in fakes[:first]:
            self._builder.add("paragraph", fake.text, fake.location)
        self._builder.heading(" ".join(fake.text for fake in fakes[first:end]), 1, fakes[first].location)
        self._depth = 1
        return fakes[end:]

    def _fake_depth(self, scale: float) -> int:
        """Below the last real heading; larger print stands above smaller print."""
        scale = round(scale, 1)
        self._scales = [seen for seen in self._scales if seen > scale] + [scale]
        return min(6, self._depth + len(self._scales))


def tidy(text: str) -> str:
    """`text` with runs of blanks and tabs made one blank, line by line, and no blank lines."""
    lines = (" ".join(line.split()) for line in text.replace("\u00ad", "").splitlines())
    return "\n".join(line for line in lines if line)


def _looks_like_heading(text: str, bold: bool, scale: float) -> bool:
    if not (bold or scale >= FAKE_HEADING_SCALE) or "\n" in text or SENTENCE_END.search(text):
        return False
    return len(text.split()) <= FAKE_HEADING_WORDS and len(text) <= 90 and any(c.isalpha() for c in text)
