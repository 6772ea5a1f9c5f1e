"""Finds what is to be graded under files, folders and zip portfolios; nothing found is dropped silently."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grader.errors import UnreadableError, UsageError
from grader.remote import local_path
from grader.schema import Reason
from grader.submissions import archive
from grader.submissions.files import files_in, is_there, read_regular, resolved, special
from grader.submissions.found import (
    ARCHIVES,
    TABLES,
    Findings,
    Ignored,
    Place,
    Submission,
    is_document,
    printable,
)
from grader.submissions.remote import documents_at, on_disk
from grader.submissions.tables import rows

__all__ = ["Findings", "Ignored", "Place", "Submission", "find_submissions", "load", "on_disk", "scan"]

ArchiveLister = Callable[[str, Path], Iterable[Submission | Ignored]]
"""From the source and the path of an archive to what is in it."""


def find_submissions(paths: Sequence[str | Path]) -> Iterator[Submission]:
    """The submissions under `paths`, in sorted order within each. Raises UsageError for a missing path."""
    yield from scan(paths).submissions


def scan(paths: Sequence[str | Path], documents_in: ArchiveLister | None = None) -> Findings:
    """Submissions and ignored files under `paths`; a file reached twice counts once.

    A path can be an address (``s3://…``), or a Parquet table with columns ``source`` and ``content``.

    Args:
        documents_in: lists an archive, such as in a process of its own; None lists it here.

    Raises:
        UsageError: a path that does not exist, an address or a table that cannot be used.
    """
    for path in paths:
        here = local_path(path)
        if here is not None and not os.path.lexists(here):
            raise UsageError(f"{path}: no such file or folder; check the path")
    submissions: list[Submission] = []
    ignored: list[Ignored] = []
    seen: set[tuple[Path | Place, str | None, str | None]] = set()
    for path in paths:
        for item in _under(path, documents_in or _documents_in):
            if isinstance(item, Ignored):
                ignored.append(item)
            elif (key := (item.place or resolved(item.path), item.member, item.inner)) not in seen:
                seen.add(key)
                submissions.append(item)
    return Findings(tuple(_distinct(submissions)), tuple(ignored))


def _under(given: str | Path, documents_in: ArchiveLister) -> Iterable[Submission | Ignored]:
    path = local_path(given)
    if path is None:
        return documents_at(str(given))
    if path.is_dir():
        return _in_folder(path, documents_in)
    if _suffix(path) in TABLES and path.is_file():
        return rows(str(resolved(path)))
    return _given_file(path, documents_in)


def load(submission: Submission) -> bytes:
    """The submission's bytes.

    Raises:
        UnreadableError: its `problem`; ``not_a_file``, ``unreadable``, ``too_large``; or what `Container`
            refuses.
    """
    if submission.problem:
        raise UnreadableError(submission.problem.code, submission.problem.text)
    with on_disk(submission) as here:
        data = read_regular(here.path)
    return (
        data if submission.member is None else archive.read_member(data, submission.member, submission.inner)
    )


def _documents_in(source: str, path: Path) -> Iterator[Submission | Ignored]:
    try:
        yield from archive.documents_in(source, path, read_regular(path))
    except UnreadableError as error:
        yield Submission(source, path, problem=Reason(code=error.code, text=str(error)))


def _given_file(path: Path, documents_in: ArchiveLister) -> Iterator[Submission | Ignored]:
    source, target = printable(path.name), resolved(path)
    if not is_there(target):
        yield Submission(source, path, problem=Reason(code="link", text="a link that leads nowhere"))
    elif problem := special(target, target.parent):
        yield replace(problem, source=source)
    else:
        yield from documents_in(source, target) if _suffix(path) in ARCHIVES else [Submission(source, target)]


def _in_folder(folder: Path, documents_in: ArchiveLister) -> Iterator[Submission | Ignored]:
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
    """Give submissions of one name names of their own: the folder's name in front, then a number before the suffix."""
    counts = Counter((item.source, item.member) for item in submissions)
    taken = {key for key, count in counts.items() if count == 1}
    last: dict[tuple[str, str | None], int] = {}  # in a table thousands can have one name
    for item in submissions:
        source = item.source
        if counts[source, item.member] > 1:
            source = plain = _with_folder(item)
            number = last.get((plain, item.member), 1)
            while (source, item.member) in taken:
                number += 1
                source = _numbered(plain, number)
            last[plain, item.member] = number
            taken.add((source, item.member))
        yield replace(item, source=source)


def _numbered(source: str, number: int) -> str:
    """The suffix stays: it says how the file is read."""
    suffix = PurePosixPath(source).suffix
    return f"{source.removesuffix(suffix)} ({number}){suffix}"


def _with_folder(item: Submission) -> str:
    """The source with the name of the folder that it is relative to."""
    folder = list(item.path.parents)[min(item.source.count("/"), len(item.path.parents) - 1)]
    return f"{printable(folder.name)}/{item.source}" if folder.name else item.source
