"""The sentence encoder's layers on ONNX Runtime, with whichever weights are put in.

One text at a time, unpadded, on one thread: on a CPU that costs no more than batches do, and the same text
gives the same bytes whatever else is graded. Word embeddings stay on disk and are mapped, so that loading
takes milliseconds and processes share them.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.analysis.device import (
    CUDA,
    PROVIDERS,
    Device,
    arithmetic,
    device,
    onnx_runtime,
    runtime_errors,
    runtime_version,
    uses_int8,
)
from grader.analysis.minilm import MINILM_SHA256, verified_minilm
from grader.analysis.word_pieces import PairIds
from grader.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = NDArray[np.float32]
GRAPHS = {False: "bert.onnx", True: "bert-int8.onnx"}
"""The graph for float32 matrices, and the one for int8 matrices with a scale per output."""


class Encoder:
    """Token ids → token states."""

    def __init__(self, layers: Mapping[str, NDArray[Any]]) -> None:
        """Take the weights of the layers, named as in the sentence encoder without ``encoder.`` in front.

        Matrices may be int8 with a scale per row (name + ``.scale``).

        Raises:
            ModelError: the sentence encoder or the graph is missing.
        """
        stored = minilm_weights()
        names = {"words": "word", "places": "position", "segments": "token_type"}
        self._tables = {key: stored[f"embeddings.{name}_embeddings.weight"] for key, name in names.items()}
        norm = {
            name: np.array(array)
            for name, array in stored.items()
            if ".LayerNorm." in name and "embed" in name
        }
        # kept: the session reads them where they are
        int8 = _is_int8(layers) and uses_int8()
        ready = layers if int8 else unpacked(layers)
        self._weights = {**norm, **_as_in_graph(ready)}
        self._session = _session(self._weights, int8, device())

    def states(self, pair: PairIds) -> Array:
        """(n, 384) float32: each token of the passage, or of a text alone, as the last layer sees it.

        Raises:
            ModelError: a CUDA device cannot go on, such as one without memory left.
        """
        words, places, segments = self._tables["words"], self._tables["places"], self._tables["segments"]
        embedded = words[list(pair.ids)] + places[: len(pair)] + segments[list(pair.segments)]
        result: Array = self._run(embedded, pair.first)[0]
        return result

    def _run(self, embedded: Array, first: int) -> Array:
        inputs = {"embedded": embedded[None], "first": np.array([first])}
        try:
            (states,) = self._session.run(["states"], inputs)
        except runtime_errors() as error:
            if device() == "cpu":
                raise  # a defect of ours, which costs this document only
            raise ModelError(
                f"the CUDA device failed ({_said(error)}): fewer --jobs, or --device cpu"
            ) from error
        result: Array = states
        return result


def encoder_versions(int8: bool = False) -> tuple[str, ...]:
    """What token states depend on besides the text and the layers' weights, in this process."""
    return _versions(int8, device())


@lru_cache(maxsize=4)
def _versions(int8: bool, where: Device) -> tuple[str, ...]:
    versions = [runtime_version(), *(metadata.version(library) for library in ("tokenizers", "numpy"))]
    graph = hashlib.sha256(_graph(GRAPHS[int8])).hexdigest()
    return (MINILM_SHA256, graph, arithmetic(where), *versions)


@lru_cache(maxsize=1)
def minilm_weights() -> Mapping[str, Array]:
    """The sentence encoder's float32 weights by name, mapped from disk. Raises ModelError."""
    return mapped_weights(verified_minilm() / "model.safetensors")


def mapped_weights(path: Path) -> Mapping[str, Array]:
    """Float32 arrays of a safetensors file by name, read from disk only where they are looked at."""
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        entries: dict[str, dict[str, Any]] = json.loads(stream.read(size))
    data = np.memmap(path, mode="r", offset=8 + size)
    return {
        name: data[slice(*entry["data_offsets"])].view("<f4").reshape(entry["shape"])
        for name, entry in entries.items()
        if entry.get("dtype") == "F32"
    }


def unpacked(packed: Mapping[str, NDArray[Any]]) -> dict[str, Array]:
    """Float32 weights from int8 matrices with a scale per row; others as they are."""
    return {
        name: array.astype(np.float32) * packed.get(f"{name}.scale", np.float32(1))
        for name, array in packed.items()
        if not name.endswith(".scale")
    }


def _is_int8(layers: Mapping[str, NDArray[Any]]) -> bool:
    return any(name.endswith(".scale") for name in layers)


def _as_in_graph(layers: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Matrices turned to (in, out), those of query, key and value side by side, scales with zero points."""
    ready = {name: array for name, array in layers.items() if ".attention.self." not in name}
    kinds = {name.split(".attention.self.query.")[1] for name in layers if ".attention.self.query." in name}
    for prefix in {name.split(".attention.")[0] for name in layers if ".attention." in name}:
        for kind in kinds:
            together = [
                layers[f"{prefix}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")
            ]
            ready[f"{prefix}.attention.qkv.{kind}"] = np.concatenate(together)
    for name in [name for name in ready if name.endswith(".scale")]:
        ready[name] = ready[name].reshape(-1)
        ready[f"{name.removesuffix('.scale')}.zero"] = np.zeros(len(ready[name]), dtype=np.int8)
    return {name: _contiguous(array) for name, array in ready.items()}


def _contiguous(array: NDArray[Any]) -> NDArray[Any]:
    kept: NDArray[Any] = array.T if array.dtype == np.int8 else array.T.astype(np.float32)
    return np.ascontiguousarray(kept)


def _graph(name: str) -> bytes:
    graph = files("grader.analysis").joinpath(name)
    if not graph.is_file():
        raise ModelError(f"the encoder's graph ({name}) is missing: reinstall grader")
    return graph.read_bytes()


def _session(weights: Mapping[str, NDArray[Any]], int8: bool, where: Device) -> "InferenceSession":
    ort = onnx_runtime()
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # other sums would change last digits
    options.graph_optimization_level = (
        ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    )  # the graph is as it should be
    options.use_deterministic_compute = where == "cuda"  # kernels of the CPU are so by themselves
    values = [ort.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    try:
        session = ort.InferenceSession(_graph(GRAPHS[int8]), options, providers=PROVIDERS[where])
    except runtime_errors() as error:
        advice = "reinstall grader" if where == "cpu" else "fewer --jobs, or --device cpu"
        raise ModelError(f"the encoder cannot be loaded ({_said(error)}): {advice}") from error
    if where == "cuda" and CUDA not in session.get_providers():  # it goes on without, with a warning
        raise ModelError("the encoder cannot be loaded on a CUDA device: use --device cpu")
    session.disable_fallback()  # a device that is lost ends the run; it does not change the arithmetic
    return session


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
