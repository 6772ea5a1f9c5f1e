"""Text that stands in a document but says nothing about it: open slots, instructions, words to the grader."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
# Any other bracketed words: an open slot only in a document that is full of them.
_LOOSE = re.compile(
    r"\[(?=[^\[\]\n]{0,300}[A-Za-z])(?![A-Z]{1,6}[- ]?\d+\]|@|\^|x\]|!)[^\[\]\n]{2,300}\](?![(\[:])"
)
MANY_BRACKETS = 6
_BARE_SLOT = re.compile(
    r"(?<![\w-])(?:TBD|TBA|TODO|FIXME|XX+(?:\.X+)?\s?%?|_{3,}|\.{5,})(?![\w-])|\b[Ll]orem ipsum\b[^\n]*"
)
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))+(?:[.!?]+(?=\s|$)|$)")
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
    r"\b(?:this|the) (?:document|submission|prd|case study|text) "
    r"(?:deserves|should (?:get|receive|be (?:scored|graded|rated)))\b"
    r"[^.!?\n]{0,40}\b(?:full|maximum|highest|perfect|top|level|marks|score)\b",
    re.IGNORECASE,
)


# A document that describes such attacks, or tests against them, does not speak to the grader.
_ABOUT_ATTACKS = re.compile(
    r"\b(?:inject(?:ion|ed|s)?|jailbreak\w*|attack\w*|adversar\w+|malicious|red[- ]team\w*|abuse\w*|bad actors?|"
    r"bypass\w*|prompts? (?:such as|like)|users? (?:who|might|may|could|tr(?:y|ies)))\b",
    re.IGNORECASE,
)


def has_bracket_slots(texts: Iterable[str]) -> bool:
    """True for a document in which square brackets are slots to fill in, not asides."""
    return sum(len(_LOOSE.findall(text)) for text in texts) >= MANY_BRACKETS


def not_content(text: str, bracket_slots: bool = False) -> Iterator[tuple[int, int, str]]:
    """Spans of `text` that count as nothing.

    Args:
        bracket_slots: every pair of square brackets is an open slot (see `has_bracket_slots`).

    Yields:
        ``(start, end, why)`` in order and without overlap; `why` is ``addresses_grader``,
        ``instruction`` or ``placeholder``. Whole sentences for the first two.
    """
    patterns = (_BRACKETED, _BARE_SLOT, _LOOSE) if bracket_slots else (_BRACKETED, _BARE_SLOT)
    done = 0
    for sentence in _SENTENCE.finditer(text):
        why = _sentence_is(sentence.group())
        if why:
            yield from _slots(text, done, sentence.start(), patterns)
            yield sentence.start(), sentence.end(), why
            done = sentence.end()
    yield from _slots(text, done, len(text), patterns)


def _sentence_is(sentence: str) -> str | None:
    if _TO_GRADER.search(sentence) and not _ABOUT_ATTACKS.search(sentence):
        return "addresses_grader"
    if _INSTRUCTION.match(sentence):
        return "instruction"
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
