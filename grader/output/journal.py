"""The journal of a run: what is known of each document, on disk before the next one is counted as done.

One line each, appended and forced to disk: a checksum, a space, JSON. The first line says what all results
depend on. A crash can tear the last line only; that line is dropped.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from grader.output.durable import opened, utf8, write_all, write_atomically
from grader.pipeline import ScorerFacts
from grader.schema import Frozen, Prose

JOURNAL = ".grader-journal"
_CHECKSUM = 16
_PLAIN_FILE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and no pipe waited for."""

Line = TypeVar("Line", "Head", "Entry")


class Head(Frozen):
    """The first line.

    Attributes:
        started: when the run was begun first.
        documents: how many there were to grade then.
        identity: what every result depends on, by name.
    """

    journal: Literal[1] = 1
    started: str
    documents: int
    identity: dict[str, Any]


class Entry(Frozen):
    """One document that is done.

    Attributes:
        content: sha256 of the file it came from, of the whole archive for a member; "" where nothing was read.
        pages: sha256 of its reports, by file name.
        scorer: what the scorer said about itself with this document.
        result: its line of ``results.jsonl``, without the line feed.
        prose: what of it is compared with the rest of the batch; empty unless graded.
    """

    source: str
    member: str | None
    content: str
    pages: Mapping[str, str]
    scorer: ScorerFacts | None
    result: str
    prose: tuple[Prose, ...] = ()


class Journal:
    """The journal of one folder; nothing is held open between two calls."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._end = 0

    @classmethod
    def begin(cls, folder: Path, head: Head) -> "Journal":
        """A new journal in place of any older one. Raises OSError."""
        line = _line(head)
        write_atomically(folder / JOURNAL, line)
        journal = cls(folder)
        journal._end = len(utf8(line))
        return journal

    def head(self) -> Head | None:
        """The first line; None when this is no journal of this version."""
        for _, data in self._lines():
            self._end = len(data)
            return _parsed(Head, data)
        return None

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Where each entry begins, and the entry, up to the first line that is torn: writing goes on there."""
        for start, data in self._lines():
            if start == 0:
                continue
            entry = _parsed(Entry, data)
            if entry is None:
                return
            self._end = start + len(data)
            yield start, entry

    def append(self, entry: Entry) -> int:
        """Write `entry`; it is on disk when this returns. Returns where it begins. Raises OSError."""
        start, data = self._end, utf8(_line(entry))
        with opened(self._path, os.O_RDWR | _PLAIN_FILE) as file:
            if os.fstat(file).st_size > start:
                os.ftruncate(file, start)  # a torn line
            os.lseek(file, start, os.SEEK_SET)
            write_all(file, data)
            os.fsync(file)
        self._end += len(data)
        return start

    def entry_at(self, start: int) -> Entry:
        """The entry that begins at `start`."""
        _, data = next(self._lines(start))
        entry = _parsed(Entry, data)
        assert entry is not None, "its checksum was right before"
        return entry

    def digest(self, starts: Iterable[int]) -> str:
        """sha256 in hex over the entries that begin at `starts`, in this order."""
        digest = hashlib.sha256()
        for start in starts:
            _, data = next(self._lines(start))
            digest.update(data)
        return digest.hexdigest()

    def _lines(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Start and bytes of the lines from `start` on."""
        with opened(self._path, os.O_RDONLY | _PLAIN_FILE) as file, os.fdopen(os.dup(file), "rb") as stream:
            stream.seek(start)
            for data in stream:
                yield start, data
                start += len(data)


def _line(content: Head | Entry) -> str:
    text = content.model_dump_json()
    return f"{_checksum(utf8(text))} {text}\n"


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_CHECKSUM]


def _parsed(kind: type[Line], line: bytes) -> Line | None:
    """What the line says; None when it is torn, or no line of a journal of this version."""
    checksum, _, data = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != _checksum(data).encode():
        return None
    try:
        return kind.model_validate_json(data)
    except ValueError:
        return None
