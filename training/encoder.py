"""Fine-tunes the sentence encoder on the readers' passage marks.

    python -m training.encoder REFERENCE OUT [--fold K]

One sentence-transformers MiniLM reads (context, passage) as a text pair; the passage's token states are
mean- and max-pooled; one linear output per criterion and level (≥ 1 … ≥ 4) is trained with binary
cross-entropy. Word embeddings stay frozen, so only the six layers and the head are stored. Headings and code
are not passages and are not trained on. The rubric's own examples are added as passages of their own.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from grader.analysis.tuned import PairBatch, PairTokenizer, TunedNetwork, pack_weights
from grader.rubric.load import load_rubric
from grader.schema import Rubric
from training.reference import ReferenceDocument, folds, load_reference

SEED = 20261122
EPOCHS = 2
BATCH = 32
ENCODER_RATE = 1.5e-4
HEAD_RATE = 2e-3
WITHOUT_CONTEXT = 0.15
"""Share of passages that are also shown without what they stand under, so that headings do not decide alone."""

SHUFFLED = 0.04
"""Share of passages that are also shown with their words shuffled, as bearing on nothing."""

OTHER_DIMENSIONS = 0.5
"""How much it counts that an example of one criterion bears on none of another dimension's criteria. Without
it, text written like our examples would count for everything."""

LEVEL_WEIGHTS = (1.0, 1.5, 2.0, 2.0)


@dataclass(frozen=True)
class Sample:
    """A passage in its context with its targets: (n_criteria, 4), 1 where the level is reached, and a mask."""

    context: str
    text: str
    targets: np.ndarray
    mask: np.ndarray


def passage_samples(documents: Sequence[ReferenceDocument]) -> Iterator[Sample]:
    """Every passage of every document; an unmarked criterion counts as level 0."""
    for document in documents:
        for passage, levels in zip(document.passages, document.marks, strict=True):
            targets = _targets(levels)
            yield Sample(passage.context, passage.text, targets, np.ones_like(targets))


def disturbed_samples(samples: Sequence[Sample]) -> Iterator[Sample]:
    """Copies of some samples: without context and with the same targets, or shuffled and with none."""
    chance = random.Random(SEED)
    for sample in samples:
        if chance.random() < WITHOUT_CONTEXT:
            yield Sample("", sample.text, sample.targets, sample.mask)
        if chance.random() < SHUFFLED:
            words = sample.text.split()
            chance.shuffle(words)
            yield Sample(sample.context, " ".join(words), np.zeros_like(sample.targets), sample.mask)


def example_samples(rubric: Rubric) -> Iterator[Sample]:
    """The rubric's examples: known for their own criterion, unknown for its dimension, else likely nothing."""
    criteria = [criterion.id for criterion in rubric.criteria]
    dimension_of = {criterion.id: d.id for d in rubric.dimensions for criterion in d.criteria}
    for criterion in rubric.criteria:
        home = dimension_of[criterion.id]
        mask = np.array([[0.0 if dimension_of[c] == home else OTHER_DIMENSIONS] * 4 for c in criteria])
        mask[criteria.index(criterion.id)] = 1
        for number, example in enumerate(criterion.examples):
            levels = np.zeros(len(criteria), dtype=np.int64)
            levels[criteria.index(criterion.id)] = example.level
            context = criterion.title if number % 3 == 0 else ""
            yield Sample(context, example.text, _targets(levels), mask.astype(np.float32))


def _targets(levels: np.ndarray) -> np.ndarray:
    return (levels[:, None] >= np.arange(1, 5)).astype(np.float32)


def train(samples: Sequence[Sample], criteria: Sequence[str]) -> TunedNetwork:
    """Fit encoder and head; the same samples, seed and thread count give the same weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    tokenizer = PairTokenizer()
    network = TunedNetwork.untrained(tuple(criteria))
    encoded = [tokenizer.encode(sample.context, sample.text) for sample in samples]
    targets = torch.tensor(np.stack([sample.targets for sample in samples]))
    masks = torch.tensor(np.stack([sample.mask for sample in samples]))
    network.start_head(targets.mean(0))
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder_parameters(), "lr": ENCODER_RATE},
         {"params": network.head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01)  # fmt: skip
    steps = EPOCHS * (len(samples) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    weights = torch.tensor(LEVEL_WEIGHTS)
    network.train()
    started, done = time.monotonic(), 0
    for epoch in range(EPOCHS):
        for chosen in _batches([len(item) for item in encoded]):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(PairBatch.of([encoded[i] for i in chosen]))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits.float(), targets[chosen], reduction="none"
            )
            loss = (loss * masks[chosen] * weights).sum((1, 2)).mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if done % 100 == 0:
                print(
                    f"epoch {epoch} step {done}/{steps} loss {loss.item():.3f} {time.monotonic() - started:.0f}s",
                    flush=True,
                )
    return network.eval()


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Batches of similar length in random order: little padding, still shuffled."""
    order = list(range(len(lengths)))
    random.shuffle(order)
    pools = [
        sorted(order[i : i + 50 * BATCH], key=lengths.__getitem__) for i in range(0, len(order), 50 * BATCH)
    ]
    batches = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    random.shuffle(batches)
    return batches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--fold", type=int, help="leave this fold out (for benchmarks); default: train on all"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)  # part of the recipe: another number gives other last digits
    documents = load_reference(options.reference)
    kept = range(len(documents)) if options.fold is None else list(folds(documents))[options.fold][0]
    rubric = load_rubric("decision-hygiene")
    criteria = [criterion.id for criterion in rubric.criteria]
    passages = list(passage_samples([documents[i] for i in kept]))
    samples = [*passages, *disturbed_samples(passages), *example_samples(rubric)]
    network = train(samples, criteria)
    save_file(
        pack_weights(network.tuned_weights()),
        options.out,
        metadata={"criteria": " ".join(criteria), "seed": str(SEED)},
    )


if __name__ == "__main__":
    main()
