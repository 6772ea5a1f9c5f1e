"""Results of an earlier run, read back from its out folder or its ``results.jsonl``."""

from pathlib import Path

from grader.errors import UsageError
from grader.renderers.json_lines import from_line
from grader.schema import Assessment, RunInfo

RESULTS, RUN = "results.jsonl", "run.json"


def are_results(path: Path) -> bool:
    """True for what `read_results` is meant to read: a folder, or a file of JSON lines."""
    return path.is_dir() or path.suffix.lower() == ".jsonl"


def read_results(path: Path) -> tuple[list[Assessment], RunInfo | None]:
    """The assessments of a run, in their order, and how it was made (None without a ``run.json`` beside them).

    Raises:
        UsageError: no results there, or a file that is none of ours.
    """
    lines = path / RESULTS if path.is_dir() else path
    if not lines.is_file():
        raise UsageError(f"{path}: holds no {RESULTS}; grade it first: grader grade {path} --out DIR")
    try:
        text = lines.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{lines}: cannot be read ({error}); give the {RESULTS} of a run") from error
    found = [_assessment(lines, number, line) for number, line in _numbered(text)]
    if not found:
        raise UsageError(f"{lines}: holds no results; give the {RESULTS} of a run")
    return found, _run(lines.with_name(RUN))


def _numbered(text: str) -> list[tuple[int, str]]:
    # Not splitlines: other line breaks than the line feed may stand inside a line.
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _assessment(path: Path, number: int, line: str) -> Assessment:
    try:
        return from_line(line)
    except ValueError as error:
        problem = str(error).splitlines()[0]
        raise UsageError(
            f"{path}:{number}: not a result of this version of grader ({problem}); grade the documents again"
        ) from error


def _run(path: Path) -> RunInfo | None:
    if not path.is_file():
        return None
    try:
        return RunInfo.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise UsageError(
            f"{path}: not the {RUN} of this version of grader ({problem}); grade the documents again"
        ) from error
