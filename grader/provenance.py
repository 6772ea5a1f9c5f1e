"""Where results come from: the versions, settings and times that ``run.json`` holds."""

import platform
import re
from datetime import UTC, datetime
from importlib import metadata

from grader import __version__
from grader.pipeline import Settings
from grader.schema import Rubric, RunInfo


def run_info(rubric: Rubric, settings: Settings) -> RunInfo:
    """The run that begins now. Models and agreement follow with the first document that is scored."""
    return RunInfo(
        program=__version__,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_hash=rubric.hash,
        profile=settings.profile or "by kind",
        versions={"python": platform.python_version(), **library_versions()},
        settings={"kind": settings.kind, "model": settings.model, "profile": settings.profile},
        started=now(),
    )


def library_versions() -> dict[str, str]:
    """Version by name of every library that grader depends on; "missing" for one that is not installed."""
    return {name: _version(name) for name in sorted(_dependencies())}


def now() -> str:
    """The time in ISO 8601 with zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _dependencies() -> list[str]:
    requirements = [r for r in metadata.requires("grader") or [] if "extra ==" not in r]
    return [match[0] for r in requirements if (match := re.match(r"[\w.-]+", r))]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
