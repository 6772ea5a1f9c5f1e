"""Cuts the scored text into passages: what is judged as one unit, with the context it is read in."""

from collections.abc import Callable, Iterator, Sequence

from grader.schema import Block, Document, Frozen, ScoredBlock, ScoredText

MAX_WORDS = 60
"""Longest passage, in words: a quote shown as evidence is a whole passage, and 60 words is its limit."""

MIN_WORDS = 2
"""Shorter passages ("Yes", "Low") say nothing on their own."""

Sentences = Callable[[str], Sequence[tuple[int, int]]]
"""Text → (start, end) of its sentences, in order."""


class Passage(Frozen):
    """One list item, table row, or paragraph (long ones in parts).

    Attributes:
        block: index into the document's blocks.
        start, end: offsets in that block's text.
        text: as scored (see `ScoredBlock.text`), without surrounding space.
        context: what it is read under: the outermost heading and the two innermost, the line that
            introduces the list, the column headers.
    """

    block: int
    start: int
    end: int
    text: str
    context: str


def cut_passages(document: Document, scored: ScoredText, sentences: Sentences) -> tuple[Passage, ...]:
    """All passages of a document in reading order. Headings are context and never passages."""
    passages: list[Passage] = []
    lead = _LeadIn()
    for part in scored.blocks:
        block = document.blocks[part.block]
        if block.type != "heading" and not _is_header_row(block):
            passages.extend(_passages(part, passage_context(block, lead.for_block(block)), sentences))
        lead.see(block)
    return tuple(passages)


class _LeadIn:
    """Remembers what introduces a list: "We considered:" above it, or the item it is nested in."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []

    def see(self, block: Block) -> None:
        if block.type == "list_item":
            self._stack = [entry for entry in self._stack if entry[0] < block.depth]
            self._stack.append((block.depth, block.text))
        elif block.type == "paragraph" and block.text.rstrip().endswith(":"):
            self._stack = [(0, block.text)]
        elif block.type != "table_row":
            self._stack = []

    def for_block(self, block: Block) -> str:
        """The text that introduces `block`, "" when nothing does."""
        if block.type == "list_item":
            above = [text for depth, text in self._stack if depth < block.depth]
        else:
            above = [text for depth, text in self._stack if depth == 0]
        return above[-1] if above else ""


def _is_header_row(block: Block) -> bool:
    return block.type == "table_row" and bool(block.headers) and block.text == " | ".join(block.headers)


def _passages(part: ScoredBlock, context: str, sentences: Sentences) -> Iterator[Passage]:
    for start, end in _spans(part.text, sentences):
        text = part.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if len(text.split()) >= MIN_WORDS:
            first, last = part.original(start, start + len(text))
            yield Passage(block=part.block, start=first, end=last, text=text, context=context)


def passage_context(block: Block, lead_in: str) -> str:
    """What a block stands under, each part cut short, as one line: headings, lead-in, column headers."""
    path = block.path[:1] + block.path[1:][-2:]
    headers = " | ".join(header for header in block.headers if header)
    parts = [" > ".join(heading[:60] for heading in path), " ".join(lead_in.split())[:80], headers[:100]]
    return " : ".join(part for part in parts if part)


def _spans(text: str, sentences: Sentences) -> Iterator[tuple[int, int]]:
    """The whole text when short enough, else runs of whole sentences, else runs of words."""
    if len(text.split()) <= MAX_WORDS:
        yield 0, len(text)
        return
    start = end = words = 0
    for first, last in sentences(text):
        length = len(text[first:last].split())
        if words and words + length > MAX_WORDS:
            yield start, end
            start, words = first, 0
        if length > MAX_WORDS:
            yield from _word_spans(text, first, last)
            start, words = last, 0
        else:
            words += length
        end = last
    if words:
        yield start, end


def _word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of at most `MAX_WORDS` words of one over-long sentence."""
    position = start
    while position < end:
        words = text[position:end].split(maxsplit=MAX_WORDS)
        if len(words) <= MAX_WORDS:
            yield position, end
            return
        cut = end - len(words[-1])
        yield position, cut
        position = cut
