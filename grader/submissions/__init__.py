"""Finds what is to be graded under files, folders and zip portfolios; nothing found is dropped silently."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UnreadableError, UsageError
from grader.schema import Reason
from grader.submissions.archive import documents_in, read_member
from grader.submissions.files import files_in, read_regular, resolved, special
from grader.submissions.found import ARCHIVES, Ignored, Submission, is_document, printable

__all__ = ["Findings", "Ignored", "Submission", "find_submissions", "load", "scan"]


@dataclass(frozen=True)
class Findings:
    """All that was found: `submissions` are graded or refused one by one, `ignored` is only listed."""

    submissions: tuple[Submission, ...]
    ignored: tuple[Ignored, ...]


def find_submissions(paths: Sequence[str | Path]) -> Iterator[Submission]:
    """The submissions under `paths`, in sorted order within each. Raises UsageError for a missing path."""
    yield from scan(paths).submissions


def scan(paths: Sequence[str | Path]) -> Findings:
    """Submissions and ignored files under `paths`; a file reached twice counts once.

    Raises:
        UsageError: a path that does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder; check the path")
    submissions: list[Submission] = []
    ignored: list[Ignored] = []
    seen: set[tuple[Path, str | None]] = set()
    for path in map(Path, paths):
        for item in _in_folder(path) if path.is_dir() else _given_file(path):
            if isinstance(item, Ignored):
                ignored.append(item)
            elif (key := (resolved(item.path), item.member)) not in seen:
                seen.add(key)
                submissions.append(item)
    return Findings(tuple(_distinct(submissions)), tuple(ignored))


def load(submission: Submission) -> bytes:
    """The submission's bytes.

    Raises:
        UnreadableError: its `problem`; ``not_a_file``, ``unreadable``, ``too_large``; or what `Container`
            refuses.
    """
    if submission.problem:
        raise UnreadableError(submission.problem.code, submission.problem.text)
    data = read_regular(submission.path)
    return data if submission.member is None else read_member(data, submission.member, submission.inner)


def _given_file(path: Path) -> Iterator[Submission | Ignored]:
    source, target = printable(path.name), resolved(path)
    if not target.exists():
        yield Submission(source, path, problem=Reason(code="link", text="a link that leads nowhere"))
    elif problem := special(target, target.parent):
        yield replace(problem, source=source)
    else:
        yield from documents_in(source, target) if _suffix(path) in ARCHIVES else [Submission(source, target)]


def _in_folder(folder: Path) -> Iterator[Submission | Ignored]:
    for source, path, outcome in files_in(folder):
        if outcome is not None:
            yield outcome
        elif _suffix(path) in ARCHIVES:
            yield from documents_in(source, path)
        elif is_document(_suffix(path)):
            yield Submission(source, path)
        else:
            yield Ignored(source, "not a document by its suffix")


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def _distinct(submissions: Sequence[Submission]) -> Iterator[Submission]:
    """Give submissions of one name names of their own: the folder's name in front, then a number."""
    counts = Counter((item.source, item.member) for item in submissions)
    taken = {key for key, count in counts.items() if count == 1}
    for item in submissions:
        source = item.source
        if counts[source, item.member] > 1:
            source = _with_folder(item)
            number = 1
            while (source, item.member) in taken:
                number += 1
                source = f"{_with_folder(item)} ({number})"
            taken.add((source, item.member))
        yield replace(item, source=source)


def _with_folder(item: Submission) -> str:
    """The source with the name of the folder that it is relative to."""
    folder = list(item.path.parents)[min(item.source.count("/"), len(item.path.parents) - 1)]
    return f"{printable(folder.name)}/{item.source}" if folder.name else item.source
