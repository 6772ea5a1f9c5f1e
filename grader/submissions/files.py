"""Files on disk: a folder walked without following links, a file read without ever blocking."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from grader.errors import UnreadableError
from grader.readers.container import PIECE
from grader.schema import Reason
from grader.submissions.found import Ignored, Submission, is_hidden, printable

MAX_FILE_BYTES = 200 * 2**20
TOO_LARGE = f"larger than {MAX_FILE_BYTES // 2**20} MiB; make its pictures smaller or split it"


def files_in(folder: Path) -> Iterator[tuple[str, Path, Submission | Ignored | None]]:
    """Every file under `folder` in sorted order: source, path, and its outcome if it is not to be opened.

    Links are not followed, hidden files and folders passed by. Folders may be deep: no recursion.
    """
    root = resolved(folder)
    waiting = [root]
    found: list[tuple[Path, Submission | Ignored | None]] = []
    while waiting:
        current = waiting.pop()
        try:
            entries = list(os.scandir(current))
        except OSError as error:
            text = f"folder cannot be opened: {error.strerror}"
            found.append((current, _problem(root, current, "unreadable", text)))
            continue
        for entry in entries:
            path = current / entry.name
            if is_hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                found.append((path, _link(root, path) if entry.is_symlink() else special(path, root)))
    for path, item in sorted(found, key=lambda pair: pair[0].parts):
        yield _relative(root, path), path, item


def special(path: Path, root: Path) -> Submission | None:
    """The outcome for what is no regular file, None for a regular one."""
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return _problem(root, path, "unreadable", f"cannot be opened: {error.strerror}")
    return None if regular else _problem(root, path, "not_a_file", "not a regular file (pipe, device …)")


def read_regular(path: Path) -> bytes:
    """All of a regular file, up to the limit; never blocks on pipes, never follows a link put there since."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise UnreadableError("unreadable", f"cannot be opened: {error.strerror}") from None
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not_a_file", "not a regular file (folder, pipe, device …)")
        if status.st_size > MAX_FILE_BYTES:
            raise UnreadableError("too_large", TOO_LARGE)
        pieces, left = [], MAX_FILE_BYTES
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


def resolved(path: Path) -> Path:
    """The absolute path without links; links in a loop are left as they are."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_there(path: Path) -> bool:
    """Whether there is something at `path`, as far as the system lets it be seen."""
    try:
        return path.exists()
    except OSError:
        return False


def _link(root: Path, path: Path) -> Submission | Ignored:
    target = resolved(path)
    if target.is_relative_to(root) and is_there(target):
        return Ignored(_relative(root, path), "a link to something in the same folder, which is read itself")
    return _problem(root, path, "link", "a link out of the folder or to nowhere; put the file itself there")


def _problem(root: Path, path: Path, code: str, text: str) -> Submission:
    return Submission(_relative(root, path), path, problem=Reason(code=code, text=text))


def _relative(root: Path, path: Path) -> str:
    return printable(path.relative_to(root).as_posix()) if path != root else printable(root.name)
