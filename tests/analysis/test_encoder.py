"""The encoder works without leaving anything behind or asking anyone."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from grader.analysis.encoder import Encoder, minilm_weights
from grader.analysis.word_pieces import PairIds, PairTokenizer

RUN = """
from grader.analysis.embedding import SentenceEncoder
assert len(SentenceEncoder()(["The porter opens the gate at nine."])) == 1
"""


def test_onnx_runtime_keeps_no_identity_of_this_machine_and_no_reports_to_send(tmp_path: Path) -> None:
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {**os.environ, **places}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def layers() -> dict[str, np.ndarray]:
    weights = minilm_weights().items()
    return {name.removeprefix("encoder."): array for name, array in weights if name.startswith("encoder.")}


def test_only_the_passages_own_tokens_come_back_and_its_context_changes_them() -> None:
    encoder, tokenizer = Encoder(layers()), PairTokenizer()
    alone = encoder.states(tokenizer.encode("", "The porter opens the gate."))
    there = encoder.states(tokenizer.encode("Opening hours", "The porter opens the gate."))
    assert alone.shape == there.shape == (7, 384)  # five words, the full stop and the mark at the end
    assert np.abs(alone - there).max() > 0.01


def test_a_tokens_state_does_not_depend_on_which_others_are_asked_for() -> None:
    encoder = Encoder(layers())
    embedded = np.random.default_rng(0).normal(size=(11, 384)).astype(np.float32)
    assert np.abs(encoder._run(embedded, 4)[0] - encoder._run(embedded, 0)[0, 4:]).max() < 1e-5


def test_a_text_alone_is_wanted_from_its_beginning() -> None:
    assert PairIds((101, 7, 102), (0, 0, 0)).first == 0
    assert PairIds((101, 102, 7, 102), (0, 0, 1, 1)).first == 2
