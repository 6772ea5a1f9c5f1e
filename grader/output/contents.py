"""Says whether a file is still what it was: sha256 of files, read in pieces and never parsed."""

import hashlib
import os
import stat
from pathlib import Path

from grader.errors import UnreadableError
from grader.submissions import Submission, on_disk
from grader.submissions.files import MAX_FILE_BYTES

_PIECE = 2**20


class Contents:
    """Hashes of the files that documents come from; that of the archive for its members, read once."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._hash = ""

    def of(self, submission: Submission) -> str:
        """sha256 in hex; "" for what is no file that would be read."""
        if submission.problem:
            return ""
        if submission.place:
            return _placed_hash(submission)
        if submission.path != self._path:
            self._path, self._hash = submission.path, file_hash(submission.path)
        return self._hash


def _placed_hash(submission: Submission) -> str:
    try:
        with on_disk(submission) as here:
            return file_hash(here.path)
    except UnreadableError:
        return ""


def file_hash(path: Path) -> str:
    """sha256 of a regular file in hex; "" for anything else, unreadable, or larger than what is read."""
    digest = hashlib.sha256()
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
                return ""
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
