"""Judges passages by the fine-tuned encoder, for the criteria it was trained on."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from grader.analysis.device import uses_int8
from grader.analysis.encoder import Encoder, encoder_versions, unpacked
from grader.analysis.passages import Passage
from grader.analysis.word_pieces import PairTokenizer
from grader.cache import Entries, Nothing, recalled
from grader.errors import ModelError

WEIGHTS = "encoder.safetensors"
LAYERS = "encoder.encoder."


class TrainedJudge:
    """Encoder and one output per trained criterion and level.

    Attributes:
        sha256: hex digest of the fine-tuned weights.
    """

    def __init__(
        self, trained: Sequence[str], wanted: Sequence[str], sha256: str, entries: Entries | None = None
    ) -> None:
        """Check the weights, for the criteria `wanted` among the `trained` ones; they are loaded when needed.

        Args:
            entries: where what is computed of a passage is kept; None keeps nothing.

        Raises:
            ModelError: the weights are missing, or are not those of this version of the program.
        """
        self.sha256 = sha256
        self._stored = _stored_weights(sha256)
        self._network: _Network | None = None
        self._entries = entries or Nothing()
        self._columns = [list(trained).index(criterion) for criterion in wanted]

    def probabilities(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """(n_passages, n_wanted, 4) probability that a passage reaches level 1 … 4 on its own."""
        pairs = [(passage.context, passage.text) for passage in passages]
        made_by = ("passage logits", self.sha256, *encoder_versions(uses_int8()))
        stored = recalled(self._entries, made_by, pairs, self._logits)
        logits = np.frombuffer(b"".join(stored), dtype="<f4").astype(np.float64).reshape(len(pairs), -1, 4)
        reached = 1 / (1 + np.exp(-logits[:, self._columns, :]))
        result: NDArray[np.float64] = np.minimum.accumulate(reached, axis=-1)
        return result

    def _logits(self, pair: tuple[str, ...]) -> bytes:
        if self._network is None:
            self._network = _Network(self._stored)
        return self._network.logits(*pair).astype("<f4").tobytes()


class _Network:
    """The encoder with the fine-tuned layers, and the head."""

    def __init__(self, stored: bytes) -> None:
        from safetensors.numpy import load

        weights = load(stored)
        layers = {n.removeprefix(LAYERS): array for n, array in weights.items() if n.startswith(LAYERS)}
        head = unpacked({name: array for name, array in weights.items() if name.startswith("head.")})
        self._encoder = Encoder(layers)
        self._tokenizer = PairTokenizer()
        self._head, self._bias = np.ascontiguousarray(head["head.weight"].T), head["head.bias"]

    def logits(self, context: str, text: str) -> NDArray[np.float32]:
        """(n_criteria * 4,) from mean and maximum of the passage's token states."""
        inside = self._encoder.states(self._tokenizer.encode(context, text))
        pooled = np.concatenate([inside.mean(axis=0), inside.max(axis=0)])
        result: NDArray[np.float32] = pooled @ self._head + self._bias
        return result


def _stored_weights(sha256: str) -> bytes:
    resource = files("grader.scoring").joinpath(WEIGHTS)
    if not resource.is_file():
        raise ModelError(f"the fine-tuned encoder ({WEIGHTS}) is missing: reinstall grader")
    data = resource.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ModelError(
            f"the fine-tuned encoder has sha256 {found[:12]}…, expected {sha256[:12]}…: reinstall grader"
        )
    return data
