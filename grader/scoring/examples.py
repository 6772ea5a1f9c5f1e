"""Scores a rubric's own examples, each without itself: does the rubric's wording carry its levels?"""

from grader.analysis.embedding import SentenceEncoder
from grader.analysis.passages import Passage
from grader.schema import Criterion, Frozen, Rubric
from grader.scoring.by_example import ExampleJudge
from grader.scoring.reading_rules import apply, caps
from grader.scoring.weights import load_weights


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
        passages = _passages(criterion)
        raw = judge.leave_one_out(column, passages)
        probabilities = apply(caps(passages, raw[:, 0, 0]), raw)
        for index, example in enumerate(criterion.examples):
            got = sum(float(probabilities[index].sum()) > cut for cut in weights.passage_cuts)
            results.append(
                ExampleResult(criterion=criterion.id, index=index, expected=example.level, got=got)
            )
    return tuple(results)


def _passages(criterion: Criterion) -> list[Passage]:
    return [
        Passage(block=0, start=0, end=len(example.text), text=example.text, context="")
        for example in criterion.examples
    ]
