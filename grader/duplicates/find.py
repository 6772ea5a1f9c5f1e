"""From the index to findings: the pairs worth telling, with the passages they share."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.duplicates.index import Index
from grader.duplicates.shingles import LENGTH, shingles, words_of
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
    found = filter(None, (_compare(index, documents, *pair) for pair in index.pairs()))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))


def _compare(index: Index, documents: Documents, first: int, second: int) -> NearDuplicate | None:
    whole = index.is_all_common(first) and index.is_all_common(second)
    ours, theirs = documents(first), documents(second)
    passages = sorted(_passages(index, ours, theirs, whole), key=lambda passage: -passage.words)
    words = sum(passage.words for passage in passages)
    shorter = min(_length(ours), _length(theirs))
    share = min(1.0, words / max(shorter, 1))
    if words < FEWEST_WORDS or share < (COPIED_WHOLE if whole else SMALLEST_SHARE):
        return None
    return NearDuplicate(
        first=first, second=second, words=words, share=round(share, 3), passages=tuple(passages[:SHOWN])
    )


def _length(document: Sequence[Prose]) -> int:
    return sum(len(words_of(prose.text)) for prose in document)


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
