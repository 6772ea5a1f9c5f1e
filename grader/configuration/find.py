"""Where the configuration of a folder lies: the nearest file upwards; files further up are not merged in."""

from collections.abc import Sequence
from pathlib import Path

from grader.configuration.load import Configuration, load_configuration, load_if_configured

OWN_FILE, SHARED_FILE = "grader.toml", "pyproject.toml"


def find_configuration(folder: Path, outside: Sequence[Path] = ()) -> Configuration:
    """The nearest ``grader.toml``, or ``pyproject.toml`` with ``[tool.grader]``, in `folder` or above it.

    In one folder ``grader.toml`` comes first. Without any file the configuration is empty.

    Args:
        outside: folders of submissions; a file in or below one of them is passed over, so that nobody is
            graded by settings of their own.

    Raises:
        ConfigurationError: the nearest file cannot be used.
    """
    start = folder.resolve()
    submitted = [path.resolve() for path in outside]
    passed_over: list[Path] = []
    for place in (start, *start.parents):
        if any(place.is_relative_to(path) for path in submitted):
            passed_over += _files_of_ours(place)
        elif found := _in_folder(place):
            return found.model_copy(update={"passed_over": tuple(passed_over)})
    return Configuration(passed_over=tuple(passed_over))


def _in_folder(place: Path) -> Configuration | None:
    own, shared = place / OWN_FILE, place / SHARED_FILE
    if own.is_file():
        return load_configuration(own)
    return load_if_configured(shared) if shared.is_file() else None


def _files_of_ours(place: Path) -> list[Path]:
    # What is passed over is a stranger's: it is named, never opened.
    return [place / OWN_FILE] if (place / OWN_FILE).is_file() else []
