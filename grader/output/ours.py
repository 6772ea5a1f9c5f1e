"""Which files in a folder a run of grader wrote: those are replaced and never graded, all others are left alone."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from grader.errors import UsageError
from grader.output.durable import PARTIAL, remove
from grader.report_names import Key, report_names

REPORTS = "feedback"
INDEX, RESULTS, SCORES, RUN = "index.html", "results.jsonl", "scores.csv", "run.json"
TABLE, SUMMARY, DUPLICATES = "scores.parquet", "summary.md", "duplicates.csv"
TOP_LEVEL = (INDEX, RESULTS, SCORES, TABLE, SUMMARY, DUPLICATES, RUN)
REPORT_FORMATS = (".html", ".md")

_LARGEST_RUN_JSON = 2**20
_NAME = re.compile(r"[A-Za-z0-9_+~-][A-Za-z0-9._+~-]*\.(html|md)")
_PARTIAL = re.compile(r"\..+\.(html|md|csv|parquet|json|jsonl)" + re.escape(PARTIAL))


def is_results_folder(folder: Path) -> bool:
    """True when a run of grader has written its results to `folder`."""
    path = folder / RUN
    try:
        # the folder can be a stranger's: no pipes, no giants
        if not path.is_file() or path.stat().st_size > _LARGEST_RUN_JSON:
            return False
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(run, dict) and {"program", "rubric_id", "rubric_hash"} <= run.keys()


def is_report(path: Path) -> bool:
    """True for a file that a run of grader wrote, which is not to be graded itself."""
    if path.parent.name == REPORTS and path.suffix in REPORT_FORMATS:
        folder = path.parent.parent
        return is_results_folder(folder) and path.name in _reports_of(folder, _changed(folder / RESULTS))
    return path.name in TOP_LEVEL and is_results_folder(path.parent)


@lru_cache(maxsize=4)
def _reports_of(folder: Path, changed: int) -> frozenset[str]:
    return frozenset(earlier_reports(folder))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def refuse_foreign_files(folder: Path) -> None:
    """Raises UsageError when `folder` is a file, or holds files of our names that are not ours."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out {folder}: is a file, expected a folder")
    foreign = [name for name in (*TOP_LEVEL, REPORTS) if (folder / name).exists()]
    if foreign and not is_results_folder(folder):
        raise UsageError(
            f"--out {folder}: holds {', '.join(foreign)} not written by grader; choose another folder"
        )


def files_of(name: str) -> list[str]:
    """File names of the reports of the document whose report is called `name`."""
    return [f"{name}{suffix}" for suffix in REPORT_FORMATS]


def is_file_name(name: str) -> bool:
    """True for what can be the name of a report."""
    return _NAME.fullmatch(name) is not None


def earlier_reports(folder: Path) -> Iterator[str]:
    """Names of the report files that the results of an earlier run in `folder` account for."""
    path = folder / RESULTS
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for name in report_names(filter(None, map(_key_of, lines))):
            yield from files_of(name)


def remove_partial_files(folder: Path) -> None:
    """Remove what a killed run had begun to write."""
    for where in (folder, folder / REPORTS):
        for path in where.glob(f".*{PARTIAL}") if where.is_dir() else ():
            if _PARTIAL.fullmatch(path.name):
                remove(path)


def _key_of(line: str) -> Key | None:
    try:
        result = json.loads(line)
        return result["source"], result["member"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # not a line of ours: what it names is left alone
