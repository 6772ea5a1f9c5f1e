"""Fine-tunes the sentence encoder on the readers' passage marks.

    python -m training.encoder REFERENCE OUT [--fold K]

One sentence-transformers MiniLM reads (context, passage) as a text pair; the passage's token states are
mean- and max-pooled; one linear output per criterion and level (≥ 1 … ≥ 4) is trained with binary
cross-entropy. Word embeddings stay frozen, so only the six layers and the head are stored. Headings and code
are not passages and are not trained on. `training.samples` says what else is shown.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from grader.rubric.load import load_rubric
from training.network import PairBatch, PairTokenizer, TunedNetwork, pack_weights
from training.reference import load_reference, trained_on
from training.samples import Sample, training_samples

SEED = 20261122
EPOCHS = 2
BATCH = 32
ENCODER_RATE = 1.5e-4
HEAD_RATE = 2e-3
LEVEL_WEIGHTS = (1.0, 1.5, 2.0, 2.0)


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
    schedule = rising_and_falling(optimizer, steps)
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


def rising_and_falling(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LRScheduler:
    """Learning rates that rise over the first tenth of the steps and fall to 2 % at the last one."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )


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
    rubric = load_rubric("decision-hygiene")
    criteria = [criterion.id for criterion in rubric.criteria]
    network = train(training_samples(trained_on(documents, options.fold), rubric, SEED), criteria)
    save_file(
        pack_weights(network.tuned_weights()),
        options.out,
        metadata={"criteria": " ".join(criteria), "seed": str(SEED)},
    )


if __name__ == "__main__":
    main()
