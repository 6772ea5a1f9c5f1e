"""The fine-tuned encoder as it is trained, in torch: reads a passage in its context, says what it bears on.

Grading does not come here: it runs the same weights without torch (see ``grader.scoring.trained``).

Same architecture and tokenizer as the sentence encoder, with the six layers fine-tuned on passages that
expert readers marked (see ``training/encoder.py``). Word embeddings are the sentence encoder's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from grader.analysis.embedding import go_offline
from grader.analysis.minilm import verified_minilm
from grader.analysis.word_pieces import PairIds, PairTokenizer

__all__ = [
    "PairBatch",
    "PairIds",
    "PairTokenizer",
    "TunedNetwork",
    "encode_pairs",
    "pack_weights",
    "unpack_weights",
]

LEVELS = 4


@dataclass(frozen=True)
class PairBatch:
    """Padded pairs: three (n, longest) integer tensors."""

    ids: Tensor
    segments: Tensor
    attention: Tensor

    @classmethod
    def of(cls, pairs: Sequence[PairIds]) -> "PairBatch":
        """Pad to the longest pair."""
        longest = max(map(len, pairs))
        ids, segments, attention = (torch.zeros(len(pairs), longest, dtype=torch.long) for _ in range(3))
        for row, pair in enumerate(pairs):
            ids[row, : len(pair)] = torch.tensor(pair.ids)
            segments[row, : len(pair)] = torch.tensor(pair.segments)
            attention[row, : len(pair)] = 1
        return cls(ids, segments, attention)


class TunedNetwork(nn.Module):
    """Encoder and head. Output: (n, n_criteria, 4) logits of reaching level 1 … 4."""

    def __init__(self, encoder: Any, criteria: tuple[str, ...]) -> None:
        super().__init__()
        width = 2 * int(encoder.config.hidden_size)
        self.criteria = criteria
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(criteria) * LEVELS)

    @classmethod
    def untrained(cls, criteria: tuple[str, ...]) -> "TunedNetwork":
        """Start from the sentence encoder's weights."""
        return cls(_fresh_encoder(), criteria)

    @classmethod
    def stored(cls, weights: dict[str, Tensor], criteria: tuple[str, ...]) -> "TunedNetwork":
        """Rebuild from `tuned_weights`."""
        network = cls.untrained(criteria)
        network.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
        return network.eval()

    def start_head(self, base_rates: Tensor) -> None:
        """Start the head at the base rates (n_criteria, 4), so that training does not spend itself on them."""
        rates = base_rates.reshape(-1).clamp(1e-4, 1 - 1e-4)
        nn.init.normal_(self.head.weight, std=0.02)
        with torch.no_grad():
            self.head.bias.copy_(torch.log(rates / (1 - rates)))

    def encoder_parameters(self) -> Iterator[nn.Parameter]:
        """The parameters that are fine-tuned; word embeddings are not."""
        for name, parameter in self.encoder.named_parameters():
            trained = name.startswith("encoder.")
            parameter.requires_grad = trained
            if trained:
                yield parameter

    def tuned_weights(self) -> dict[str, Tensor]:
        """What training changed."""
        return {
            name: value.detach().clone()
            for name, value in self.state_dict().items()
            if name.startswith(("encoder.encoder.", "head."))
        }

    def pooled(self, batch: PairBatch) -> Tensor:
        """Mean and maximum of the passage's token states, (n, 768) float32."""
        states = self.encoder(
            input_ids=batch.ids, attention_mask=batch.attention, token_type_ids=batch.segments
        ).last_hidden_state.float()
        inside = (batch.segments * batch.attention).unsqueeze(-1).to(states.dtype)
        mean = (states * inside).sum(1) / inside.sum(1).clamp(min=1)
        highest = (states + (inside - 1) * 1e4).max(1).values
        return torch.cat([mean, highest], dim=-1)

    def forward(self, batch: PairBatch) -> Tensor:
        logits: Tensor = self.head(self.dropout(self.pooled(batch)))
        return logits.view(-1, len(self.criteria), LEVELS)


def _fresh_encoder() -> nn.Module:
    go_offline()
    from transformers import AutoModel

    torch.set_num_threads(1)  # sums in another order would change last digits
    model: Any = AutoModel.from_pretrained(verified_minilm(), local_files_only=True)
    encoder: nn.Module = model.eval()
    return encoder


def pack_weights(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Store matrices as int8 with one scale per row (name + ``.scale``), the rest as float16: a quarter the size."""
    packed: dict[str, Tensor] = {}
    for name, value in weights.items():
        if value.dim() == 2:
            scale = value.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            packed[name] = torch.round(value / scale).to(torch.int8)
            packed[f"{name}.scale"] = scale.float()
        else:
            packed[name] = value.half()
    return {name: value.contiguous() for name, value in packed.items()}


def unpack_weights(packed: dict[str, Tensor]) -> dict[str, Tensor]:
    """Float32 weights from `pack_weights`."""
    return {
        name: value.float() * packed[f"{name}.scale"] if f"{name}.scale" in packed else value.float()
        for name, value in packed.items()
        if not name.endswith(".scale")
    }


def encode_pairs(network: TunedNetwork, pairs: Sequence[PairIds], batch_size: int = 32) -> tuple[Any, Any]:
    """Pooled features (n, 768) and logits (n, n_criteria, 4), both float32 numpy, in the order of `pairs`.

    Batches are formed from these pairs alone and sorted by length, so that a document's figures do not
    depend on what else is graded.
    """
    import numpy as np

    features = np.zeros((len(pairs), network.head.in_features), dtype=np.float32)
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i]), i))
    with torch.inference_mode():
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            features[chosen] = network.pooled(PairBatch.of([pairs[i] for i in chosen])).numpy()
        logits = network.head(torch.from_numpy(features)).view(-1, len(network.criteria), LEVELS).numpy()
    return features, logits
