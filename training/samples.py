"""What the encoder is trained on: marked passages of documents, disturbed copies, and single passages of our own."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.schema import Rubric
from training.own_documents import own_documents
from training.reference import MarkedDocument, reached

WITHOUT_CONTEXT = 0.15
"""Share of passages that are also shown without what they stand under, so that headings do not decide alone…"""

OTHER_CONTEXT = 0.12
"""…and share also shown under a heading of another document: a good passage may stand anywhere."""

SHUFFLED = 0.04
"""Share of passages that are also shown with their words shuffled, as bearing on nothing."""

EMPTIED = 0.15
"""Share of the passages at level 2 or more that are also shown as a trick: undone, supposed, asked, as key words."""

OTHER_DIMENSIONS = 0.5
"""How much it counts that a passage of our own, written for some criteria, bears on none of another dimension.
Without it, text written like our examples would count for everything."""

_DECIDED = re.compile(r"\b(?:will|shall|must|is|are)\b")

OWN_PASSAGES = Path(__file__).parent / "own_passages.yaml"


@dataclass(frozen=True)
class Sample:
    """A passage in its context with its targets: (n_criteria, 4), 1 where the level is reached, and a mask."""

    context: str
    text: str
    targets: np.ndarray
    mask: np.ndarray


def training_samples(documents: Sequence[MarkedDocument], rubric: Rubric, seed: int) -> list[Sample]:
    """Everything that the encoder sees in one epoch: from `documents`, and from what was written for training."""
    chance = random.Random(seed)
    documents = [*documents, *own_documents([criterion.id for criterion in rubric.criteria])]
    contexts = [passage.context for document in documents for passage in document.passages]
    marked = list(marked_passages(documents))
    return [
        *marked,
        *disturbed(marked, contexts, chance),
        *examples(rubric, contexts, chance),
        *own_passages(rubric, contexts, chance),
    ]


def marked_passages(documents: Sequence[MarkedDocument]) -> Iterator[Sample]:
    """Every passage of every document; an unmarked criterion counts as level 0."""
    for document in documents:
        for passage, targets in zip(document.passages, document.targets, strict=True):
            yield Sample(passage.context, passage.text, targets, np.ones_like(targets))


def disturbed(samples: Sequence[Sample], contexts: Sequence[str], chance: random.Random) -> Iterator[Sample]:
    """Copies of some samples, with the same targets in another context, or emptied of what they decide."""
    for sample in samples:
        if chance.random() < WITHOUT_CONTEXT:
            yield Sample("", sample.text, sample.targets, sample.mask)
        if chance.random() < OTHER_CONTEXT:
            yield Sample(chance.choice(contexts), sample.text, sample.targets, sample.mask)
        if chance.random() < SHUFFLED:
            words = sample.text.split()
            chance.shuffle(words)
            yield Sample(sample.context, " ".join(words), np.zeros_like(sample.targets), sample.mask)
        if (sample.targets[:, 1] > 0.5).any() and chance.random() < EMPTIED:
            text = chance.choice((undone, supposed, asked, key_words))(sample.text, chance)
            yield Sample(sample.context, text, *_worth_little(len(sample.targets)))


def examples(rubric: Rubric, contexts: Sequence[str], chance: random.Random) -> Iterator[Sample]:
    """The rubric's examples, alone and under the criterion's title or a heading from anywhere."""
    for criterion in rubric.criteria:
        for number, example in enumerate(criterion.examples):
            judged = _judged(rubric, {criterion.id: example.level})
            context = criterion.title if number % 3 == 0 else chance.choice(contexts)
            yield Sample("", example.text, *judged)
            yield Sample(context, example.text, *judged)


def own_passages(rubric: Rubric, contexts: Sequence[str], chance: random.Random) -> Iterator[Sample]:
    """The texts of ``own_passages.yaml``, alone and under two headings from anywhere."""
    from ruamel.yaml import YAML

    written = YAML(typ="safe", pure=True).load(OWN_PASSAGES.read_text(encoding="utf-8"))
    judged = [(text, _worth_little(len(rubric.criteria))) for text in written["worth_little"]]
    judged += [(entry["text"], _judged(rubric, entry["levels"])) for entry in written["passages"]]
    for text, (targets, mask) in judged:
        for context in ("", chance.choice(contexts), chance.choice(contexts)):
            yield Sample(context, text, targets, mask)


def undone(text: str, chance: random.Random) -> str:
    """The passage as something that was not done."""
    opening = chance.choice((
        "We have not decided yet:", "It is still open whether", "Nobody has looked into this:", "Not done so far:",
        "There is no plan for this:", "It has not been settled that",
    ))  # fmt: skip
    return f"{opening} {_lowered(text)}"


def supposed(text: str, chance: random.Random) -> str:
    """The passage as something that one could do."""
    opening = chance.choice(("One could imagine that", "Possibly", "It might make sense that", "Perhaps"))
    return f"{opening} {_DECIDED.sub('could', _lowered(text))}"


def asked(text: str, chance: random.Random) -> str:
    """The passage as a question."""
    opening = chance.choice(("Is it right that", "Should it be that", "Do we want that", "What if"))
    return f"{opening} {_lowered(text).rstrip('.!; ')}?"


def key_words(text: str, chance: random.Random) -> str:
    """The longer words of the passage as a list."""
    words = list(dict.fromkeys(re.findall(r"[A-Za-z][A-Za-z-]{4,}", text)))
    chance.shuffle(words)
    return chance.choice((", ", " · ", " ")).join(words[:15]) or text


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _judged(rubric: Rubric, levels: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Targets and mask: known for the criteria of `levels`, unknown in their dimensions, else likely nothing."""
    criteria = [criterion.id for criterion in rubric.criteria]
    homes = [d for d in rubric.dimensions if any(criterion.id in levels for criterion in d.criteria)]
    unknown = {criterion.id for d in homes for criterion in d.criteria} - set(levels)
    weight = [1.0 if c in levels else 0.0 if c in unknown else OTHER_DIMENSIONS for c in criteria]
    mask = np.repeat(np.array(weight, dtype=np.float32)[:, None], 4, axis=1)
    return reached(np.array([levels.get(c, 0) for c in criteria])), mask


def _worth_little(n_criteria: int) -> tuple[np.ndarray, np.ndarray]:
    """Targets and mask: level 2 is reached nowhere; whether something is mentioned stays open."""
    mask = np.ones((n_criteria, 4), dtype=np.float32)
    mask[:, 0] = 0
    return np.zeros((n_criteria, 4), dtype=np.float32), mask
