"""Judges passages by a criterion's own text and examples: needs no labels for the criterion itself.

relevance(passage, criterion)
    Is the passage about it? A logistic model over similarities to the criterion's examples and
    description, to its level-0 examples, to the heading the passage stands under, over its terms, and over
    how much closer the passage is to this criterion than to the others. Its weights are shared by all
    criteria and were learned on the reference documents.
depth(passage)
    How far up the ladder is it, whatever it is about? An ordinal logistic model over rule cues, learned on
    all passages that the readers marked.

The probability that a passage reaches level k is relevance × depth_k (depth_1 = 1).
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from grader.analysis.cues import cue_names, find_cues
from grader.analysis.passages import Passage
from grader.schema import Criterion, Frozen

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts → (n, dim) float32, rows of length 1."""

LENGTH_CAP = 25
"""Words beyond this add nothing to depth: length never counts."""


class LogisticWeights(Frozen):
    """One logistic model: probability = 1 / (1 + exp(-(bias + features · weights)))."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, features: Floats) -> Floats:
        """(n, n_features) → (n,) probabilities."""
        result: Floats = 1 / (1 + np.exp(-(features @ np.array(self.weights) + self.bias)))
        return result


class ExampleWeights(Frozen):
    """What was learned: one model of relevance, and one of depth for each level from 2 to 4."""

    relevance: LogisticWeights
    depth: tuple[LogisticWeights, LogisticWeights, LogisticWeights]


class Anchors:
    """What a criterion is compared by: vectors of its examples, of its text and of its title."""

    def __init__(self, criterion: Criterion, encode: Encode) -> None:
        text = f"{criterion.title}. {criterion.description} {criterion.looks_for}"
        vectors = encode([criterion.title, text, *(example.text for example in criterion.examples)])
        self.title, self.text, self.examples = vectors[0], vectors[1], vectors[2:]
        self.levels = np.array([example.level for example in criterion.examples], dtype=np.int64)
        self.terms = _terms_pattern(criterion.terms)

    def without(self, index: int) -> "Anchors":
        """The same criterion with one example left out."""
        copy = object.__new__(Anchors)
        copy.title, copy.text, copy.terms = self.title, self.text, self.terms
        copy.examples = np.delete(self.examples, index, axis=0)
        copy.levels = np.delete(self.levels, index)
        return copy


@lru_cache(maxsize=256)
def _terms_pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    if not terms:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(term) for term in terms) + ")", re.IGNORECASE)


def similarity(anchors: Anchors, vectors: Vectors) -> Floats:
    """(n,) mean cosine to the three closest examples above level 0, or to the text where there are none."""
    positive = anchors.examples[anchors.levels > 0]
    if not len(positive):
        to_text: Floats = (vectors @ anchors.text).astype(np.float64)
        return to_text
    closest = np.sort(vectors @ positive.T, axis=1)[:, ::-1][:, :3]
    result: Floats = closest.mean(axis=1).astype(np.float64)
    return result


def relevance_features(
    anchors: Anchors, passages: Sequence[Passage], vectors: Vectors, contexts: Vectors, others: Floats
) -> Floats:
    """(n, 9) features of how near passages are to one criterion.

    Args:
        vectors, contexts: (n, dim) vectors of the passages and of their contexts.
        others: (n, n_other_criteria) `similarity` to the rubric's other criteria; may have no columns.
    """
    own = similarity(anchors, vectors)
    positive = vectors @ anchors.examples[anchors.levels > 0].T
    nothing = vectors @ anchors.examples[anchors.levels == 0].T
    columns = [
        positive.max(axis=1) if positive.size else own,
        own,
        vectors @ anchors.text,
        nothing.max(axis=1) if nothing.size else np.zeros(len(own)),
        contexts @ anchors.title,
        _hits(anchors.terms, [passage.text for passage in passages]),
        _hits(anchors.terms, [passage.context for passage in passages]),
        own - np.column_stack([own, others]).mean(axis=1),
        own - others.max(axis=1) if others.size else np.zeros(len(own)),
    ]
    return np.column_stack(columns).astype(np.float64)


def _hits(terms: re.Pattern[str] | None, texts: Sequence[str]) -> Floats:
    return np.array([bool(terms and terms.search(text)) for text in texts], dtype=np.float64)


def depth_features(texts: Sequence[str]) -> Floats:
    """(n, n_cues + 3): one 0/1 column per cue, then length up to a cap, any digit, number of cues."""
    columns = {name: column for column, name in enumerate(cue_names())}
    matrix = np.zeros((len(texts), len(columns) + 3))
    for row, text in enumerate(texts):
        hits = find_cues(text)
        for hit in hits:
            matrix[row, columns[hit.cue]] = 1
        matrix[row, -3] = math.log1p(min(len(text.split()), LENGTH_CAP))
        matrix[row, -2] = any(character.isdigit() for character in text)
        matrix[row, -1] = len(hits)
    return matrix


class ExampleJudge:
    """Judges any criteria that have a description and examples.

    Making one encodes all examples of the rubric.
    """

    def __init__(self, criteria: Sequence[Criterion], encode: Encode, weights: ExampleWeights) -> None:
        self._encode = encode
        self._weights = weights
        self.anchors = [Anchors(criterion, encode) for criterion in criteria]

    def probabilities(self, passages: Sequence[Passage]) -> Floats:
        """(n_passages, n_criteria, 4) probability that a passage reaches level 1 … 4 on its own."""
        vectors = self._encode([passage.text for passage in passages])
        contexts = self._encode([passage.context or passage.text for passage in passages])
        near = np.column_stack([similarity(anchors, vectors) for anchors in self.anchors])
        depth = self._depth(passages)
        result = np.zeros((len(passages), len(self.anchors), 4))
        for column, anchors in enumerate(self.anchors):
            others = np.delete(near, column, axis=1)
            features = relevance_features(anchors, passages, vectors, contexts, others)
            result[:, column, :] = self._weights.relevance.probability(features)[:, None] * depth
        return result

    def leave_one_out(self, column: int, passages: Sequence[Passage]) -> Floats:
        """(n_examples, 1, 4): the criterion's own examples, each judged without itself."""
        anchors = self.anchors[column]
        vectors = self._encode([passage.text for passage in passages])
        others = [similarity(other, vectors) for i, other in enumerate(self.anchors) if i != column]
        near_others = np.column_stack(others) if others else np.zeros((len(passages), 0))
        rows = [
            relevance_features(
                anchors.without(i), [passage], vectors[i : i + 1], vectors[i : i + 1], near_others[i : i + 1]
            )
            for i, passage in enumerate(passages)
        ]
        relevance = self._weights.relevance.probability(np.vstack(rows))
        result: Floats = (relevance[:, None] * self._depth(passages))[:, None, :]
        return result

    def _depth(self, passages: Sequence[Passage]) -> Floats:
        """(n, 4), falling along each row, first column 1."""
        features = depth_features([passage.text for passage in passages])
        columns = [np.ones(len(passages)), *(model.probability(features) for model in self._weights.depth)]
        result: Floats = np.minimum.accumulate(np.column_stack(columns), axis=1)
        return result
