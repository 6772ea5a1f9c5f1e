"""Decides what is scored: one stage between the readers and the analysis.

Everything that later leaves text out, folds characters or blanks names belongs here, because only here
is the map back to the original kept.
"""

import re
import unicodedata
from collections.abc import Iterator

from grader.integrity.placeholders import has_bracket_slots, not_content
from grader.schema import Block, Document, Flag, LeftOut, ScoredBlock, ScoredText

APART = frozenset({"code", "front_matter", "comment", "instruction", "alt_text"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")


def scored_text(document: Document) -> ScoredText:
    """What of `document` counts, block by block, with offsets back into it."""
    blocks: list[ScoredBlock] = []
    left_out: list[LeftOut] = []
    bracket_slots = has_bracket_slots(block.text for block in document.blocks if block.type not in APART)
    for index, block in enumerate(document.blocks):
        if block.type in APART:
            continue
        spans = tuple(_left_out(index, block, bracket_slots))
        left_out.extend(spans)
        scored = _scored_block(index, block.text, spans)
        if scored.text.strip():
            blocks.append(scored)
    return ScoredText(blocks=tuple(blocks), left_out=tuple(left_out), flags=_flags(document, left_out))


def _left_out(index: int, block: Block, bracket_slots: bool) -> Iterator[LeftOut]:
    for start, end, why in not_content(block.text, bracket_slots):
        yield LeftOut(block=index, start=start, end=end, why=why)


def _scored_block(index: int, text: str, spans: tuple[LeftOut, ...]) -> ScoredBlock:
    """Blank what is left out and fold compatibility forms (ligatures, full-width, no-break spaces)."""
    blanked = list(text)
    for span in spans:
        blanked[span.start : span.end] = " " * (span.end - span.start)
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(blanked):
        for folded in _fold(character):
            characters.append(folded)
            offsets.append(offset)
    same = offsets == list(range(len(text)))
    return ScoredBlock(block=index, text="".join(characters), offsets=None if same else tuple(offsets))


def _fold(character: str) -> str:
    """What one code point counts as; "" for invisible ones."""
    if character.isascii():
        return " " if character.isspace() else character
    if _INVISIBLE.match(character):
        return ""
    if character in "²³¹½¼¾™":  # folding these would change numbers
        return character
    folded = unicodedata.normalize("NFKC", character)
    return " " if folded.isspace() else folded


_FLAGGED = {
    "addresses_grader": ("warning", "text speaks to the grader; it is not scored"),
    "placeholder": ("info", "template slots are still open; they are not scored"),
    "instruction": ("info", "template instructions are still in the text; they are not scored"),
}


def _flags(document: Document, left_out: list[LeftOut]) -> tuple[Flag, ...]:
    flags = []
    for why, (severity, message) in _FLAGGED.items():
        spans = [span for span in left_out if span.why == why]
        if spans:
            where = document.blocks[spans[0].block].place(spans[0].start)
            flags.append(
                Flag.model_validate(
                    {
                        "code": why,
                        "severity": severity,
                        "message": f"{message} ({len(spans)} ×)",
                        "location": where,
                    }
                )
            )
    return tuple(flags)
