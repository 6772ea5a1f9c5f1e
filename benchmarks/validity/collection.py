"""The reference documents with everything that the tables are made from."""

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.cache import Cache, CachedEncoder, digest, file_digest
from grader.analysis import cues, language, negation
from grader.analysis.language import detect_language
from grader.integrity.scored import scored_text
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from grader.schema import Rubric
from grader.scoring import reading_rules
from grader.scoring.scorable import not_scorable
from training import network
from training.crossval import reference_levels
from training.heldout import document_caps, encoder_probabilities
from training.reference import ReferenceDocument, folds, load_reference

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Collection:
    """Reference documents, and what models that never saw them say of their passages.

    Attributes:
        raw: per document (n_passages, n_criteria, 4) probabilities before the reading rules.
        limits: per document (n_passages,) highest level that the reading rules leave to each passage.
        unscorable: index of a document that is not scorable → why.
        digests: what the figures rest on, by name.
    """

    documents: Sequence[ReferenceDocument]
    rubric: Rubric
    raw: Sequence[Floats]
    limits: Sequence[Ints]
    unscorable: dict[int, str]
    encode: CachedEncoder
    digests: dict[str, str]

    @cached_property
    def criteria(self) -> list[str]:
        return [criterion.id for criterion in self.rubric.criteria]

    @cached_property
    def core(self) -> NDArray[np.bool_]:
        """(n_criteria,) whether the criterion is one of the core dimensions."""
        return np.array([d.core for d in self.rubric.dimensions for _ in d.criteria])

    @cached_property
    def reference(self) -> Ints:
        """(n_documents, n_criteria) levels of the readers."""
        return reference_levels(self.documents, self.criteria)

    @cached_property
    def probabilities(self) -> list[Floats]:
        """As `raw`, after the reading rules."""
        return [
            np.where(np.arange(1, 5) <= limit[:, None, None], raw, 0.0)
            for raw, limit in zip(self.raw, self.limits, strict=True)
        ]

    @cached_property
    def folds(self) -> list[tuple[Ints, Ints]]:
        """(train, test) indices of documents."""
        return list(folds(self.documents))

    @cached_property
    def words(self) -> Floats:
        """(n_documents,) length in words."""
        return np.array([float(document.words) for document in self.documents])

    def without_unscorable(self, levels: NDArray[Number]) -> NDArray[Number]:
        """A copy of (n_documents, …) in which documents that are not scorable have 0."""
        result = levels.copy()
        result[list(self.unscorable)] = 0
        return result


def gather(reference: Path, encoders: Path, cache: Cache) -> Collection:
    """Load the reference documents and judge each by the encoder of the fold that left it out."""
    documents, rubric = load_reference(reference), load_rubric(DEFAULT_RUBRIC)
    raw: list[Floats] = [np.zeros(0)] * len(documents)
    criteria = [criterion.id for criterion in rubric.criteria]
    digests = {"labels.jsonl": file_digest(reference / "labels.jsonl"), "rubric": rubric.hash}
    for number, (_, test) in enumerate(folds(documents)):
        path = encoders / f"fold{number}.safetensors"
        digests[path.name] = file_digest(path)
        for i, found in zip(test, _judged([documents[i] for i in test], criteria, path, cache), strict=True):
            raw[i] = found
    return Collection(
        documents=documents, rubric=rubric, raw=raw, limits=_limits(documents, raw, cache),
        unscorable=_unscorable(documents), encode=cache.encoder(), digests=digests,
    )  # fmt: skip


def _judged(
    documents: Sequence[ReferenceDocument], criteria: Sequence[str], encoder: Path, cache: Cache
) -> list[Floats]:
    texts = [text for d in documents for passage in d.passages for text in (passage.context, passage.text)]
    stacked = cache.array(
        "judged",
        [file_digest(encoder), *_sources(network), *texts],
        lambda: np.concatenate(encoder_probabilities(documents, criteria, encoder)),
    )
    return _split(stacked, documents)


def _limits(documents: Sequence[ReferenceDocument], raw: Sequence[Floats], cache: Cache) -> list[Ints]:
    def compute() -> Ints:
        caps = [document_caps(d.passages, found) for d, found in zip(documents, raw, strict=True)]
        return np.array([cap.level for document in caps for cap in document])

    texts = [passage.text for document in documents for passage in document.passages]
    rules = [*_sources(reading_rules, cues, negation, language), cues.catalogue().__repr__()]
    likely = np.concatenate([found[:, :, 0].max(axis=1, initial=0.0) for found in raw]).round(6)
    return _split(cache.array("limits", [*rules, *texts, repr(likely.tolist())], compute), documents)


def _sources(*modules: ModuleType) -> list[str]:
    return [digest([inspect.getsource(module)]) for module in modules]


def _split(stacked: NDArray[Number], documents: Sequence[ReferenceDocument]) -> list[NDArray[Number]]:
    return np.split(stacked, np.cumsum([len(document.passages) for document in documents])[:-1])


def _unscorable(documents: Sequence[ReferenceDocument]) -> dict[int, str]:
    found = {}
    for i, document in enumerate(documents):
        scored = scored_text(document.document)
        spoken = detect_language(" ".join(part.text for part in scored.blocks))
        reason = not_scorable(document.document, scored, spoken)
        if reason:
            found[i] = reason.text
    return found
