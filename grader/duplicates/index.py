"""Which documents share shingles: one sorted table of (shingle, document) for the whole batch.

Twelve bytes for each different shingle of each document: 1,000 documents of 3,000 words take some 40 MB.
"""

from collections.abc import Iterable, Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray

from grader.duplicates.shingles import Hashes, all_shingles
from grader.schema import Prose

FEW = 3
"""Documents that may share a shingle in any batch…"""
PART = 0.2
"""…and the part of a larger batch; what more share is a template, the assignment, or how one says it."""
MOST = 20
"""…and in no batch more."""
ENOUGH = 30
"""Shingles from which two documents are compared word by word."""
ALL_COMMON = 0.8
"""A document of which so much is common is compared whole: perhaps many copied from one."""
MANY_COMMON = 200
"""Such documents that are compared with each other."""


class Index:
    """Shingles of a batch. Build it once, in the order of the documents."""

    def __init__(self, documents: Iterable[Iterable[Prose]]) -> None:
        parts = [np.unique(all_shingles(document)) for document in documents]
        self.count = sum(len(part) > 0 for part in parts)
        self.limit = min(max(FEW, ceil(PART * self.count)), MOST)
        hashes = np.concatenate([*parts, np.empty(0, dtype=np.uint64)])
        owners = np.repeat(np.arange(len(parts), dtype=np.uint32), [len(part) for part in parts])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], owners[order]
        starts = np.flatnonzero(np.r_[True, self._hashes[1:] != self._hashes[:-1]]) if len(hashes) else order
        self._starts = starts
        self._counts = np.diff(np.r_[starts, len(hashes)])
        self.common: Hashes = self._hashes[starts[self._counts > self.limit]]
        self._sizes = np.array([len(part) for part in parts], dtype=np.int64)
        in_common = np.repeat(self._counts > self.limit, self._counts)
        self._common_of = np.bincount(self._owners[in_common], minlength=len(parts))

    def pairs(self) -> list[tuple[int, int]]:
        """Documents that share `ENOUGH` shingles that are not common, and those that are common throughout."""
        return sorted({*self._sharing(), *self._copied_by_many()})

    def is_common(self, hashes: Hashes) -> NDArray[np.bool_]:
        """For each hash whether more documents than the limit have it."""
        return np.isin(hashes, self.common)

    def is_all_common(self, document: int) -> bool:
        """Whether hardly anything in a document is its own."""
        own = self._sizes[document]
        return bool(own and self._common_of[document] >= ALL_COMMON * own)

    def _sharing(self) -> Iterator[tuple[int, int]]:
        """Pairs that share enough, counted for one document at a time: a table of all pairs outgrows the batch."""
        shared = (self._counts > 1) & (self._counts <= self.limit)
        sizes = self._counts[shared]
        firsts = np.cumsum(sizes) - sizes  # where the documents of each shared shingle begin in `owners`
        owners = self._owners[np.repeat(shared, self._counts)]
        shingle = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        by_owner = np.argsort(owners, kind="stable")
        bounds = np.searchsorted(owners, np.arange(len(self._sizes) + 1), sorter=by_owner)
        for document in range(len(self._sizes)):
            own = shingle[by_owner[bounds[document] : bounds[document + 1]]]
            counts = np.bincount(owners[_consecutive(firsts[own], sizes[own])], minlength=len(self._sizes))
            for other in np.flatnonzero(counts[document + 1 :] >= ENOUGH).tolist():
                yield document, document + 1 + other

    def _copied_by_many(self) -> Iterator[tuple[int, int]]:
        whole = [i for i in range(len(self._sizes)) if self._sizes[i] >= ENOUGH and self.is_all_common(i)]
        for position, first in enumerate(whole[:MANY_COMMON]):
            for second in whole[position + 1 : MANY_COMMON]:
                yield first, second


def _consecutive(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start on, as many as its length says, one run after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
