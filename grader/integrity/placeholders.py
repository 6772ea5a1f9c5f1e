"""Text that stands in a document but says nothing about it: open slots, instructions, filler, addresses."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from grader.integrity.to_grader import is_to_grader, sentence_spans

# Square, angle or curly brackets around an instruction or an open slot. Links, footnotes and citations
# ("[1]", "[RFC 2119]") and code generics ("<T>") must not match: hence the verbs and slot words.
_SLOT_WORDS = (
    r"tbd|tba|todo|to be (?:determined|decided|defined|confirmed|added|filled)|insert|describe|add|enter|fill|"
    r"your|list|explain|specify|provide|state|name of|link to|placeholder|xx+|yyyy|mm/dd|dd/mm|date|name|"
    r"product name|feature name|author|owner|company|metric|number|optional|example|e\.g\."
)
_BRACKETED = re.compile(
    rf"\[(?:{_SLOT_WORDS})\b[^\]\n]{{0,600}}\](?!\()|\{{\{{[^}}\n]{{1,120}}\}}\}}|<(?:insert|your|enter|add|describe|name|date)\b[^>\n]{{0,200}}>",
    re.IGNORECASE,
)
# Any other bracketed words: an open slot only in a document that is full of them.
_LOOSE = re.compile(
    r"\[(?=[^\[\]\n]{0,300}[A-Za-z])(?![A-Z]{1,6}[- ]?\d+\]|@|\^|x\]|!)[^\[\]\n]{2,300}\](?![(\[:])"
)
MANY_BRACKETS = 6
_BARE_SLOT = re.compile(
    r"(?<![\w-])(?:TBD|TBA|TODO|FIXME|XX+(?:\.X+)?\s?%?|_{3,}|\.{5,})(?![\w-])|\b[Ll]orem ipsum\b[^\n]*"
)
# The blanks of a sentence that is a form, further to _BRACKETED: <<option>>, [X], <name of owner>. Not levels of a log
# ([INFO]), references ([Smith]) or elements of a page (<main>).
_BLANK = re.compile(
    r"<<[^<>\n]{1,120}>>|_{3,}|\[(?![xX]\])[A-Za-z]\](?!\()|(?-i:\[[a-z][a-z /-]{2,40}\])(?!\()|"
    r"<[a-z]+(?: [a-z]+)+>|"
    + _BRACKETED.pattern,
    re.IGNORECASE,
)
MANY_BLANKS = 3
_INSTRUCTION = re.compile(
    r"^\W*(?:(?:instructions?|guidance|hint|tip|sample(?: text)?|note to (?:the )?author|"
    r"how to (?:fill|use) (?:this|in))\b\s*:|"
    r"(?:please\s+)?(?:describe|explain|outline|summari[sz]e|list|specify|state|enter|insert|fill in|document|"
    r"provide|include|identify|replace|delete|add|name|give|write|say)\b[^.!?]*\b(?:your|this section|here|"
    r"this template|the reader|you (?:are|will|want|plan|expect|have|need|know|give)|\(s\))|"
    r"(?:please\s+)?(?:describe|explain|outline|summari[sz]e|list|specify|state|enter|insert|provide)\b[^.!?]*\be\.g\.|"
    r"(?:describe|list|name|state|give|include|explain|provide) (?:at least|up to|the) "
    r"(?:one|two|three|four|five|\d+)\b|"
    r"(?:in this section|this section (?:says|explains|describes|lists|states|should|contains))\b|"
    r"for each \w+,? (?:give|describe|state|list|name|explain|say)\b|"
    r"an? (?:good|strong|complete) (?:entry|answer|example|response|row|section)\b|"
    r"(?:use|complete|delete|copy|remove) this (?:section|template|document|page|table|line|text)\b|"
    r"(?:complete|fill in) the (?:section|template|table)\b)",
    re.IGNORECASE,
)
_FOR_EXAMPLE = re.compile(r"(?:^|\|)\W*e\.g\.", re.IGNORECASE)
MANY_EXAMPLES = 2
"""Cells of one row that only give an example of what is to stand there."""

_FILLER_WORDS = frozenset(
    [
        "lorem",
        "ipsum",
        "dolor",
        "amet",
        "consectetur",
        "adipiscing",
        "elit",
        "eiusmod",
        "tempor",
        "incididunt",
    ]
    + [
        "labore",
        "dolore",
        "magna",
        "aliqua",
        "veniam",
        "nostrud",
        "exercitation",
        "ullamco",
        "laboris",
        "nisi",
    ]
    + ["aliquip", "commodo", "consequat", "velit", "cillum", "fugiat", "pariatur", "cupidatat", "proident"]
    + ["officia", "deserunt", "mollit", "laborum"]
)
MANY_FILLER_WORDS = 3


def has_bracket_slots(texts: Iterable[str]) -> bool:
    """True for a document in which square brackets are slots to fill in, not asides."""
    return sum(len(_LOOSE.findall(text)) for text in texts) >= MANY_BRACKETS


def not_content(text: str, bracket_slots: bool = False) -> Iterator[tuple[int, int, str]]:
    """Spans of `text` that count as nothing.

    Args:
        bracket_slots: every pair of square brackets is an open slot (see `has_bracket_slots`).

    Yields:
        ``(start, end, why)`` in order and without overlap; `why` is ``addresses_grader``, ``filler``,
        ``instruction`` or ``placeholder``. Whole sentences, but for a single placeholder; where a text
        begins by speaking to the grader, all of it.
    """
    patterns = (_BRACKETED, _BARE_SLOT, _LOOSE) if bracket_slots else (_BRACKETED, _BARE_SLOT)
    done, addressed = 0, False
    slots = [match.span() for match in _BRACKETED.finditer(text)]
    for number, (start, end) in enumerate(sentence_spans(text)):
        in_slot = _inside(start, slots) or _inside(end, slots)
        why = "addresses_grader" if addressed else _sentence_is(text[start:end])
        if in_slot and why != "addresses_grader":
            continue  # the slot is more than this sentence
        addressed = addressed or (why == "addresses_grader" and number == 0)
        if why:
            yield from _slots(text, done, start, patterns)
            yield start, end, why
            done = end
    yield from _slots(text, done, len(text), patterns)


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether `position` lies within one of the `spans`, which are in order and apart from one another."""
    before = bisect_left(spans, (position,)) - 1
    return before >= 0 and position < spans[before][1]


def is_filler(sentence: str) -> bool:
    """True for the printers' Latin that stands where text is to come."""
    return len(_FILLER_WORDS.intersection(re.findall(r"[a-z]+", sentence.lower()))) >= MANY_FILLER_WORDS


def _sentence_is(sentence: str) -> str | None:
    if is_to_grader(sentence):
        return "addresses_grader"
    if is_filler(sentence):
        return "filler"
    if _INSTRUCTION.match(sentence) or len(_FOR_EXAMPLE.findall(sentence)) >= MANY_EXAMPLES:
        return "instruction"
    if len(_BLANK.findall(sentence)) >= MANY_BLANKS:
        return "placeholder"
    return None


def _slots(
    text: str, start: int, end: int, patterns: Sequence[re.Pattern[str]]
) -> Iterator[tuple[int, int, str]]:
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(text, start, end))
    position = start
    for first, last in found:
        if first >= position:  # else it lies within the one before
            yield first, last, "placeholder"
            position = last
