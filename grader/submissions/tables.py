"""Parquet tables of documents: a column ``source`` with their names, a column ``content`` with their bytes or text.

A table is read by grader itself, not in a limited process: it is a file of one's own, its contents are not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UnreadableError, UsageError
from grader.remote import errors_named, filesystem, is_url
from grader.submissions.found import Place, Submission, printable

if TYPE_CHECKING:
    from pyarrow import ChunkedArray
    from pyarrow.parquet import ParquetFile

SOURCE, CONTENT = "source", "content"
MAX_GROUP_BYTES = 512 * 2**20
"""A row group is held in memory as one."""


def rows(where: str) -> Iterator[Submission]:
    """One submission per row of the table at a path or an address, in order.

    Raises:
        UsageError: it is no such table, cannot be opened, or a row has no name.
    """
    with errors_named(where), _opened(where) as table:
        _refuse_unusable(where, table)
        names = [
            table.read_row_group(group, columns=[SOURCE]).column(0).to_pylist()
            for group in range(table.num_row_groups)
        ]
    for group, in_group in enumerate(names):
        for row, name in enumerate(in_group):
            if not isinstance(name, str) or not name.strip("/. "):
                raise UsageError(f"{where}: row {row} of group {group} has no name in column '{SOURCE}'")
            source = printable(name.lstrip("/"))
            yield Submission(source, Path(where) / source, place=Place(where, group, row))


def content(place: Place) -> bytes:
    """The bytes of one row; text as UTF-8. Raises UnreadableError where there is nothing."""
    value = _contents(place.url, place.group)[place.row].as_py()
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if not isinstance(value, bytes):
        raise UnreadableError("unreadable", f"its row has nothing in column '{CONTENT}'")
    return value


@lru_cache(maxsize=2)
def _contents(where: str, group: int) -> "ChunkedArray":
    # rows of one group come one after the other
    with _opened(where) as table:
        return table.read_row_group(group, columns=[CONTENT]).column(0)


def _refuse_unusable(where: str, table: "ParquetFile") -> None:
    names = table.schema_arrow.names
    for wanted in (SOURCE, CONTENT):
        if wanted not in names:
            raise UsageError(
                f"{where}: has no column '{wanted}'; a table of documents has '{SOURCE}' and '{CONTENT}'"
            )
    largest = max(
        (table.metadata.row_group(n).total_byte_size for n in range(table.num_row_groups)), default=0
    )
    if largest > MAX_GROUP_BYTES:
        raise UsageError(
            f"{where}: has a row group of {largest // 2**20} MiB; "
            f"write it with smaller ones, at most {MAX_GROUP_BYTES // 2**20} MiB"
        )


@contextmanager
def _opened(where: str) -> "Iterator[ParquetFile]":
    from pyarrow.parquet import ParquetFile

    if not is_url(where):
        with Path(where).open("rb") as stream, ParquetFile(stream) as table:
            yield table
        return
    files, path = filesystem(where)
    with files.open(path, "rb") as stream, ParquetFile(stream) as table:
        yield table
