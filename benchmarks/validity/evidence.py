"""Do the quotes shown overlap the quotes that the readers gave?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.validity.collection import Collection, Ints
from benchmarks.validity.tables import Table, share
from grader.scoring.quotes import MAX_QUOTES, quotes

SHARED = 0.5
"""Share of the shorter quote's words that makes a hit."""

LIKELY = 0.25
"""Passages at least this likely to bear on anything are those drawn from for comparison."""

_WORD = re.compile(r"[a-z0-9%]+")


def is_hit(shown: Sequence[str], readers: Sequence[str]) -> bool:
    """Whether any quote shown shares at least half of the shorter quote's words with any reader's quote."""
    return any(_overlap(_words(one), _words(other)) >= SHARED for one in shown for other in readers)


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    shorter = min(one.total(), other.total())
    return (one & other).total() / shorter if shorter else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def evidence_table(collection: Collection, levels: Ints) -> Table:
    """Hit rates, and what passages drawn at random would reach."""
    hits, drawn = _hits(collection, levels), _hits(collection, levels, np.random.default_rng(0))
    rows = []
    for name, chosen in (("core", collection.core), ("extension", ~collection.core)):
        for label, given in (("all", False), ("where the grader gives level 1 or more", True)):
            rows.append((f"{name}, {label}", *_figures(hits, drawn, chosen, given)))
    return Table(
        title="Evidence",
        note=(
            "For criteria that the readers put at level 2 or higher: one of the up to three quotes shown shares at "
            "least half of the shorter quote's words with one of the readers' quotes. At random: as many quotes of "
            "about as many words, drawn from the passages likely to bear on anything: what the definition gives away."
        ),
        header=("", "cases", "hit rate", "at random"),
        rows=tuple(rows),
    )


def hit_rate(collection: Collection, levels: Ints) -> float:
    """Share of hits over the core criteria at reference level 2 or higher."""
    core = [hit for _, criterion, _, hit in _hits(collection, levels) if collection.core[criterion]]
    return float(np.mean(core))


Hit = tuple[int, int, bool, bool]
"""Document, criterion, whether the grader gave a level above 0, whether the quotes hit."""


def _figures(hits: Sequence[Hit], drawn: Sequence[Hit], chosen: np.ndarray, given: bool) -> tuple[str, ...]:
    def rate(entries: Sequence[Hit]) -> list[bool]:
        return [hit for _, criterion, above, hit in entries if chosen[criterion] and (above or not given)]

    return str(len(rate(hits))), share(float(np.mean(rate(hits)))), share(float(np.mean(rate(drawn))))


def _hits(collection: Collection, levels: Ints, random: np.random.Generator | None = None) -> list[Hit]:
    found = []
    for i, document in enumerate(collection.documents):
        texts = list(_texts(collection, i))
        for column, criterion in enumerate(collection.criteria):
            readers = document.evidence.get(criterion, ())
            if collection.reference[i, column] < 2 or not readers:
                continue
            above = bool(levels[i, column] > 0)
            runs = _shown(collection, i, column, random) if above else []
            shown = [" ".join(texts[n] for n in run) for run in runs]
            found.append((i, column, above, is_hit(shown, readers)))
    return found


def _shown(
    collection: Collection, i: int, column: int, random: np.random.Generator | None
) -> list[list[int]]:
    document = collection.documents[i]
    chosen = quotes(document.document, document.passages, collection.probabilities[i][:, column])
    if random is None:
        return chosen
    likely = np.flatnonzero(collection.probabilities[i][:, :, 0].max(axis=1) >= LIKELY)
    return _as_long(list(random.permutation(likely)), chosen, [len(p.text.split()) for p in document.passages])


def _as_long(order: list[int], chosen: Sequence[Sequence[int]], words: Sequence[int]) -> list[list[int]]:
    """Passages in the given order, cut into quotes with about as many words as the chosen ones have."""
    runs: list[list[int]] = []
    for run in chosen[:MAX_QUOTES]:
        left, drawn = sum(words[i] for i in run), list[int]()
        while order and left > 0:
            drawn.append(order.pop())
            left -= words[drawn[-1]]
        runs.append(drawn)
    return runs


def _texts(collection: Collection, i: int) -> Iterator[str]:
    """Every passage as it would be quoted."""
    document = collection.documents[i]
    for passage in document.passages:
        yield document.document.blocks[passage.block].text[passage.start : passage.end]
