"""Which strong passage to show beside a criterion: one from a field far from the document's own."""

import re
from collections.abc import Set as AbstractSet

from grader.schema import Criterion, Example

_REASONED = 3
_OPERATIONAL = 4
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def strong_example(criterion: Criterion, level: int | None, words: AbstractSet[str]) -> Example | None:
    """A passage one level up, but at least reasoned (3); None where the rubric has none.

    Among those of the level, the one that shares the fewest longer words with the document: its way of
    deciding can be learned, its sentence cannot be pasted in. The order of the rubric settles ties.

    Args:
        level: 0–4, None without a score.
        words: the words of the document, lower case; empty when it is not at hand.
    """
    wanted = min(max((level or 0) + 1, _REASONED), _OPERATIONAL)
    strong = [e for e in criterion.examples if e.level >= _REASONED and not e.near_miss]
    return min(strong, key=lambda e: (abs(e.level - wanted), _nearness(e, words)), default=None)


def _nearness(example: Example, words: AbstractSet[str]) -> float:
    """Share of the example's longer words that the document uses, 0–1; 1 more where it names the field itself."""
    own = set(_LONG_WORD.findall(example.text.lower()))
    field = set(_LONG_WORD.findall(example.domain.lower()))
    return (len(own & words) / len(own) if own else 0.0) + bool(field & words)
