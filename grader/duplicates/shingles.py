"""Shingles: every five words in a row, as numbers that are equal on every machine and in every run."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from grader.schema import Prose

Hashes = NDArray[np.uint64]

LENGTH = 5
"""Words of a shingle."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that nothing is lost in multiplying; 2^64 divided by the golden ratio


def words_of(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) in order: lower case, every figure alike, so that a copy with other figures is found."""
    return [
        ("#" if match.group()[0].isdigit() else match.group().lower(), *match.span())
        for match in _WORD.finditer(text)
    ]


def shingles(words: Sequence[str]) -> Hashes:
    """(n_words − 4,) hashes, empty for fewer words than a shingle has."""
    if len(words) < LENGTH:
        return np.empty(0, dtype=np.uint64)
    hashed = np.array([_hash(word) for word in words], dtype=np.uint64)
    count = len(hashed) - LENGTH + 1
    result = np.zeros(count, dtype=np.uint64)
    for offset in range(LENGTH):
        result = result * np.uint64(_FACTOR) + hashed[offset : offset + count]
    return result


def all_shingles(document: Iterable[Prose]) -> Hashes:
    """Those of each block in turn: none goes on into the next."""
    hashes = [shingles([word for word, _, _ in words_of(prose.text)]) for prose in document]
    return np.concatenate([*hashes, np.empty(0, dtype=np.uint64)])


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
