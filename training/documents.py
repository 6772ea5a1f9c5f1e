"""Fine-tunes an encoder further on whole documents: its passages together must come to the readers' levels.

    python -m training.documents REFERENCE ENCODER OUT [--fold K]

Marks say what a passage alone would earn; readers of a whole document weigh what they found, and quote the best of
it. So the encoder of `training.encoder` goes on with one reference document at a time and three losses: the marks
on its passages, the document's levels as they come from its passages (pooled as in grading, slopes, intercepts and
shifts learned along), and the quotes, which should rank first.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from grader.rubric.load import load_rubric
from grader.scoring.combine import DECAY
from grader.scoring.reading_rules import apply
from training.encoder import LEVEL_WEIGHTS, SEED, rising_and_falling
from training.heldout import document_caps
from training.network import (
    PairBatch,
    PairIds,
    PairTokenizer,
    TunedNetwork,
    encode_pairs,
    pack_weights,
    unpack_weights,
)
from training.reference import ReferenceDocument, load_reference, quoted, reached, trained_on

EPOCHS = 3
DOCUMENTS = 2
"""Documents a step."""

MOST_PASSAGES = 160
"""Passages of a document that are looked at, the likeliest to bear on anything: the others decide nothing."""

ENCODER_RATE = 4e-5
HEAD_RATE = 4e-4
POOLING_RATE = 5e-3
LEVELS_WEIGHT = 0.1
"""Weight of the loss on a document's levels, a sum over criteria and levels…"""

QUOTES_WEIGHT = 0.05
"""…and of the loss on what is quoted, a sum over criteria, beside the mean loss of a passage."""


@dataclass(frozen=True)
class WholeDocument:
    """A document as it is trained on, n of its passages.

    Attributes:
        targets: (n, n_criteria, 4) of the passages.
        counted: (n, 4), 0 for the levels that a reading rule keeps a passage from, else 1.
        levels: (n_criteria, 4), how sure it is that the document reaches level 1 … 4.
        quoted: (n, n_criteria) whether readers quoted the passage for the criterion.
        probabilities: (n, n_criteria, 4) by the encoder to start from.
    """

    pairs: Sequence[PairIds]
    targets: Tensor
    counted: Tensor
    levels: Tensor
    quoted: Tensor
    probabilities: Tensor


class Pooling(nn.Module):
    """From passages to levels as in `grader.scoring.combine`, with slopes, intercepts and shifts to learn."""

    def __init__(self, n_criteria: int) -> None:
        super().__init__()
        self.slopes = nn.Parameter(torch.full((4,), 0.6))
        self.intercepts = nn.Parameter(torch.zeros(4))
        self.shifts = nn.Parameter(torch.zeros(n_criteria))

    def loss(self, probabilities: Tensor, document: WholeDocument) -> Tensor:
        """Cross-entropy of the document's levels, summed over criteria and levels."""
        falling = torch.cummin(probabilities, -1).values * document.counted[:, None]
        best = torch.topk(falling, min(len(DECAY), len(falling)), dim=0).values
        weights = torch.tensor(DECAY)[: len(best), None, None]
        pooled = (1 - torch.prod(1 - weights * best.clamp(max=1 - 1e-6), 0)).clamp(1e-5, 1 - 1e-5)
        logits = self.slopes * torch.logit(pooled) + self.intercepts + self.shifts[:, None]
        return binary_cross_entropy_with_logits(logits, document.levels, reduction="sum")

    def fit(self, documents: Sequence[WholeDocument]) -> None:
        """Start from what suits the encoder as it is."""
        optimizer = torch.optim.LBFGS(self.parameters(), max_iter=60)

        def mean_loss() -> float:
            optimizer.zero_grad()
            losses = [self.loss(document.probabilities, document) for document in documents]
            total = torch.stack(losses).mean() + self.shifts.square().sum()
            total.backward()  # type: ignore[no-untyped-call]
            return total.item()

        optimizer.step(mean_loss)


def prepare(document: ReferenceDocument, network: TunedNetwork, tokenizer: PairTokenizer) -> WholeDocument:
    """The document's passages that `network` takes to bear on something, and what they should come to."""
    pairs = [tokenizer.encode(passage.context, passage.text) for passage in document.passages]
    _, logits = encode_pairs(network, pairs)
    raw = np.minimum.accumulate(1 / (1 + np.exp(-logits.astype(np.float64))), axis=-1)
    counted = apply(document_caps(document.passages, raw), np.ones_like(raw))[:, 0]
    chosen = np.sort(np.argsort(-raw[:, :, 0].max(axis=1), kind="stable")[:MOST_PASSAGES])
    return WholeDocument(
        pairs=[pairs[i] for i in chosen],
        targets=torch.tensor(document.targets[chosen]),
        counted=torch.tensor(counted[chosen], dtype=torch.float32),
        levels=torch.tensor(_levels(document, network.criteria)),
        quoted=torch.tensor(quoted(document, network.criteria)[chosen]),
        probabilities=torch.tensor(raw[chosen], dtype=torch.float32),
    )


def _levels(document: ReferenceDocument, criteria: Sequence[str]) -> np.ndarray:
    """(n_criteria, 4) between what the readers agreed on and the mean of their readings."""
    agreed = reached(np.array([document.levels[criterion] for criterion in criteria]))
    return (agreed + reached(np.array(document.readings)).mean(axis=0)) / 2


def train(network: TunedNetwork, documents: Sequence[ReferenceDocument]) -> TunedNetwork:
    """Go on training `network`; the same documents, seed and thread count give the same weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    tokenizer = PairTokenizer()
    whole = [prepare(document, network, tokenizer) for document in documents]
    pooling = Pooling(len(network.criteria))
    pooling.fit(whole)
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder_parameters(), "lr": ENCODER_RATE},
         {"params": network.head.parameters(), "lr": HEAD_RATE},
         {"params": pooling.parameters(), "lr": POOLING_RATE, "weight_decay": 0.0}], weight_decay=0.01)  # fmt: skip
    steps = EPOCHS * (-(-len(whole) // DOCUMENTS))
    schedule = rising_and_falling(optimizer, steps)
    network.train()
    started = time.monotonic()
    for epoch in range(EPOCHS):
        random.shuffle(whole)
        total = 0.0
        for start in range(0, len(whole), DOCUMENTS):
            for document in whole[start : start + DOCUMENTS]:
                loss = document_loss(network, pooling, document)
                (loss / DOCUMENTS).backward()
                total += loss.item()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        print(f"epoch {epoch} loss {total / len(whole):.3f} {time.monotonic() - started:.0f}s", flush=True)
    return network.eval()


def document_loss(network: TunedNetwork, pooling: Pooling, document: WholeDocument) -> Tensor:
    """The three losses of one document."""
    logits = _logits(network, document.pairs)
    return (
        marks_loss(logits, document.targets)
        + LEVELS_WEIGHT * pooling.loss(torch.sigmoid(logits), document)
        + QUOTES_WEIGHT * quotes_loss(logits, document.quoted)
    )


def marks_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy of the marks, summed over criteria and levels, mean of the passages."""
    losses = binary_cross_entropy_with_logits(logits, targets, reduction="none")
    return (losses * torch.tensor(LEVEL_WEIGHTS)).sum((1, 2)).mean()


def quotes_loss(logits: Tensor, quoted: Tensor) -> Tensor:
    """How far the quoted passages are from ranking first by the sum of their logits, over criteria with quotes."""
    ranks = logits.sum(-1)[:, quoted.any(0)]
    theirs = ranks.masked_fill(~quoted[:, quoted.any(0)], -1e4)
    return (torch.logsumexp(ranks, 0) - torch.logsumexp(theirs, 0)).sum()


def _logits(network: TunedNetwork, pairs: Sequence[PairIds], batch_size: int = 32) -> Tensor:
    """(n, n_criteria, 4), worked out in batches of similar length."""
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i]))
    parts = []
    for start in range(0, len(order), batch_size):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts.append(network(PairBatch.of([pairs[i] for i in order[start : start + batch_size]])).float())
    return torch.cat(parts)[torch.tensor(np.argsort(order))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("reference", "encoder", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument(
        "--fold", type=int, help="leave this fold out, as ENCODER did (for benchmarks); default: train on all"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)  # part of the recipe: another number gives other last digits
    documents = load_reference(options.reference)
    criteria = tuple(criterion.id for criterion in load_rubric("decision-hygiene").criteria)
    network = TunedNetwork.stored(unpack_weights(load_file(options.encoder)), criteria)
    network = train(network, trained_on(documents, options.fold))
    with safe_open(options.encoder, "pt") as started_from:
        metadata = started_from.metadata()
    save_file(pack_weights(network.tuned_weights()), options.out, metadata=metadata)


if __name__ == "__main__":
    main()
