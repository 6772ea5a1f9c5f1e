"""Which passages are shown as evidence: the likeliest ones, each with the neighbours that say the same thing."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.analysis.passages import Passage
from grader.schema import Document

MAX_QUOTES = 3
MAX_WORDS = 60

QUOTABLE = 0.05
"""A passage less likely than this to bear on a criterion is shown only where it is the likeliest of all…"""

NEXT_TO_BEST = 0.1
"""…or this much less likely than the likeliest one; the same holds for the neighbours that join a quote."""


def quotes(
    document: Document, passages: Sequence[Passage], probabilities: NDArray[np.float64]
) -> list[list[int]]:
    """Indices of the passages of each quote, in reading order; the strongest quote first.

    Passages are short, a bullet or a table cell often, so a quote takes in neighbours under the same heading
    as long as they bear on the criterion too and the whole stays within `MAX_WORDS`.

    Args:
        probabilities: (n_passages, 4) of reaching each level, after the reading rules.

    Returns:
        At most `MAX_QUOTES` runs of consecutive passages that do not overlap; none without passages.
    """
    sections = [document.blocks[passage.block].path for passage in passages]
    words = [len(passage.text.split()) for passage in passages]
    likely, strength = probabilities[:, 0], probabilities.sum(axis=1)
    order = sorted(range(len(passages)), key=lambda i: (-strength[i], i))
    chosen: list[list[int]] = []
    taken: set[int] = set()
    for i in order:
        if len(chosen) == MAX_QUOTES or (chosen and not _worth_showing(likely[i], likely[order[0]])):
            break
        if i not in taken:
            run = _grown(i, sections, words, likely, taken)
            chosen.append(run)
            taken.update(run)
    return chosen


def _worth_showing(likely: float, best: float) -> bool:
    return likely >= max(QUOTABLE, NEXT_TO_BEST * best)


def _grown(
    start: int, sections: Sequence[object], words: Sequence[int], likely: NDArray[np.float64],
    taken: Collection[int],
) -> list[int]:  # fmt: skip
    """The run of passages around `start`, grown by the likelier neighbour as long as one fits."""
    run, total = [start], words[start]
    while True:
        beside = [
            i
            for i in (run[0] - 1, run[-1] + 1)
            if 0 <= i < len(words)
            and i not in taken
            and sections[i] == sections[start]
            and likely[i] > 0
            and likely[i] >= NEXT_TO_BEST * likely[start]
            and total + words[i] <= MAX_WORDS
        ]
        if not beside:
            return run
        best = max(beside, key=lambda i: (likely[i], -i))
        run = sorted([*run, best])
        total += words[best]
