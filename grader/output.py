"""The out folder: every file written whole or not at all, and nothing in it touched that is not ours."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from grader.errors import UsageError
from grader.pipeline import Graded
from grader.provenance import now
from grader.renderers.json_lines import to_line
from grader.report_names import Key, report_names
from grader.schema import Assessment, Rubric, RunInfo

REPORTS = "feedback"
INDEX, RESULTS, SCORES, RUN = "index.html", "results.jsonl", "scores.csv", "run.json"
_TOP_LEVEL = (INDEX, RESULTS, SCORES, RUN)
_REPORT_FORMATS = (".html", ".md")
_LARGEST_RUN_JSON = 2**20


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
    if path.parent.name == REPORTS and path.suffix in _REPORT_FORMATS:
        return is_results_folder(path.parent.parent)
    return path.name in _TOP_LEVEL and is_results_folder(path.parent)


class ResultsFolder:
    """Writes the report of each document as it comes; on leaving the context, the files that sum them up.

    Left early (Ctrl-C), it sums up what was done, and the folder then holds that and nothing older; with
    nothing done it stays as it was.

    Attributes:
        summaries: the assessments so far, without their texts and quotes.
        run: what is written to ``run.json``.
    """

    def __init__(self, folder: Path, rubric: Rubric, run: RunInfo, keys: Sequence[Key]) -> None:
        """`keys` are those of all documents to come, in order.

        Raises:
            UsageError: the folder cannot be made, or holds files of the same names that are not ours.
        """
        self.summaries: list[Assessment] = []
        self.run = run
        self._folder = folder
        self._rubric = rubric
        self._keys = keys
        self._names = report_names(keys)
        self._lines: IO[bytes] | None = None
        self._earlier: set[str] = set()
        _refuse_foreign_files(folder)

    def __enter__(self) -> "ResultsFolder":
        return self

    def add(self, graded: Graded) -> None:
        """Write the reports of the next document. Raises UsageError when that fails."""
        if graded.scorer:
            self.run = self.run.model_copy(update=asdict(graded.scorer))
        with _write_errors_named(self._folder):
            lines = self._lines or self._begin()
            for name, text in self._reports(graded):
                write_atomically(self._folder / REPORTS / name, text)
            lines.write(_utf8(to_line(graded.assessment) + "\n"))
        self.summaries.append(summary(graded.assessment))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or self.summaries:
            with _write_errors_named(self._folder):
                self._finish(self._lines or self._begin())

    def _begin(self) -> IO[bytes]:
        (self._folder / REPORTS).mkdir(parents=True, exist_ok=True)
        self._earlier = set(_earlier_reports(self._folder))
        write_atomically(self._folder / RUN, _json(self.run))  # so that a killed run is known as ours
        self._lines = (self._folder / f".{RESULTS}.partial").open("wb")
        return self._lines

    def _reports(self, graded: Graded) -> Iterator[tuple[str, str]]:
        from grader.renderers.html_report import render_html
        from grader.renderers.markdown_report import render_markdown

        name = self._names[len(self.summaries)]
        yield f"{name}.html", render_html(graded.document, graded.assessment, self._rubric, self.run)
        yield f"{name}.md", render_markdown(graded.assessment, self._rubric, self.run)

    def _finish(self, lines: IO[bytes]) -> None:
        from grader.renderers.html_index import render_index
        from grader.renderers.tables import csv_text, scores_frame

        _replace(lines, self._folder / RESULTS)
        links = {i: f"{REPORTS}/{self._names[i]}.html" for i in range(len(self.summaries))}
        write_atomically(self._folder / SCORES, csv_text(scores_frame(self.summaries, self._rubric)))
        write_atomically(self._folder / INDEX, render_index(self.summaries, self._rubric, self.run, links))
        for name in self._earlier - set(self._written()):
            (self._folder / REPORTS / name).unlink(missing_ok=True)
        self.run = self.run.model_copy(update={"counts": self.counts(), "finished": now()})
        write_atomically(self._folder / RUN, _json(self.run))

    def _written(self) -> Iterator[str]:
        for name in self._names[: len(self.summaries)]:
            yield from _files_of(name)

    def counts(self) -> dict[str, int]:
        """Number of documents by status, and of those that were not reached."""
        counts = Counter[str](assessment.status for assessment in self.summaries)
        counts["not_reached"] = len(self._keys) - len(self.summaries)
        return dict(sorted(counts.items()))


def summary(assessment: Assessment) -> Assessment:
    """The assessment without texts and quotes: what tables need, small enough to keep for a whole cohort."""
    slim = {"reason": "", "missing": "", "next_step": "", "evidence": ()}
    criteria = tuple(score.model_copy(update=slim) for score in assessment.criteria)
    return assessment.model_copy(update={"criteria": criteria})


def write_atomically(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that `path` holds the old content or the new, never a part. Raises OSError."""
    with path.with_name(f".{path.name}.partial").open("wb") as file:
        file.write(_utf8(text))
        _replace(file, path)


def _replace(file: IO[bytes], path: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()  # Windows renames closed files only
    Path(file.name).replace(path)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # names of files may hold bytes that are no text


def _json(run: RunInfo) -> str:
    return run.model_dump_json(by_alias=True, indent=2) + "\n"


def _files_of(name: str) -> list[str]:
    return [f"{name}{suffix}" for suffix in _REPORT_FORMATS]


def _earlier_reports(folder: Path) -> Iterator[str]:
    """Names of the report files that the results of an earlier run in `folder` account for."""
    path = folder / RESULTS
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for name in report_names(filter(None, map(_key_of, text.split("\n")))):
        yield from _files_of(name)


def _key_of(line: str) -> Key | None:
    try:
        result = json.loads(line)
        return result["source"], result["member"]
    except (ValueError, KeyError, TypeError):
        return None  # not a line of ours: what it names is left alone


def _refuse_foreign_files(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out {folder}: is a file, expected a folder")
    foreign = [name for name in (*_TOP_LEVEL, REPORTS) if (folder / name).exists()]
    if foreign and not is_results_folder(folder):
        raise UsageError(
            f"--out {folder}: holds {', '.join(foreign)} not written by grader; choose another folder"
        )


@contextmanager
def _write_errors_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"--out {folder}: cannot write {error.filename or 'a file'}: {error.strerror}"
        ) from error
