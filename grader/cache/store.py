"""The cache on disk: one SQLite file, safe under several processes, limited in size, and dispensable.

A value carries a checksum. Whatever SQLite complains about (a damaged file, a full disk, a folder that
cannot be written) costs time and no result: the cache then is as good as empty, and a file that is no
database is replaced.
"""

import hashlib
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

log = logging.getLogger(__name__)

FILE = "cache.sqlite3"
MAX_BYTES = 1_000_000_000
"""Size from which the values that were longest not used go."""

KEPT_SHARE = 0.8
"""Share of `MAX_BYTES` that is left when values go."""

LOOK_EVERY = 64
"""Number of writes after which the size is looked at."""

_WAIT = 10
"""Seconds to wait for another process that writes."""

_AT_ONCE = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    key BLOB PRIMARY KEY, checksum BLOB NOT NULL, used INTEGER NOT NULL, size INTEGER NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used, size);
"""
_DAY = 86_400
MAX_DAYS = 30
"""A value that was not used for so many days goes when room is made: it can hold text of a submission."""

T = TypeVar("T")


class Contents(NamedTuple):
    """What a cache holds: its file, the number of values, and bytes on disk."""

    path: Path
    values: int
    size: int


class Cache:
    """Values by key in `folder`, which is made when the first value comes. Use it as a context."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._path = folder / FILE
        self._max_bytes = max_bytes
        self._connection: sqlite3.Connection | None = None
        self._writes = 0

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type["Cache"], tuple[Path, int]]:
        return type(self), (self._path.parent, self._max_bytes)  # a connection cannot go to another process

    def close(self) -> None:
        """Free the file; the next use opens it again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are known and undamaged."""
        if not self._path.exists():
            return {}
        return self._tried(lambda connection: dict(self._read(connection, keys)), {})

    def has(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those keys that are known; a value can still turn out to be damaged."""
        if not self._path.exists():
            return set()
        return self._tried(lambda connection: set(self._present(connection, keys)), set())

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep values; those that were longest not used may go for them."""
        self._tried(lambda connection: self._write(connection, entries), None)

    def contents(self) -> Contents:
        """How much is kept; nothing where there is no file."""
        if not self._path.exists():
            return Contents(self._path, 0, 0)
        values = self._tried(lambda c: int(c.execute("SELECT count(*) FROM entry").fetchone()[0]), 0)
        return Contents(self._path, values, sum(path.stat().st_size for path in self._files()))

    def clear(self) -> None:
        """Forget everything. Raises OSError."""
        self.close()
        for path in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        names = (FILE, f"{FILE}-wal", f"{FILE}-shm")
        return (path for name in names if (path := self._path.with_name(name)).exists())

    def _present(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[bytes]:
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(asked))
            yield from (
                key for (key,) in connection.execute(f"SELECT key FROM entry WHERE key IN ({marks})", asked)
            )

    def _read(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        today, stale = _today(), []
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(asked))
            rows = connection.execute(
                f"SELECT key, checksum, used, value FROM entry WHERE key IN ({marks})", asked
            )
            for key, checksum, used, value in rows:
                if (plain := _checked(key, checksum, value)) is not None:
                    yield key, plain
                    stale += [(today, key)] if used != today else []
        if stale:
            with connection:
                connection.executemany("UPDATE entry SET used = ? WHERE key = ?", stale)

    def _write(self, connection: sqlite3.Connection, entries: Mapping[bytes, bytes]) -> None:
        today = _today()
        rows = []
        for key, value in entries.items():
            packed = zlib.compress(value, 1)
            rows.append((key, _checksum(key, packed), today, len(packed), packed))
        with connection:
            connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", rows)
        self._writes += 1
        if self._writes % LOOK_EVERY == 1:
            self._shrink(connection)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Let the values go that were not used for long, then those that were longest not used."""
        with connection:
            connection.execute("DELETE FROM entry WHERE used < ?", (_today() - MAX_DAYS,))
        total = int(connection.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0])
        if total <= self._max_bytes:
            return
        over = total - KEPT_SHARE * self._max_bytes
        oldest = connection.execute("SELECT key, size FROM entry ORDER BY used").fetchall()
        gone = []
        for key, size in oldest:
            if over <= 0:
                break
            gone.append((key,))
            over -= size
        with connection:
            connection.executemany("DELETE FROM entry WHERE key = ?", gone)
        connection.execute("PRAGMA incremental_vacuum")

    def _tried(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        try:
            with _usable(self._path):
                return action(self._opened())
        except (sqlite3.Error, OSError) as error:
            log.debug("cache %s: %s", self._path, error)
            self.close()
            return otherwise

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # it holds texts: for its owner alone
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")  # what a power cut tears, a checksum finds
            connection.executescript(_SCHEMA)
            self._connection = connection
        return self._connection


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Remove a file that turns out to be no database, so that the next use finds a fresh one."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError):  # such as "file is not a database", "malformed"
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                with suppress(OSError):
                    path.with_name(name).unlink(missing_ok=True)
        raise


def _checked(key: bytes, checksum: bytes, packed: bytes) -> bytes | None:
    if checksum != _checksum(key, packed):
        return None
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None


def _checksum(key: bytes, packed: bytes) -> bytes:
    return hashlib.blake2b(packed, key=key[:64], digest_size=8).digest()


def _today() -> int:
    return int(time.time()) // _DAY
