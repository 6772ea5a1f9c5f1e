"""What a search for documents comes back with: submissions, and what was left alone."""

from dataclasses import dataclass
from pathlib import Path

from grader.readers import SUFFIXES
from grader.schema import Reason

ARCHIVES = frozenset({".zip"})
TABLES = frozenset({".parquet"})
"""Suffixes of tables of documents, which are opened where they are named, not where they are found."""
_OTHER_DOCUMENTS = """
    .doc .docm .dot .dotx .wpd .wps .pages .odp .ods .key .numbers .ppt .pptm .pps .ppsx .potx .xls .xlsx
    .xlsm .epub .tex .org .textile .gdoc .gslides .mht .mhtml .eml .msg .one .rar .7z .tar .gz .tgz .bz2 .xz
"""
REFUSED_SUFFIXES = frozenset(_OTHER_DOCUMENTS.split())
"""Suffixes of documents that no reader reads by name: each gets an outcome of its own, unlike an asset."""
_HIDDEN_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini", "node_modules"})


@dataclass(frozen=True)
class Place:
    """Where the bytes of a document are that is no file here.

    Attributes:
        url: address of an object; address or path of a table.
        group, row: row group of the table, and row in it from 0; None for an object.
    """

    url: str
    group: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Submission:
    """One thing to grade, or one thing that cannot be; picklable.

    Attributes:
        source: path relative to the given folder (the name, for a file given directly), ``/``-separated;
            unique together with `member`.
        path: the file itself.
        member: path inside the archive `path`, None for a file of its own.
        inner: where `member` stands in an archive inside the archive, that archive's own member name.
        problem: why it cannot be loaded; None where it can be tried.
        place: where it is to be fetched from, `path` then only says how it is called; None for a file.
    """

    source: str
    path: Path
    member: str | None = None
    inner: str | None = None
    problem: Reason | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Ignored:
    """A file that is no submission, such as a picture beside a page. `why` is one short clause."""

    source: str
    why: str


@dataclass(frozen=True)
class Findings:
    """All that was found: `submissions` are graded or refused one by one, `ignored` is only listed."""

    submissions: tuple[Submission, ...]
    ignored: tuple[Ignored, ...]


def is_document(suffix: str) -> bool:
    """Whether a file of this suffix (lower case, with its dot) is someone's document, readable or not."""
    return suffix in SUFFIXES or suffix in REFUSED_SUFFIXES


def is_hidden(name: str) -> bool:
    """Files and folders that programs leave behind, and those that are hidden by their name."""
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN_NAMES


def printable(name: str) -> str:
    """A file name as valid Unicode: bytes that are none are written ``\\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
