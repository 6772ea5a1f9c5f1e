"""The reference documents as training data: our own passages with the readers' marks on them.

Readings that were made apart from one another meet here: the marks on passages that come with the collection,
further readings of the same passages (``further_readings.jsonl``: per line a document and one reading's marks by
passage number; no text), and the readings of whole documents with their quotes.
"""

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

FURTHER_READINGS = Path(__file__).parent / "further_readings.jsonl"

IN_DOUBT = 0.5
"""Target of the levels of a mark above the document's own level."""

QUOTED = 0.75
"""Target of level 3 and 4 for a passage quoted for that level: it may have taken several passages to reach it."""


@dataclass(frozen=True)
class Mark:
    """What a reader said of a text that stands within these lines (first, last): the level it alone would earn."""

    lines: tuple[int, int]
    text: str
    levels: Mapping[str, int]


@dataclass(frozen=True)
class MarkedDocument:
    """A document in passages with marks on them.

    Attributes:
        marks: (n_passages, n_criteria) int, level each passage alone would earn, 0 where unmarked.
        targets: (n_passages, n_criteria, 4), how sure it is that a passage reaches level 1 … 4.
    """

    document: Document
    passages: tuple[Passage, ...]
    marks: np.ndarray
    targets: np.ndarray


@dataclass(frozen=True)
class ReferenceDocument(MarkedDocument):
    """One document with its reference levels.

    Attributes:
        levels: criterion id → 0–4.
        readings: every reading, each one level per criterion.
        evidence: criterion id → readers' quotes.
    """

    id: str
    group: str
    kind: str
    levels: Mapping[str, int]
    readings: Sequence[Sequence[int]]
    evidence: Mapping[str, Sequence[str]]
    words: int
    overall: float


def load_reference(folder: Path, further_readings: Path = FURTHER_READINGS) -> tuple[ReferenceDocument, ...]:
    """All reference documents of `folder`, in order of id."""
    passages: dict[str, list[dict]] = {}
    for entry in _json_lines(folder / "passages.jsonl"):
        if entry["lines"][0] is not None:
            passages.setdefault(entry["id"], []).append(entry)
    further: dict[str, list[dict]] = {}
    for entry in _json_lines(further_readings):
        further.setdefault(entry["id"], []).append(entry["marks"])
    return tuple(
        _reference_document(folder, label, passages.get(label["id"], []), further.get(label["id"], []))
        for label in sorted(_json_lines(folder / "labels.jsonl"), key=lambda label: label["id"])
    )


def _json_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _reference_document(
    folder: Path, label: dict, passages: Sequence[dict], further: Sequence[dict]
) -> ReferenceDocument:
    path, criteria = folder / label["file"], list(label["levels"])
    document = read_document(path.read_bytes(), path.name)
    read = marked_document(document, [_mark(entry, entry["marks"]) for entry in passages], criteria)
    readings = [read.targets]
    for by_number in further:
        marks = [_mark(entry, by_number.get(str(entry["n"]), {})) for entry in passages]
        readings.append(reached(_carried(document, read.passages, marks, criteria)))
    targets = _with_whole_document(np.mean(readings, axis=0), read.passages, label)
    return ReferenceDocument(
        document=document, passages=read.passages, marks=read.marks, targets=targets, id=label["id"],
        group=label["group"], kind=label["kind"], levels=label["levels"], readings=label["by_pass"],
        evidence=label["evidence"], words=label["words"], overall=label["overall"],
    )  # fmt: skip


def _mark(entry: dict, levels: dict) -> Mark:
    first, last = entry["lines"]
    return Mark(lines=(first - 1, last + 1), text=_plain(entry["text"]), levels=levels)


def _with_whole_document(targets: np.ndarray, passages: Sequence[Passage], label: dict) -> np.ndarray:
    """Targets corrected by the readings of the whole document.

    A document has the level of its best passage. So a mark above the document's level is in doubt, and what readers
    quote for a level of 2 or more bears on the criterion, whatever the marks say.
    """
    targets = targets.copy()
    words = [_words(passage.text) for passage in passages]
    for i, (criterion, level) in enumerate(label["levels"].items()):
        targets[:, i, level:] *= IN_DOUBT
        if level >= 2:
            found = _quoted(words, label["evidence"].get(criterion, ()))
            targets[found, i, :2] = 1
            targets[found, i, 2:level] = np.maximum(targets[found, i, 2:level], QUOTED)
    return targets


def quoted(document: ReferenceDocument, criteria: Sequence[str]) -> np.ndarray:
    """(n_passages, n_criteria) whether a passage was quoted for a criterion that the document has at 2 or more."""
    words = [_words(passage.text) for passage in document.passages]
    evidence = [document.evidence.get(c, ()) if document.levels[c] >= 2 else () for c in criteria]
    return np.stack([_quoted(words, quotes) for quotes in evidence], axis=1)


def _quoted(passages: Sequence[Counter[str]], quotes: Sequence[str]) -> np.ndarray:
    wanted = [_words(quote) for quote in quotes]
    return np.array([any(_overlap(words, quote) for quote in wanted) for words in passages], dtype=bool)


def _overlap(passage: Counter[str], quote: Counter[str]) -> bool:
    shorter = min(passage.total(), quote.total())
    return shorter >= 4 and (passage & quote).total() >= 0.7 * shorter


def marked_document(document: Document, marks: Sequence[Mark], criteria: Sequence[str]) -> MarkedDocument:
    """Cut a document into passages and carry the marks over to them."""
    passages = cut_passages(document, scored_text(document), sentences)
    carried = _carried(document, passages, marks, criteria)
    return MarkedDocument(document, passages, carried, reached(carried))


def _carried(
    document: Document, passages: Sequence[Passage], marks: Sequence[Mark], criteria: Sequence[str]
) -> np.ndarray:
    """(n_passages, n_criteria) levels of the marks that stand on the same lines and share most words."""
    carried = np.zeros((len(passages), len(criteria)), dtype=np.int64)
    words = [_words(passage.text) for passage in passages]
    lines = [lines_of(document, passage) for passage in passages]
    for mark in marks:
        theirs = _words(mark.text)
        levels = np.array([mark.levels.get(criterion, 0) for criterion in criteria])
        for i, (first, last) in enumerate(lines):
            if last < mark.lines[0] or first > mark.lines[1]:
                continue
            shared = (words[i] & theirs).total()
            if shared and shared >= 0.6 * min(words[i].total(), theirs.total()):
                carried[i] = np.maximum(carried[i], levels)
    return carried


def reached(levels: np.ndarray) -> np.ndarray:
    """Levels (…) → (…, 4): 1 where level 1 … 4 is reached, else 0."""
    return (levels[..., None] >= np.arange(1, 5)).astype(np.float32)


def lines_of(document: Document, passage: Passage) -> tuple[int, int]:
    """First and last line of a passage in its file, from 1."""
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


def trained_on(documents: Sequence[ReferenceDocument], fold: int | None) -> list[ReferenceDocument]:
    """The documents outside of `fold`; all for None."""
    return list(documents) if fold is None else [documents[i] for i in list(folds(documents))[fold][0]]
