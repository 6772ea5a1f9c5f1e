"""From the index to findings: the pairs worth telling, with the passages they share."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from grader.duplicates.index import MANY_COMMON, Index
from grader.duplicates.shingles import LENGTH, Hashes, all_shingles, shingles, words_of
from grader.schema import Location, NearDuplicate, Prose, SharedPassage

Documents = Callable[[int], Sequence[Prose]]
"""Position in the batch → prose; empty for a document that is not compared. Asked again for each finding, so
that no batch need be held in memory."""

LONGEST_CHANCE = 12
"""Shorter runs of equal words are turns of phrase."""
FEWEST_WORDS = 60
"""Words shared in long runs from which a pair is told…"""
SMALLEST_SHARE = 0.1
"""…when they are at least this part of the shorter document."""
COPIED_WHOLE = 0.9
"""Share from which documents made of common text alone are told."""
SHOWN = 10
SHOWN_WORDS = 60


def find_duplicates(documents: Documents, count: int) -> tuple[NearDuplicate, ...]:
    """The near-duplicates among `count` documents, those that share most first."""
    index = Index(documents(number) for number in range(count))
    measured = lru_cache(maxsize=2 * MANY_COMMON)(lambda number: _measured(documents(number)))
    found = filter(None, (_compare(index, documents, measured, *pair) for pair in index.pairs()))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))


class _Measured(NamedTuple):
    """A document's shingles, and how many words it has."""

    shingles: Hashes
    words: int


def _measured(document: Sequence[Prose]) -> _Measured:
    return _Measured(all_shingles(document), sum(len(words_of(prose.text)) for prose in document))


def _compare(
    index: Index, documents: Documents, measured: Callable[[int], _Measured], first: int, second: int
) -> NearDuplicate | None:
    whole = index.is_all_common(first) and index.is_all_common(second)
    shorter = max(1, min(measured(first).words, measured(second).words))
    least = COPIED_WHOLE if whole else SMALLEST_SHARE

    def are_enough(words: float) -> bool:
        return words >= FEWEST_WORDS and words / shorter >= least

    # a look that costs little first: in a batch that shares a template there are many pairs
    if not are_enough(_most_words(index, measured(first), measured(second), whole)):
        return None
    found = _passages(index, documents(first), documents(second), whole)
    passages = sorted(found, key=lambda passage: -passage.words)
    words = sum(passage.words for passage in passages)
    if not are_enough(words):
        return None
    share = round(min(1.0, words / shorter), 3)
    return NearDuplicate(
        first=first, second=second, words=words, share=share, passages=tuple(passages[:SHOWN])
    )


def _most_words(index: Index, ours: _Measured, theirs: _Measured, whole: bool) -> float:
    """Words that equal shingles can make at most: a run just long enough has the most words for each."""
    equal = np.isin(ours.shingles, theirs.shingles)
    if not whole:
        equal &= ~index.is_common(ours.shingles)
    return float(equal.sum()) * LONGEST_CHANCE / (LONGEST_CHANCE - LENGTH + 1)


def _passages(
    index: Index, ours: Sequence[Prose], theirs: Sequence[Prose], whole: bool
) -> Iterator[SharedPassage]:
    """Runs of words of `ours` that stand in `theirs`; what is common does not count unless all is."""
    places = _places(theirs)
    for prose in ours:
        words = words_of(prose.text)
        hashes = shingles([word for word, _, _ in words])
        equal = np.isin(hashes, np.fromiter(places, dtype=np.uint64, count=len(places)))
        if not whole:
            equal &= ~index.is_common(hashes)
        for start, end in _runs(equal.tolist()):
            length = end - start + LENGTH - 1
            if length >= LONGEST_CHANCE:
                last = min(start + length, start + SHOWN_WORDS) - 1
                yield SharedPassage(
                    text=prose.text[words[start][1] : words[last][2]],
                    words=length,
                    first=prose.location,
                    second=places[int(hashes[start])],
                )


def _places(document: Sequence[Prose]) -> dict[int, Location]:
    """Where each shingle stands first."""
    places: dict[int, Location] = {}
    for prose in document:
        for value in shingles([word for word, _, _ in words_of(prose.text)]).tolist():
            places.setdefault(value, prose.location)
    return places


def _runs(equal: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(start, end) of the runs of True."""
    start = None
    for position, value in enumerate([*equal, False]):
        if value and start is None:
            start = position
        elif not value and start is not None:
            yield start, position
            start = None
