"""Flags for text that stands in the file and is not seen by a person who looks at it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from grader.integrity.quotes import short_quote
from grader.integrity.to_grader import speaks_to_grader
from grader.schema import Document, Flag, HiddenBy, HiddenText, Severity

_HOW: dict[HiddenBy, str] = {
    "not_displayed": "switched off by its markup",
    "marked_hidden": "marked as hidden",
    "colour": "in the colour of what is behind it",
    "tiny": "in print too small to read",
    "transparent": "drawn invisibly",
    "off_page": "placed off the page",
    "covered": "under something drawn over it",
    "hidden_slide": "on hidden slides",
    "metadata": "in the file's metadata",
}
_SELDOM_BY_CHANCE: frozenset[HiddenBy] = frozenset({"colour", "tiny", "transparent", "covered"})
"""Ways that hide a whole sentence only on purpose, or by an accident its author wants to hear of."""

SENTENCE = 8
"""Words from which a hidden text says something."""
LONG = 25
"""Words from which text that is hidden in a usual way (off a page for screen readers, Word's hidden print) is
worth a look."""
LONG_METADATA = 40
"""Words from which metadata are told at all; descriptions and key words are usual."""
_WRITTEN_BY_HAND = frozenset({"markdown", "ipynb"})
"""Formats in which nobody hides anything by habit."""


def hidden_flags(document: Document) -> Iterator[Flag]:
    """One flag for each way of hiding that is met, at its first place, with the beginning of the longest text."""
    order = list(_HOW)
    found = sorted(document.hidden, key=lambda text: order.index(text.by))
    for by, group in groupby(found, key=lambda text: text.by):
        texts = [text for text in group if by != "metadata" or _is_told(text)]
        if texts:
            longest = max(texts, key=lambda text: text.words)
            words = sum(text.words for text in texts)
            number = f"{words} word{'s' * (words > 1)}"
            message = f"hidden text is not scored: {number} {_HOW[by]}, “{short_quote(longest.text)}”"
            severity = _severity(document, by, texts)
            yield Flag(code="hidden_text", severity=severity, message=message, location=texts[0].location)


def _is_told(metadata: HiddenText) -> bool:
    return metadata.words >= LONG_METADATA or speaks_to_grader(metadata.text)


def _severity(document: Document, by: HiddenBy, texts: Sequence[HiddenText]) -> Severity:
    longest = max(text.words for text in texts)
    on_purpose = by in _SELDOM_BY_CHANCE or (by != "metadata" and document.format in _WRITTEN_BY_HAND)
    usual = by in ("marked_hidden", "off_page")
    worth_a_look = (on_purpose and longest >= SENTENCE) or (usual and longest >= LONG)
    return "warning" if worth_a_look or any(speaks_to_grader(text.text) for text in texts) else "info"
