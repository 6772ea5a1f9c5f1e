"""Keeps what is slow to compute between runs. Without a folder nothing is kept and everything is computed."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.analysis.embedding import SentenceEncoder
from grader.analysis.minilm import MINILM_SHA256

CHUNK = 2000
"""Texts encoded before the vectors are written down."""


class Cache:
    """Arrays by what they were computed from."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def array(self, name: str, made_from: Iterable[str], compute: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """The stored array, or `compute()` and store it.

        Args:
            made_from: everything the array depends on, as text or digests.
        """
        if self._folder is None:
            return compute()
        path = self._folder / f"{name}-{digest(made_from)}.npy"
        if not path.is_file():
            np.save(path, compute())
        stored: NDArray[Any] = np.load(path)
        return stored

    def encoder(self) -> "CachedEncoder":
        """The sentence encoder, with its vectors kept in this cache."""
        return CachedEncoder(self._folder / f"vectors-{MINILM_SHA256[:12]}.npz" if self._folder else None)


class CachedEncoder:
    """Texts → (n, dim) float32 as `SentenceEncoder`; each text is encoded once, also over several runs."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, NDArray[np.float32]] = {}
        if path and path.is_file():
            stored = np.load(path)
            self._known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [digest([text]) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._encode(missing)
        return np.stack([self._known[key] for key in keys])

    def _encode(self, missing: dict[str, str]) -> None:
        encode = SentenceEncoder()
        order = sorted(missing, key=lambda key: (len(missing[key]), key))
        for start in range(0, len(order), CHUNK):
            chosen = order[start : start + CHUNK]
            vectors = encode([missing[key] for key in chosen])
            self._known.update(zip(chosen, vectors, strict=True))
            self._write()

    def _write(self) -> None:
        if self._path:
            keys = list(self._known)
            np.savez(self._path, keys=np.array(keys), vectors=np.stack([self._known[key] for key in keys]))


def digest(parts: Iterable[str]) -> str:
    """16 hex digits that change with any part."""
    sha256 = hashlib.sha256()
    for part in parts:
        sha256.update(part.encode() + b"\x1f")
    return sha256.hexdigest()[:16]


def file_digest(path: Path) -> str:
    """sha256 hex of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
