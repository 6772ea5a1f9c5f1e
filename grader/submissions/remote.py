"""Documents that are no file here: objects at an address, rows of a Parquet table. Listed now, fetched when read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from grader.errors import UnreadableError, UsageError
from grader.readers.container import PIECE
from grader.remote import errors_named, filesystem, local_path
from grader.schema import Reason
from grader.submissions.files import MAX_FILE_BYTES, TOO_LARGE
from grader.submissions.found import (
    ARCHIVES,
    TABLES,
    Ignored,
    Place,
    Submission,
    is_document,
    is_hidden,
    printable,
)
from grader.submissions.tables import content, rows

_LONGEST_SUFFIX = 20


def documents_at(url: str) -> Iterator[Submission | Ignored]:
    """What is at the address: one document, a table, or everything below it in sorted order.

    Raises:
        UsageError: nothing is there, or it cannot be asked.
    """
    if PurePosixPath(url).suffix.lower() in TABLES:
        yield from rows(url)
        return
    with errors_named(url):
        files, root = filesystem(url)
        found = {name: int(facts.get("size") or 0) for name, facts in files.find(root, detail=True).items()}
    if not found:
        raise UsageError(f"{url}: nothing is there; check the address")
    folder = root if root not in found else str(PurePosixPath(root).parent)
    for name in sorted(found):
        source = name.removeprefix(folder).lstrip("/")
        if not any(map(is_hidden, source.split("/"))):
            yield _object(files.unstrip_protocol(name), name, printable(source), found[name])


def _object(url: str, name: str, source: str, size: int) -> Submission | Ignored:
    suffix = PurePosixPath(name).suffix.lower()
    problem = None
    if suffix in ARCHIVES:
        problem = Reason(code="unreadable", text="archives at an address are not opened; unpack it there")
    elif not is_document(suffix):
        return Ignored(source, "not a document by its suffix")
    elif size > MAX_FILE_BYTES:
        problem = Reason(code="too_large", text=TOO_LARGE)
    return Submission(source, Path(name), problem=problem, place=Place(url))


@contextmanager
def on_disk(submission: Submission) -> Iterator[Submission]:
    """The submission with a file on this machine; one that was fetched is removed afterwards.

    Raises:
        UnreadableError: it cannot be fetched.
    """
    if submission.place is None:
        yield submission
        return
    suffix = PurePosixPath(submission.source).suffix
    with TemporaryDirectory(prefix="grader-") as folder:
        target = Path(folder) / f"document{suffix if len(suffix) <= _LONGEST_SUFFIX else ''}"
        _fetch(submission.place, target)
        yield replace(submission, path=target)


def _fetch(place: Place, target: Path) -> None:
    here = local_path(place.url)
    try:
        with errors_named(here.name if here else place.url):
            if place.row is None:
                _copy(place.url, target)
            else:
                target.write_bytes(content(place))
    except UsageError as error:
        said = str(error).replace(str(here), here.name) if here else str(error)  # reports are shared
        raise UnreadableError("unreadable", f"cannot be fetched: {said}") from None


def _copy(url: str, target: Path) -> None:
    files, path = filesystem(url)
    left = MAX_FILE_BYTES
    with files.open(path, "rb") as source, target.open("wb") as here:
        while piece := source.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise UnreadableError("too_large", TOO_LARGE)
            here.write(piece)
