"""What a person should look at: every flag says what, where, and how it begins. Flags change no score."""

from collections.abc import Iterator, Mapping, Sequence

from grader.integrity.characters import Folded, Oddity, OddText
from grader.integrity.hidden import hidden_flags
from grader.integrity.ignores import ignore_flags
from grader.integrity.quotes import short_quote
from grader.integrity.sections import empty_sections
from grader.integrity.to_grader import speaks_to_grader
from grader.schema import Document, Flag, LeftOut, Severity

_LEFT_OUT: dict[str, tuple[str, Severity, str]] = {
    "addresses_grader": ("addresses_grader", "warning", "text speaks to the grader; it is not scored"),
    "scrambled": ("scrambled_words", "warning", "words stand in no order; they are not scored"),
    "filler": ("filler_text", "warning", "filler text (lorem ipsum) is still there; it is not scored"),
    "repeated": ("repeated_text", "info", "text stands more than once; it is scored once"),
    "placeholder": ("placeholder", "info", "template slots are still open; they are not scored"),
    "instruction": (
        "instruction",
        "info",
        "template instructions are still in the text; they are not scored",
    ),
}
"""Code, severity and message by the reason for which text is left out."""

_ODD: dict[Oddity, tuple[str, str]] = {
    "invisible": (
        "invisible_characters",
        "invisible characters stand inside words, which are read without them",
    ),
    "tags": ("invisible_characters", "invisible characters spell a text"),
    "direction": ("reversed_text", "characters turn the reading direction around"),
    "look_alike": (
        "look_alikes",
        "letters of another alphabet stand in words; they are read as what they look like",
    ),
}
A_FEW = 5
"""Words with odd characters from which chance (a copied page, one slip of a keyboard) is unlikely."""

MANY_OPEN = 5
OPEN_SHARE = 0.15
"""Open slots and instructions in so many blocks, and in this share of all, make a half-filled template."""

OPEN_PART = 1 / 4
"""Part of a block's words in slots from which the block is open."""

MUCH_REPEATED = 100
REPEATED_SHARE = 0.2
"""Words that stand there again, and their share of all, from which it is worth a look."""

_HOLDS_NO_PROSE = frozenset({"comment", "alt_text", "front_matter", "instruction"})


def flags_of(
    document: Document, folded: Mapping[int, Folded], left: Mapping[int, str], left_out: Sequence[LeftOut]
) -> tuple[Flag, ...]:
    """All flags of a document that need no rubric.

    Args:
        folded: the prose and headings as read, by index of block.
        left: what of them is scored.
    """
    return (
        *hidden_flags(document),
        *_addressed_aside(document),
        *ignore_flags(document),
        *_left_out_flags(document, left_out),
        *_half_filled(document, left_out),
        *_odd_flags(document, folded),
        *_empty_sections(document, _said(document, left, left_out)),
    )


def _left_out_flags(document: Document, left_out: Sequence[LeftOut]) -> Iterator[Flag]:
    for why, (code, severity, message) in _LEFT_OUT.items():
        spans = [span for span in left_out if span.why == why]
        if spans:
            first = document.blocks[spans[0].block]
            quote = short_quote(first.text[spans[0].start : spans[0].end])
            yield Flag(
                code=code,
                severity="warning" if why == "repeated" and _is_much(document, spans) else severity,
                message=f"{message} ({len(spans)} ×): “{quote}”",
                location=first.place(spans[0].start),
            )


def _is_much(document: Document, spans: Sequence[LeftOut]) -> bool:
    again = sum(len(document.blocks[s.block].text[s.start : s.end].split()) for s in spans)
    return again >= MUCH_REPEATED and again >= REPEATED_SHARE * _words(document)


def _words(document: Document) -> int:
    return sum(len(block.text.split()) for block in document.blocks)


def _half_filled(document: Document, left_out: Sequence[LeftOut]) -> Iterator[Flag]:
    open_blocks = _open_blocks(document, left_out)
    if len(open_blocks) >= MANY_OPEN and len(open_blocks) >= OPEN_SHARE * len(document.blocks):
        share = len(open_blocks) / len(document.blocks)
        yield Flag(
            code="half_filled",
            severity="warning",
            message=f"a template that is only partly filled in: {share:.0%} of its parts are open",
            location=document.blocks[open_blocks[0]].location,
        )


def _open_blocks(document: Document, left_out: Sequence[LeftOut]) -> list[int]:
    """Blocks of which a good part is open: a label in brackets before a statement is no slot."""
    words: dict[int, int] = {}
    for span in left_out:
        if span.why in ("placeholder", "instruction", "filler"):
            text = document.blocks[span.block].text[span.start : span.end]
            words[span.block] = words.get(span.block, 0) + len(text.split())
    return sorted(i for i, n in words.items() if n >= OPEN_PART * len(document.blocks[i].text.split()))


def _said(document: Document, left: Mapping[int, str], left_out: Sequence[LeftOut]) -> dict[int, str]:
    """What is scored, and what would be if it did not stand there before."""
    again = {span.block: document.blocks[span.block].text for span in left_out if span.why == "repeated"}
    return {**again, **left}


def _addressed_aside(document: Document) -> Iterator[Flag]:
    """Words to the grader where nothing is scored anyway: comments, descriptions of pictures, front matter."""
    for block in document.blocks:
        if block.type in _HOLDS_NO_PROSE and speaks_to_grader(block.text):
            what = block.type.replace("_", " ")
            message = f"a text that is not scored ({what}) speaks to the grader: “{short_quote(block.text)}”"
            yield Flag(code="addresses_grader", severity="warning", message=message, location=block.location)
            return


def _odd_flags(document: Document, folded: Mapping[int, Folded]) -> Iterator[Flag]:
    found: dict[Oddity, list[tuple[int, OddText]]] = {}
    for index, part in folded.items():
        for odd in part.odd:
            found.setdefault(odd.kind, []).append((index, odd))
    for kind, places in found.items():
        code, message = _ODD[kind]
        index, first = places[0]
        certain = kind in ("tags", "direction") or len(places) >= A_FEW
        yield Flag(
            code=code,
            severity="warning" if certain else "info",
            message=f"{message} ({len(places)} ×): “{short_quote(first.reads)}”",
            location=document.blocks[index].place(first.start),
        )


def _empty_sections(document: Document, left: Mapping[int, str]) -> Iterator[Flag]:
    empty = empty_sections(document, left)
    if empty:
        first = document.blocks[empty[0]]
        message = f"headings with nothing below them ({len(empty)} ×): “{short_quote(first.text)}”"
        yield Flag(code="empty_sections", severity="warning", message=message, location=first.location)
