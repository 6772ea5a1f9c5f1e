"""The reference documents as training data: our own passages with the readers' marks on them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.analysis.language import sentences
from grader.analysis.passages import Passage, cut_passages
from grader.integrity.scored import scored_text
from grader.readers import read_document
from grader.schema import Document

N_FOLDS = 5


@dataclass(frozen=True)
class ReferenceDocument:
    """One document with its reference levels.

    Attributes:
        levels: criterion id → 0–4.
        readings: every reading, each one level per criterion.
        evidence: criterion id → readers' quotes.
        marks: (n_passages, n_criteria) int, level each passage alone would earn, 0 where unmarked.
    """

    id: str
    group: str
    kind: str
    document: Document
    passages: tuple[Passage, ...]
    marks: np.ndarray
    levels: Mapping[str, int]
    readings: Sequence[Sequence[int]]
    evidence: Mapping[str, Sequence[str]]
    words: int
    overall: float


def load_reference(folder: Path) -> tuple[ReferenceDocument, ...]:
    """All reference documents of `folder`, in order of id."""
    marked: dict[str, list[dict]] = {}
    for line in (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        marked.setdefault(entry["id"], []).append(entry)
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple(
        _reference_document(folder, label, marked.get(label["id"], []))
        for label in sorted(labels, key=lambda label: label["id"])
    )


def _reference_document(folder: Path, label: dict, marked: list[dict]) -> ReferenceDocument:
    path = folder / label["file"]
    document = read_document(path.read_bytes(), path.name)
    passages = cut_passages(document, scored_text(document), sentences)
    return ReferenceDocument(
        id=label["id"], group=label["group"], kind=label["kind"], document=document, passages=passages,
        marks=_align(document, passages, marked, list(label["levels"])), levels=label["levels"],
        readings=label["by_pass"], evidence=label["evidence"], words=label["words"], overall=label["overall"],
    )  # fmt: skip


def _align(
    document: Document, passages: Sequence[Passage], marked: Sequence[dict], criteria: list[str]
) -> np.ndarray:
    """Carry the readers' marks over to our own passages: same lines, and most words shared."""
    marks = np.zeros((len(passages), len(criteria)), dtype=np.int64)
    words = [_words(passage.text) for passage in passages]
    lines = [_lines(document, passage) for passage in passages]
    for entry in marked:
        theirs = _words(_plain(entry["text"]))
        levels = np.array([entry["marks"].get(criterion, 0) for criterion in criteria])
        if not theirs or not levels.any() or entry["lines"][0] is None:
            continue
        for i, (first, last) in enumerate(lines):
            if last < entry["lines"][0] - 1 or first > entry["lines"][1] + 1:
                continue
            shared = (words[i] & theirs).total()
            if shared and shared >= 0.6 * min(words[i].total(), theirs.total()):
                marks[i] = np.maximum(marks[i], levels)
    return marks


def _lines(document: Document, passage: Passage) -> tuple[int, int]:
    block = document.blocks[passage.block]
    return block.place(passage.start).line or 1, block.place(passage.end - 1).line or 1


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z0-9%]+", text.lower()))


def _plain(markdown: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"<[^>]{1,80}>|[*_`|#>]", " ", text)


def folds(documents: Sequence[ReferenceDocument]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(train, test) indices of the grouped folds; documents of one group are never on both sides."""
    from sklearn.model_selection import GroupKFold

    yield from GroupKFold(N_FOLDS).split(documents, groups=[document.group for document in documents])
