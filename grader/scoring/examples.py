"""Scores a rubric's own examples, each without itself: does the rubric's wording carry its levels?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.analysis.embedding import SentenceEncoder
from grader.analysis.passages import Passage
from grader.schema import Criterion, Frozen, Rubric
from grader.scoring.by_example import ExampleJudge
from grader.scoring.reading_rules import apply, caps
from grader.scoring.weights import load_weights

EVEN = np.array([0.8, 0.6, 0.4, 0.2])
"""Share of examples at or above each level when every level has as many."""


class ExampleResult(Frozen):
    """One example: its place in the criterion (from 0), the level it is written for, the level it got."""

    criterion: str
    index: int
    expected: int
    got: int


def leave_one_out(rubric: Rubric) -> tuple[ExampleResult, ...]:
    """Give every example the level it would earn as a passage, by the other examples and never by itself.

    All criteria are judged by example here, also those with a trained judge: that one has seen the examples.
    Raises ModelError when the sentence encoder is missing.
    """
    weights = load_weights()
    judge = ExampleJudge(rubric.criteria, SentenceEncoder(), weights.example_weights)
    results: list[ExampleResult] = []
    for column, criterion in enumerate(rubric.criteria):
        if not criterion.examples:
            continue
        passages = _passages(criterion)
        raw = judge.leave_one_out(column, passages)
        probabilities = apply(caps(passages, raw[:, 0, 0]), raw)
        for index, example in enumerate(criterion.examples):
            got = _level(probabilities[index, 0], np.array(weights.mark_rates))
            results.append(
                ExampleResult(criterion=criterion.id, index=index, expected=example.level, got=got)
            )
    return tuple(results)


def _level(reached: NDArray[np.float64], rates: NDArray[np.float64]) -> int:
    """Level of one example from its probabilities (4,) of reaching each level.

    Passages of documents seldom bear on a given criterion, and seldom reach level 4; examples are written for
    theirs, as many for each level. So the odds, first of bearing on it and then of each depth, are
    multiplied by how much likelier that is among examples than among the reference passages (`rates`, (4,)).
    """
    if not reached[0]:
        return 0
    relevance = _shifted(reached[0], rates[0], EVEN[0])
    depth = _shifted(reached[1:] / reached[0], rates[1:] / rates[0], EVEN[1:] / EVEN[0])
    return 1 + int((depth > 0.5).sum()) if relevance > 0.5 else 0


def _shifted(probability: Any, base: Any, wanted: Any) -> Any:
    """Probabilities after a change of base rate."""
    odds = probability / np.maximum(1 - probability, 1e-9) * (wanted / (1 - wanted)) / (base / (1 - base))
    return odds / (1 + odds)


def _passages(criterion: Criterion) -> list[Passage]:
    return [
        Passage(block=0, start=0, end=len(example.text), text=example.text, context="")
        for example in criterion.examples
    ]
