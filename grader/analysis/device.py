"""Where the encoder computes and in which numbers: one choice for a whole process, as with threads.

Being listed by ONNX Runtime says only that a build knows CUDA. Whether it works here (driver, libraries,
a device) shows when something is put on the device, so that is tried once, and only where it can matter.
"""

import contextlib
import io
import os
import platform
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from grader.errors import UsageError

Device = Literal["cpu", "cuda"]
DeviceChoice = Literal["auto", "cpu", "cuda"]

CPU, CUDA = "CPUExecutionProvider", "CUDAExecutionProvider"
PROVIDERS: dict[Device, list[str | tuple[str, dict[str, str]]]] = {
    "cpu": [CPU],
    "cuda": [(CUDA, {"use_tf32": "0"}), CPU],
}
"""What a session is made with, in order of preference. TF32 would cut float32 to 10 bits on newer devices."""

_chosen: Device | None = None


def choose(wanted: DeviceChoice, providers: Sequence[str], failure: str = "") -> Device:
    """The device that `wanted` means.

    Args:
        providers: what the installed ONNX Runtime knows.
        failure: why CUDA does not work here although it is known; "" where it does, or is not known.

    Raises:
        UsageError: CUDA is wanted and is not to be had.
    """
    lack = lacking(providers, failure)
    if wanted == "cuda" and lack:
        raise UsageError(f"--device cuda: {lack}; --device cpu works")
    return "cpu" if lack or wanted == "cpu" else "cuda"


def lacking(providers: Sequence[str], failure: str = "") -> str:
    """What is missing for CUDA and how to get it, "" where nothing is; as for `choose`."""
    if CUDA in providers:
        return failure
    return f"the installed ONNX Runtime has no CUDA (pip uninstall onnxruntime; {_install()})"


def resolved(wanted: DeviceChoice) -> Device:
    """The device that `wanted` means on this machine; for the CPU nothing of CUDA is touched.

    Raises:
        UsageError: CUDA is wanted and is not to be had.
    """
    return "cpu" if wanted == "cpu" else choose(wanted, *cuda_here())


@lru_cache(maxsize=1)
def cuda_here() -> tuple[tuple[str, ...], str]:
    """What the installed ONNX Runtime knows, and why its CUDA does not work here, "" where it does."""
    if not knows_cuda():  # without loading it
        return (CPU,), ""
    runtime = onnx_runtime()
    providers = tuple(runtime.get_available_providers())
    return providers, _failure(runtime) if CUDA in providers else ""


def knows_cuda() -> bool:
    """Whether the installed ONNX Runtime is a build with CUDA."""
    spec = find_spec("onnxruntime")
    folders = spec.submodule_search_locations if spec else None
    return any(
        True for folder in folders or () for _ in Path(folder).glob("capi/*onnxruntime_providers_cuda*")
    )


def runtime_version() -> str:
    """Version of the installed ONNX Runtime, "" where there is none."""
    for name in ("onnxruntime-gpu", "onnxruntime") if knows_cuda() else ("onnxruntime",):
        with contextlib.suppress(metadata.PackageNotFoundError):
            return metadata.version(name)
    return ""


def onnx_runtime() -> Any:
    """The library, loaded so that it reports nothing home."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it does otherwise, from its import on
    import onnxruntime

    return onnxruntime


def runtime_errors() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises when it cannot load or run something: its own errors are no RuntimeError."""
    state = onnx_runtime().capi.onnxruntime_pybind11_state
    return (RuntimeError, state.EPFail, state.Fail, state.InvalidArgument, state.RuntimeException)


def compute_on(device: Device) -> None:
    """Let every encoder that this process loads from now on compute on `device`.

    Raises:
        UsageError: the process computes on another one: what it has loaded stays there.
    """
    global _chosen
    if _chosen not in (None, device):
        raise UsageError(f"--device {device}: this process computes on {_chosen}; use another process")
    _chosen = device


def device() -> Device:
    """Where this process computes."""
    return _chosen or "cpu"


@lru_cache(maxsize=1)
def multiplies_int8() -> bool:
    """Whether this processor multiplies 8-bit numbers exactly and quickly; others may cut sums off."""
    try:
        known = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "avx512_vnni" in known or "avx_vnni" in known


def uses_int8(where: Device | None = None) -> bool:
    """Whether matrices that are stored in 8 bits are multiplied so, `where` or in this process; else in float32."""
    return (where or device()) == "cpu" and multiplies_int8()


def arithmetic(where: Device) -> str:
    """What of this machine can change last digits of what is computed there, such as ``x86_64 cpu, int8``."""
    return f"{platform.machine()} {where}, {'int8' if uses_int8(where) else 'float32'}"


def _failure(runtime: Any) -> str:
    """Why nothing can be put on a CUDA device, "" where it can."""
    import numpy as np

    with _quiet(runtime):
        runtime.preload_dlls()  # those that come as packages are found by this alone
        try:
            runtime.OrtValue.ortvalue_from_numpy(np.zeros(1, np.float32), "cuda", 0)
        except runtime_errors():
            return (
                "ONNX Runtime cannot use CUDA here (no device, no driver or no libraries; "
                f"see nvidia-smi, and {_install()})"
            )
    return ""


@contextlib.contextmanager
def _quiet(runtime: Any) -> Iterator[None]:
    """Within it, ONNX Runtime writes nothing over the terminal, nor between results on stdout."""
    runtime.set_default_logger_severity(4)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        runtime.set_default_logger_severity(2)


def _install() -> str:
    return f'pip install "onnxruntime-gpu[cuda,cudnn]=={runtime_version()}"'
