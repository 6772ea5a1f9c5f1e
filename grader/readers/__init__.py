"""File → `Document`. One module per format; `READERS` is the whole list, `read_document` the only way in.

Every reader module has one public function ``read(data, builder) -> ReaderNotes`` that is pure: no globals,
no models, nothing executed, nothing fetched.
"""

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.container import Budget
from grader.readers.sniff import detect
from grader.readers.well_formed import well_formed
from grader.schema import Block, Document, Flag

__all__ = ["READERS", "SUFFIXES", "BlockBuilder", "Reader", "ReaderNotes", "read_document"]

ReadFunction = Callable[[bytes, BlockBuilder], ReaderNotes]

MIB = 2**20
MAX_TEXT_BYTES = 5 * MIB
"""Largest plain-text file that is read: some two thousand pages."""
MAX_PAGE_BYTES = 20 * MIB
"""Largest HTML page that is read; saved pages carry their pictures inside."""
MAX_PACKED_BYTES = 100 * MIB
"""Largest notebook, Office or PDF file that is read; most of such a file is pictures."""
MAX_WORDS = 200_000
"""Longest document that is scored: some five hundred pages."""
MAX_CHARACTERS = 2_000_000
"""The same in characters, since a word can have any length."""


@dataclass(frozen=True)
class Reader:
    """How one format is read.

    Attributes:
        module: module with the format's ``read`` function, imported at first use.
        suffixes: file name endings that promise this format.
        max_bytes: larger files are refused.
    """

    module: str
    suffixes: tuple[str, ...]
    max_bytes: int

    def load(self) -> ReadFunction:
        """The module's ``read`` function."""
        return cast(ReadFunction, importlib.import_module(self.module).read)


READERS: dict[str, Reader] = {
    "markdown": Reader("grader.readers.markdown", (".md", ".markdown", ".mdx"), MAX_TEXT_BYTES),
    "text": Reader("grader.readers.text", (".txt",), MAX_TEXT_BYTES),
    "html": Reader("grader.readers.html", (".html", ".htm"), MAX_PAGE_BYTES),
    "ipynb": Reader("grader.readers.ipynb", (".ipynb",), MAX_PACKED_BYTES),
    "rst": Reader("grader.readers.rst", (".rst",), MAX_TEXT_BYTES),
    "adoc": Reader("grader.readers.adoc", (".adoc", ".asciidoc"), MAX_TEXT_BYTES),
    "docx": Reader("grader.readers.docx", (".docx",), MAX_PACKED_BYTES),
    "pptx": Reader("grader.readers.pptx", (".pptx",), MAX_PACKED_BYTES),
    "odt": Reader("grader.readers.odt", (".odt",), MAX_PACKED_BYTES),
    "rtf": Reader("grader.readers.rtf", (".rtf",), MAX_PACKED_BYTES),
    "pdf": Reader("grader.readers.pdf", (".pdf",), MAX_PACKED_BYTES),
}

SUFFIXES: dict[str, str] = {suffix: name for name, reader in READERS.items() for suffix in reader.suffixes}
"""Known file name endings, lower case with their dot, and the format each promises."""

_SHOWN_BY_CONTENT = frozenset({"docx", "pptx", "odt", "rtf", "pdf"})
"""Formats that content always shows: a file with the name of one that is none is read as text."""


def read_document(
    data: bytes, source: str, member: str | None = None, budget: Budget | None = None
) -> Document:
    """Read one submission.

    Args:
        data: the file's bytes, or the archive member's.
        source: path to show, ``/``-separated; the suffix counts where the content is silent.
        member: path inside the archive `source`, None for a file of its own.
        budget: what it may unpack, after the archives that it was found in; None: the whole budget.

    Raises:
        UnreadableError: empty, too large, damaged, protected, or not a document at all.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise UnreadableError("empty", "The file is empty.")
    name, mismatch = _format_of(data, PurePosixPath(member or source).suffix.lower())
    reader = READERS[name]
    if len(data) > reader.max_bytes:
        limit = reader.max_bytes // MIB
        raise UnreadableError(
            "too_large", f"The file is larger than {limit} MiB, the limit for {name} files; split it."
        )
    builder = BlockBuilder(budget)
    try:
        notes = reader.load()(data, builder)
    except RecursionError:
        raise UnreadableError("too_deep", "The file is nested too deeply to be read; flatten it.") from None
    blocks = builder.blocks()
    _refuse_endless(blocks)
    digest = hashlib.sha256(data).hexdigest()
    title = " ".join(well_formed(notes.title).split()) or _first_heading(blocks)
    return Document(source=source, member=member, format=name, sha256=digest, title=title, blocks=blocks,
                    flags=mismatch + notes.flags, hidden=notes.hidden)  # fmt: skip


def _format_of(data: bytes, suffix: str) -> tuple[str, tuple[Flag, ...]]:
    """The format's key, and a flag where the file's name promises another one."""
    promised = SUFFIXES.get(suffix)
    found = detect(data)
    if found is None:
        found = promised if promised and promised not in _SHOWN_BY_CONTENT else "text"
    if found == promised or (found == "text" and not suffix):
        return found, ()
    named = f"named {suffix}" if suffix else "without a suffix"
    message = f"The file is {named} and was read as {found}, which its content shows."
    return found, (Flag(code="type_mismatch", severity="info", message=message),)


def _refuse_endless(blocks: tuple[Block, ...]) -> None:
    if sum(len(block.text.split()) for block in blocks) > MAX_WORDS:
        raise UnreadableError("too_large", f"The document has more than {MAX_WORDS:,} words: needs a person.")
    if sum(len(block.text) for block in blocks) > MAX_CHARACTERS:
        text = f"The document has more than {MAX_CHARACTERS:,} characters: needs a person."
        raise UnreadableError("too_large", text)


def _first_heading(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if block.type == "heading"), "")
