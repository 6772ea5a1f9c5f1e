"""The shipped graphs are what their script writes, and give what the network gives that was trained."""

from importlib.resources import files

import numpy as np
import pytest
import torch
from safetensors.numpy import load as load_arrays
from safetensors.torch import load

from grader.analysis import device
from grader.analysis.passages import Passage
from grader.analysis.word_pieces import PASSAGE_TOKENS
from grader.scoring.trained import WEIGHTS, TrainedJudge
from grader.scoring.weights import load_weights
from training.graph import TARGETS, build
from training.network import PairTokenizer, TunedNetwork, encode_pairs, unpack_weights

TEXTS = (
    (
        "Options",
        "We chose a rule over a model, because nurses have to explain each entry; it costs 4 % of recall.",
    ),
    ("", "The product will delight everyone."),
    (
        "Risks > Outage : What we watch:",
        "If the list is wrong, the dispatcher calls within ten minutes. " * 12,
    ),
)


@pytest.mark.parametrize("int8", [False, True])
def test_the_shipped_graph_is_the_one_that_the_script_writes(int8: bool) -> None:
    shipped = files("grader.analysis").joinpath(TARGETS[int8]).read_bytes()
    assert shipped == build(int8).SerializeToString(deterministic=True)
    assert len(shipped) < 50_000


@pytest.mark.parametrize("int8", [False, True])
def test_grading_gives_what_the_trained_network_gives(int8: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if int8 and not device.multiplies_int8():
        pytest.skip("this processor does not multiply int8 exactly, so that graph is not used here")
    monkeypatch.setattr(device, "multiplies_int8", lambda: int8)
    weights = load_weights()
    stored = files("grader.scoring").joinpath(WEIGHTS).read_bytes()
    assert any(array.dtype == np.int8 for array in load_arrays(stored).values())
    network = TunedNetwork.stored(unpack_weights(load(stored)), weights.trained)
    tokenizer = PairTokenizer()
    _, logits = encode_pairs(network, [tokenizer.encode(*text) for text in TEXTS])
    judge = TrainedJudge(weights.trained, weights.trained, weights.encoder_sha256)
    passages = [Passage(block=0, start=0, end=len(t), text=t, context=c) for c, t in TEXTS]
    wanted = np.minimum.accumulate(torch.sigmoid(torch.from_numpy(logits)).numpy(), axis=-1)
    assert np.abs(judge.probabilities(passages) - wanted).max() < (2e-3 if int8 else 1e-5)
    assert len(tokenizer.encode(*TEXTS[2])) > PASSAGE_TOKENS  # a long one, cut


def test_a_passage_is_judged_the_same_alone_and_among_others() -> None:
    weights = load_weights()
    judge = TrainedJudge(weights.trained, weights.trained, weights.encoder_sha256)
    passages = [Passage(block=0, start=0, end=len(t), text=t, context=c) for c, t in TEXTS]
    together = judge.probabilities(passages)
    alone = np.concatenate([judge.probabilities([passage]) for passage in reversed(passages)])[::-1]
    assert together.tobytes() == np.ascontiguousarray(alone).tobytes()
