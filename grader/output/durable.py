"""Files that survive a crash: written under a temporary name, forced to disk, then put in place.

Whatever changes the out folder is here and in the journal, as single system calls, so that a test can let
each of them fail.
"""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grader.errors import UsageError

PARTIAL = ".partial"
LOCK = ".grader.lock"

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn every line feed into two bytes
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


def write_atomically(path: Path, pieces: bytes | str | Iterable[str], *, forced: bool = True) -> str:
    """Write bytes, or text as UTF-8, so that `path` holds the old content or the new, never a part.

    Not `forced`, a power cut may still take it, up to the next `force`; a killed process may not.
    Returns the sha256 of the bytes, in hex. Raises OSError; the temporary file is gone then.
    """
    partial = path.with_name(f".{path.name}{PARTIAL}")
    digest = hashlib.sha256()
    try:
        partial.unlink(missing_ok=True)  # from a run that was killed
        # never through a link that someone put there
        with opened(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
            for piece in [pieces] if isinstance(pieces, bytes | str) else pieces:
                data = piece if isinstance(piece, bytes) else utf8(piece)
                digest.update(data)
                write_all(file, data)
            if forced:
                os.fsync(file)
        partial.replace(path)  # Windows renames closed files only
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        error.filename = str(path)
        raise
    if forced:
        sync_folder(path.parent)
    return digest.hexdigest()


def force(paths: Iterable[Path], folder: Path) -> None:
    """Force files of `folder`, and their names, to disk. Raises OSError."""
    for path in paths:
        with opened(path, os.O_RDWR) as file:  # Windows forces only what could be written
            os.fsync(file)
    sync_folder(folder)


def utf8(text: str) -> bytes:
    """The text as it stands in files: names of files may hold bytes that are no text."""
    return text.encode("utf-8", "replace")


@contextmanager
def opened(path: Path, flags: int) -> Iterator[int]:
    """Descriptor of a file of ours, closed at the end."""
    file = os.open(path, flags | _BINARY, 0o666)
    try:
        yield file
    finally:
        os.close(file)


def write_all(file: int, data: bytes) -> None:
    """All of `data`, however little the system takes at a time. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def remove(path: Path) -> None:
    """Remove a file that may be gone already; folders stay."""
    with suppress(FileNotFoundError, IsADirectoryError):
        path.unlink()


def remove_if_empty(folder: Path) -> None:
    """Remove a folder that holds nothing."""
    with suppress(OSError):
        folder.rmdir()


def make_folder(path: Path) -> None:
    """Make a folder, with those above it, that is still there after a power cut."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with suppress(FileExistsError):
        path.mkdir()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force names in `folder` to disk, where the system can."""
    if os.name == "nt":
        return
    with opened(folder, os.O_RDONLY) as descriptor:
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks
                raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only lock on `folder`; the system frees it however this process ends.

    Raises:
        UsageError: another process holds it.
    """
    path = folder / LOCK
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _lock(file)
            if _is_still(file, path):
                break
        except OSError as error:
            os.close(file)
            if error.errno not in _HELD:
                raise
            raise UsageError(
                f"--out {folder}: another run is writing there; wait for it or choose another folder"
            ) from None
        os.close(file)  # its holder has ended and removed it: lock the new one
    try:
        yield
    finally:
        with suppress(OSError):  # on Windows an open file stays; what counts is that the lock goes
            remove(path)
        os.close(file)


def _lock(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        windows: Any = msvcrt
        windows.locking(file, windows.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
