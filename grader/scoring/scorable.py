"""Decides whether there is anything to score. What cannot be scored is said so, and is never a zero."""

from collections.abc import Sequence

from grader.analysis.language import language_name
from grader.schema import Document, Reason, ScoredText

MIN_WORDS = 80
"""Fewer readable words than this (lists and tables included) carry too little to judge."""

SHOWS_ITS_LANGUAGE = 120
"""So many characters show their language, however few words they are: Chinese and Japanese have no spaces."""

OPEN_SHARE = 0.3
"""A document of which this share of blocks is open slots, bare labels or empty headings is an unfilled template."""

MIN_OPEN = 5
"""…provided there are at least so many of them…"""

SENTENCE_WORDS = 10
MAX_SENTENCES = 0.2
"""…and at most this share of its blocks has so many words or more: a half-filled template is scored."""

_CONTENT_TYPES = frozenset({"paragraph", "list_item", "table_row", "quote", "caption", "speaker_note"})


def readable_words(document: Document, scored: ScoredText) -> int:
    """Words left to score outside headings."""
    return sum(
        len(part.text.split()) for part in scored.blocks if document.blocks[part.block].type in _CONTENT_TYPES
    )


def not_scorable(document: Document, scored: ScoredText, language: str | None) -> Reason | None:
    """Why `document` cannot be scored, None when it can."""
    if is_unfilled(document, scored):
        return Reason(
            code="unfilled_template",
            text="an unfilled template: mostly open slots and instructions; fill it in and grade again",
        )
    words = readable_words(document, scored)
    if language not in (None, "en") and (words >= MIN_WORDS or _shows_its_language(scored)):
        return Reason(
            code="language", text=f"written in {language_name(language)}: needs a person who reads it"
        )
    if words < MIN_WORDS:
        return Reason(
            code="too_short", text=f"{words} readable words; at least {MIN_WORDS} are needed to judge"
        )
    return None


def _shows_its_language(scored: ScoredText) -> bool:
    return sum(len(part.text.strip()) for part in scored.blocks) >= SHOWS_ITS_LANGUAGE


def is_unfilled(document: Document, scored: ScoredText) -> bool:
    """True when open slots, bare labels, bare questions and empty sections make up the document."""
    content = [i for i, block in enumerate(document.blocks) if block.type in _CONTENT_TYPES]
    slots = {span.block for span in scored.left_out if span.why in {"placeholder", "instruction"}}
    left = {part.block: part.text for part in scored.blocks}
    is_open = {i for i in content if i in slots or _asks_to_be_filled(document, i, left.get(i, ""))}
    n_open = len(is_open) + _empty_sections(document)
    return n_open >= MIN_OPEN and n_open >= OPEN_SHARE * (len(content) + 1) and _thin(left, content, is_open)


def _asks_to_be_filled(document: Document, index: int, text: str) -> bool:
    """A label with nothing behind it ("Goals:"), a lone question, a table row with empty cells."""
    block = document.blocks[index]
    words = len(text.split())
    if block.type == "table_row":
        cells = block.text.split(" | ")
        return len(cells) > 2 and sum(bool(cell.strip(" |-–—")) for cell in cells) == 1
    if text.rstrip().endswith("?"):
        return words <= 20
    following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    introduces = following is not None and (
        following.type in {"table_row", "code"}
        or (following.type == "list_item" and following.depth > block.depth)
    )
    return text.rstrip().endswith(":") and words <= 8 and not introduces


def _empty_sections(document: Document) -> int:
    """Headings that are followed by another heading of the same depth or higher, or by nothing."""
    blocks = [block for block in document.blocks if block.type not in {"comment", "alt_text"}]
    pairs = zip(blocks, [*blocks, None][1:], strict=True)
    return sum(
        block.type == "heading"
        and (after is None or (after.type == "heading" and after.depth <= block.depth))
        for block, after in pairs
    )


def _thin(left: dict[int, str], content: Sequence[int], is_open: set[int]) -> bool:
    """Few of the blocks that are filled are sentences of their own."""
    sentences = [i for i in content if i not in is_open and len(left.get(i, "").split()) >= SENTENCE_WORDS]
    return len(sentences) <= MAX_SENTENCES * len(content)
