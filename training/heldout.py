"""Passage probabilities for every reference document from models that never saw it, its group, or its labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.torch import load_file

from grader.analysis.embedding import SentenceEncoder
from grader.analysis.passages import Passage
from grader.schema import Rubric
from grader.scoring.by_example import Anchors, Encode, depth_features, relevance_features, similarity
from grader.scoring.reading_rules import Cap, apply, caps
from training.fit import Floats, example_weights
from training.network import PairTokenizer, TunedNetwork, encode_pairs, unpack_weights
from training.reference import ReferenceDocument, folds


def trained_probabilities(
    documents: Sequence[ReferenceDocument], criteria: Sequence[str], folder: Path
) -> list[Floats]:
    """(n_passages, n_criteria, 4) per document, each from the encoder of the fold that left it out.

    Args:
        folder: holds ``fold0.safetensors`` … ``fold4.safetensors`` (see `training.encoder`).
    """
    result: list[Floats] = [np.zeros(0)] * len(documents)
    for fold, (_, test) in enumerate(folds(documents)):
        judged = encoder_probabilities(
            [documents[i] for i in test], criteria, folder / f"fold{fold}.safetensors"
        )
        for i, probabilities in zip(test, judged, strict=True):
            result[i] = probabilities
    return result


def encoder_probabilities(
    documents: Sequence[ReferenceDocument], criteria: Sequence[str], encoder: Path
) -> list[Floats]:
    """(n_passages, n_criteria, 4) per document from one encoder of `training.encoder`."""
    tokenizer = PairTokenizer()
    network = TunedNetwork.stored(unpack_weights(load_file(encoder)), tuple(criteria))
    result = []
    for document in documents:
        pairs = [tokenizer.encode(passage.context, passage.text) for passage in document.passages]
        _, logits = encode_pairs(network, pairs)
        reached = 1 / (1 + np.exp(-logits.astype(np.float64)))
        result.append(np.minimum.accumulate(reached, axis=-1))
    return result


def capped(documents: Sequence[ReferenceDocument], probabilities: Sequence[Floats]) -> list[Floats]:
    """The same after the reading rules, as in grading."""
    return [
        apply(document_caps(document.passages, raw), raw)
        for document, raw in zip(documents, probabilities, strict=True)
    ]


def document_caps(passages: Sequence[Passage], raw: Floats) -> tuple[Cap, ...]:
    """Caps of one document's passages."""
    return caps(passages, raw[:, :, 0].max(axis=1, initial=0.0))


@dataclass(frozen=True)
class ExampleFeatures:
    """Features of all passages of all documents, documents one after another.

    Attributes:
        relevance: criterion id → (n_passages, 9).
        depth: (n_passages, n_cues + 3).
        document: (n_passages,) index of the document.
    """

    relevance: Mapping[str, Floats]
    depth: Floats
    document: NDArray[np.int64]


def example_features(
    documents: Sequence[ReferenceDocument], rubric: Rubric, encode: Encode | None = None
) -> ExampleFeatures:
    """What `ExampleJudge` computes, once for all documents. `encode` defaults to the shipped encoder."""
    encode = encode or SentenceEncoder()
    passages = [passage for document in documents for passage in document.passages]
    vectors = encode([passage.text for passage in passages])
    contexts = encode([passage.context or passage.text for passage in passages])
    anchors = [Anchors(criterion, encode) for criterion in rubric.criteria]
    near = np.column_stack([similarity(anchor, vectors) for anchor in anchors])
    relevance = {
        criterion.id: relevance_features(anchors[i], passages, vectors, contexts, np.delete(near, i, axis=1))
        for i, criterion in enumerate(rubric.criteria)
    }
    document = np.repeat(np.arange(len(documents)), [len(d.passages) for d in documents])
    return ExampleFeatures(relevance, depth_features([passage.text for passage in passages]), document)


def example_probabilities(
    documents: Sequence[ReferenceDocument], rubric: Rubric, features: ExampleFeatures
) -> list[Floats]:
    """(n_passages, n_criteria, 4) per document as for a criterion never seen: fitted on the other folds'
    documents *and* on the other dimensions' criteria only."""
    ids = [criterion.id for criterion in rubric.criteria]
    marks = np.concatenate([document.marks for document in documents])
    result = np.zeros((len(features.document), len(ids), 4))
    for train, test in folds(documents):
        inside, outside = np.isin(features.document, train), np.isin(features.document, test)
        for dimension in rubric.dimensions:
            left_out = {criterion.id for criterion in dimension.criteria}
            seen = [c for c in ids if c not in left_out]
            weights = example_weights(
                {c: features.relevance[c][inside] for c in seen},
                {c: marks[inside, ids.index(c)] for c in seen},
                features.depth[inside],
            )
            depth = np.column_stack(
                [np.ones(outside.sum()), *(m.probability(features.depth[outside]) for m in weights.depth)]
            )
            for criterion in left_out:
                relevance = weights.relevance.probability(features.relevance[criterion][outside])
                result[outside, ids.index(criterion)] = relevance[:, None] * np.minimum.accumulate(
                    depth, axis=1
                )
    return [result[features.document == i] for i in range(len(documents))]
