"""Recognises the rubric's own words in a submission: copied text decides nothing."""

import re
from collections.abc import Iterator

from grader.schema import Rubric

RUN = 5
"""Words in a row that are compared; figures count as equal, so that changing them hides nothing."""

COPIED = 0.4
"""A passage of whose runs so many stand in the rubric is a copy of it."""

MIN_RUNS = 6

_WORD = re.compile(r"[a-z']+|\d[\d.,]*")


class RubricText:
    """All runs of words of one rubric: its descriptions, levels, feedback and examples."""

    def __init__(self, rubric: Rubric) -> None:
        self._runs = frozenset(run for text in _texts(rubric) for run in _runs(text))

    def is_source_of(self, passage: str) -> bool:
        """True when much of `passage` stands in the rubric, word for word but for figures."""
        runs = _runs(passage)
        shared = sum(run in self._runs for run in runs)
        return len(runs) >= MIN_RUNS and shared >= COPIED * len(runs)


def _texts(rubric: Rubric) -> Iterator[str]:
    for rung in rubric.ladder:
        yield rung.description
    for criterion in rubric.criteria:
        yield from (criterion.description, criterion.looks_for, *criterion.not_enough)
        for level in criterion.levels:
            yield from (level.description, level.feedback, level.missing, level.next_step)
        for example in criterion.examples:
            yield example.text


def _runs(text: str) -> list[tuple[str, ...]]:
    words = ["#" if word[0].isdigit() else word for word in _WORD.findall(text.lower().replace("’", "'"))]
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
