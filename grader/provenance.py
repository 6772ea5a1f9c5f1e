"""Where results come from: the versions, settings and times that ``run.json`` holds."""

import hashlib
import platform
import re
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from grader import __version__
from grader.analysis.device import arithmetic, resolved, runtime_version
from grader.pipeline import Settings
from grader.rubric.measure import measure
from grader.schema import Rubric, RunInfo

_PROGRAM = frozenset({".py", ".json", ".yaml", ".safetensors", ".onnx", ".html", ".css", ".js"})


def run_info(rubric: Rubric, settings: Settings) -> RunInfo:
    """The run that begins now. Models and agreement follow with the first document that is scored."""
    return RunInfo(
        program=__version__,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        profile=settings.profile or "by kind",
        measured=measure(rubric),
        versions={"python": platform.python_version(), **library_versions()},
        settings={
            "kind": settings.kind,
            "model": settings.model,
            "profile": settings.profile,
            "time_limit": settings.limits.seconds,
            "memory_limit": settings.limits.memory_mib,
        },
        computed=arithmetic(resolved(settings.device)),
        started=now(),
    )


def library_versions() -> dict[str, str]:
    """Version by name of every library that grader depends on; "missing" for one that is not installed."""
    found = {name: _version(name) for name in sorted(_dependencies())}
    return {**found, "onnxruntime": runtime_version() or "missing"}  # its build with CUDA has another name


@cache
def program_hash() -> str:
    """sha256 over all files of the installed program: code, weights, rubrics and templates."""
    digest = hashlib.sha256()
    for package in ("grader", "grader_rubrics"):
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in _PROGRAM and path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def now() -> str:
    """The time in ISO 8601 with zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _dependencies() -> list[str]:
    requirements = [r for r in metadata.requires("grader") or [] if "extra ==" not in r]
    return [match[0] for r in requirements if (match := re.match(r"[\w.-]+", r))]


@cache
def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
