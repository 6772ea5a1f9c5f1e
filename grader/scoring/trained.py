"""Judges passages by the fine-tuned encoder, for the criteria it was trained on."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from grader.analysis.passages import Passage
from grader.errors import ModelError

WEIGHTS = "encoder.safetensors"


class TrainedJudge:
    """Encoder and one output per trained criterion and level.

    Attributes:
        sha256: hex digest of the fine-tuned weights.
    """

    def __init__(self, trained: Sequence[str], wanted: Sequence[str], sha256: str) -> None:
        """Load the encoder for the criteria `wanted` among the `trained` ones.

        Raises:
            ModelError: the weights are missing, or are not those of this version of the program.
        """
        from safetensors.torch import load

        from grader.analysis.tuned import PairTokenizer, TunedNetwork, unpack_weights

        data = _stored_weights(sha256)
        self.sha256 = sha256
        self._network = TunedNetwork.stored(unpack_weights(load(data)), tuple(trained))
        self._tokenizer = PairTokenizer()
        self._columns = [list(trained).index(criterion) for criterion in wanted]

    def probabilities(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """(n_passages, n_wanted, 4) probability that a passage reaches level 1 … 4 on its own."""
        from grader.analysis.tuned import encode_pairs

        pairs = [self._tokenizer.encode(passage.context, passage.text) for passage in passages]
        _, logits = encode_pairs(self._network, pairs)
        reached = 1 / (1 + np.exp(-logits[:, self._columns, :].astype(np.float64)))
        result: NDArray[np.float64] = np.minimum.accumulate(reached, axis=-1)
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
