"""Recognises the rubric's own words in a submission: copied text decides nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from grader.schema import Rubric

RUN = 5
"""Words in a row that are compared; figures count as equal, so that changing them hides nothing."""

COPIED = 0.4
"""A passage of whose runs so many stand in the rubric is a copy of it."""

MIN_RUNS = 6

SAME_WORDS = 0.85
"""A passage of whose words so many stand in one text of the rubric is that text with words dropped or moved…"""

MIN_WORDS = 10
"""…if it has at least so many different ones."""

_WORD = re.compile(r"[a-z']+|\d[\d.,]*")


class RubricText:
    """All runs of words of one rubric: its descriptions, levels, feedback and examples."""

    def __init__(self, rubric: Rubric) -> None:
        texts = [_words(text) for text in _texts(rubric)]
        self._runs = frozenset(run for words in texts for run in _runs(words))
        self._with_word: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for long in {frozenset(words) for words in texts if len(set(words)) >= MIN_WORDS}:
            for word in long:
                self._with_word[word].append(long)

    def is_source_of(self, passage: str) -> bool:
        """True when much of `passage` stands in the rubric, figures apart: in a row, or as the words of one text."""
        words = _words(passage)
        runs = _runs(words)
        shared = sum(run in self._runs for run in runs)
        return (len(runs) >= MIN_RUNS and shared >= COPIED * len(runs)) or self._has_words_of(set(words))

    def _has_words_of(self, words: set[str]) -> bool:
        if len(words) < MIN_WORDS:
            return False
        enough = ceil(SAME_WORDS * len(words))
        # a text with enough of the words has at least one of any that make up the rest and one more
        found = sorted((self._with_word.get(word, []) for word in words), key=len)[: len(words) - enough + 1]
        return any(len(words & text) >= enough for texts in found for text in texts)


def _texts(rubric: Rubric) -> Iterator[str]:
    for rung in rubric.ladder:
        yield rung.description
    for criterion in rubric.criteria:
        yield from (criterion.description, criterion.looks_for, *criterion.not_enough)
        for level in criterion.levels:
            yield from (level.description, level.feedback, level.missing, level.next_step)
            yield from level.next_step_for.values()
        for example in criterion.examples:
            yield example.text


def _words(text: str) -> list[str]:
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(text.lower().replace("’", "'"))]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
