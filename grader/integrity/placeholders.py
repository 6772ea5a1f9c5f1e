"""Text that stands in a document but says nothing about it: open slots, instructions, words to the grader."""

import re
from collections.abc import Iterator

# Square, angle or curly brackets around an instruction or an open slot. Links, footnotes and citations
# ("[1]", "[RFC 2119]") and code generics ("<T>") must not match: hence the verbs and slot words.
_SLOT_WORDS = (
    r"tbd|tba|todo|to be (?:determined|decided|defined|confirmed|added|filled)|insert|describe|add|enter|fill|"
    r"your|list|explain|specify|provide|state|name of|link to|placeholder|xx+|yyyy|mm/dd|dd/mm|date|name|"
    r"product name|feature name|author|owner|company|metric|number|optional|example|e\.g\."
)
_BRACKETED = re.compile(
    rf"\[(?:{_SLOT_WORDS})\b[^\]\n]{{0,300}}\](?!\()|\{{\{{[^}}\n]{{1,120}}\}}\}}|<(?:insert|your|enter|add|describe|name|date)\b[^>\n]{{0,200}}>",
    re.IGNORECASE,
)
_BARE_SLOT = re.compile(
    r"(?<![\w-])(?:TBD|TBA|TODO|FIXME|XX+(?:\.X+)?\s?%?|_{3,}|\.{5,})(?![\w-])|\b[Ll]orem ipsum\b[^\n]*"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|$)")
_INSTRUCTION = re.compile(
    r"^\W*(?:(?:instructions?|guidance|hint|tip|note to (?:the )?author|how to (?:fill|use) (?:this|in))\b\s*:|"
    r"(?:please\s+)?(?:describe|explain|outline|summari[sz]e|list|specify|state|enter|insert|fill in|document|"
    r"provide|include|identify|replace|delete)\b[^.!?]*\b(?:your|this section|here|this template|the reader|"
    r"you (?:are|will|want|plan|expect|have)|e\.g\.|\(s\))|"
    r"(?:use|complete|delete|copy|remove) this (?:section|template|document|page|table|line|text)\b)",
    re.IGNORECASE,
)
_TO_GRADER = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any )?(?:the )?(?:previous|prior|above|earlier|preceding) "
    r"(?:instructions?|prompts?|rules|text)\b|"
    r"\b(?:dear|attention|note to|hey|hello)\W{0,3}(?:the )?(?:ai |automated |human )?"
    r"(?:grader|marker|assessor|evaluator|scoring (?:system|engine|model)|language model|llm|chatgpt)\b|"
    r"\b(?:give|award|assign|grant)\b[^.!?\n]{0,40}\b(?:full marks|full points|maximum (?:score|marks|points)|"
    r"perfect score|top (?:score|marks|grade)|highest (?:score|level|grade)|level 4|100 ?%? (?:score|points))\b|"
    r"\b(?:this|the) (?:document|submission|prd|case study|text) (?:deserves|should (?:get|receive|be (?:scored|graded|rated)))\b"
    r"[^.!?\n]{0,40}\b(?:full|maximum|highest|perfect|top|level|marks|score)\b",
    re.IGNORECASE,
)


def not_content(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans of `text` that count as nothing.

    Yields:
        ``(start, end, why)`` in order and without overlap; `why` is ``addresses_grader``,
        ``instruction`` or ``placeholder``. Whole sentences for the first two.
    """
    done = 0
    for sentence in _SENTENCE.finditer(text):
        why = _sentence_is(sentence.group())
        if why:
            yield from _slots(text, done, sentence.start())
            yield sentence.start(), sentence.end(), why
            done = sentence.end()
    yield from _slots(text, done, len(text))


def _sentence_is(sentence: str) -> str | None:
    if _TO_GRADER.search(sentence):
        return "addresses_grader"
    if _INSTRUCTION.match(sentence):
        return "instruction"
    return None


def _slots(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    position = start
    while position < end:
        found = [
            m for m in (_BRACKETED.search(text, position, end), _BARE_SLOT.search(text, position, end)) if m
        ]
        if not found:
            return
        first = min(found, key=lambda match: match.start())
        yield first.start(), first.end(), "placeholder"
        position = first.end()
