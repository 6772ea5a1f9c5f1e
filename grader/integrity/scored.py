"""Decides what is scored: one stage between the readers and the analysis.

Everything that later leaves text out, folds characters or blanks names belongs here, because only here
is the map back to the original kept. Left out is what a person would not read as content: open slots,
instructions and filler of a template, words to the grader, what stands there a second time, words without an
order. Nothing is left out for being weak.
"""

from collections.abc import Iterator

from grader.integrity.characters import Folded, fold
from grader.integrity.flags import flags_of
from grader.integrity.placeholders import has_bracket_slots, not_content
from grader.integrity.repeats import repeated, repeated_sentences
from grader.integrity.scrambled import is_scrambled
from grader.integrity.to_grader import sentence_spans
from grader.schema import Document, LeftOut, ScoredBlock, ScoredText

APART = frozenset({"code", "front_matter", "comment", "instruction", "alt_text"})

Span = tuple[int, int, str]
"""Start, end and reason, in offsets of a folded text."""


def scored_text(document: Document) -> ScoredText:
    """What of `document` counts, block by block, with offsets back into it."""
    folded = {
        index: fold(block.text) for index, block in enumerate(document.blocks) if block.type not in APART
    }
    bracket_slots = has_bracket_slots(part.text for part in folded.values())
    again = set(repeated({i: part.text for i, part in folded.items() if _is_prose(document, i)}))
    blocks: list[ScoredBlock] = []
    left_out: list[LeftOut] = []
    for index, part in folded.items():
        spans = list(_spans(part.text, bracket_slots, index in again, _is_prose(document, index)))
        left_out.extend(_left_out(index, part, spans))
        text = _blanked(part.text, spans)
        if text.strip():
            blocks.append(ScoredBlock(block=index, text=text, offsets=part.offsets))
    left = {part.block: part.text for part in blocks}
    return ScoredText(
        blocks=tuple(blocks), left_out=tuple(left_out), flags=flags_of(document, folded, left, left_out)
    )


def _is_prose(document: Document, index: int) -> bool:
    return document.blocks[index].type != "heading"


def _spans(text: str, bracket_slots: bool, again: bool, prose: bool) -> Iterator[Span]:
    """What of one text is left out, in order and without overlap."""
    if again:
        yield 0, len(text), "repeated"
    elif prose and is_scrambled(text):
        yield 0, len(text), "scrambled"
    else:
        spans = list(not_content(text, bracket_slots))
        yield from sorted([*spans, *_said_again(text, spans)])


def _said_again(text: str, taken: list[Span]) -> Iterator[Span]:
    for start, end in repeated_sentences(text, sentence_spans(text)):
        if not any(first < end and start < last for first, last, _ in taken):
            yield start, end, "repeated"


def _left_out(index: int, part: Folded, spans: list[Span]) -> Iterator[LeftOut]:
    for first, last, why in spans:
        start, end = part.original(first, last)
        yield LeftOut(block=index, start=start, end=end, why=why)


def _blanked(text: str, spans: list[Span]) -> str:
    characters = list(text.replace("\n", " "))
    for start, end, _ in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
