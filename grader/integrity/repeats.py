"""Text that stands more than once in a document: a person reads it once."""

import re
from collections.abc import Iterable, Iterator, Mapping

FEWEST_WORDS = 8
"""Shorter texts repeat by chance: rows of a table, labels, "Owner: the team lead"."""

_WORD = re.compile(r"\w+")


def repeated(texts: Mapping[int, str]) -> Iterator[int]:
    """Keys of the texts that repeat an earlier one but for case, marks and blanks, in order."""
    seen: set[tuple[str, ...]] = set()
    for key, text in texts.items():
        words = tuple(_WORD.findall(text.lower()))
        if len(words) < FEWEST_WORDS:
            continue
        if words in seen:
            yield key
        seen.add(words)


def repeated_sentences(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of the sentences of one text those that repeat an earlier one, when one is written three times or more."""
    by_words: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for start, end in spans:
        words = tuple(_WORD.findall(text[start:end].lower()))
        if len(words) >= FEWEST_WORDS - 2:
            by_words.setdefault(words, []).append((start, end))
    yield from sorted(span for places in by_words.values() if len(places) >= 3 for span in places[1:])
