"""Every limit there is, in words: what `grader doctor` prints and ``docs/limits.md`` explains."""

from collections.abc import Iterator

from grader.readers import MAX_CHARACTERS, MAX_WORDS, READERS
from grader.readers.container import (
    MAX_DIRECTORY,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    RATIO_MATTERS_FROM,
)
from grader.schema import Limits
from grader.submissions.files import MAX_FILE_BYTES

MIB = 2**20


def all_limits(limits: Limits) -> Iterator[tuple[str, str]]:
    """What is limited, and its limit."""
    yield "time of reading one document", f"{limits.seconds:g} s"
    yield "memory of reading one document", f"{limits.memory_mib:,} MiB"
    yield "one document as read", f"{limits.output_mib} MiB"
    yield "words of one document", f"{MAX_WORDS:,}"
    yield "characters of one document", f"{MAX_CHARACTERS:,}"
    yield "any file", f"{MAX_FILE_BYTES // MIB} MiB"
    for size in sorted({reader.max_bytes for reader in READERS.values()}):
        names = ", ".join(name for name, reader in READERS.items() if reader.max_bytes == size)
        yield names, f"{size // MIB} MiB"
    yield from _of_formats()
    yield "one member of an archive, unpacked", f"{MAX_MEMBER_BYTES // MIB} MiB"
    yield "all of an archive, unpacked", f"{MAX_TOTAL_BYTES // MIB} MiB"
    yield "members of an archive", f"{MAX_MEMBERS:,}"
    yield "directory of an archive", f"{MAX_DIRECTORY // MIB} MiB"
    yield "archives inside archives", "1 deep"
    yield "unpacked to packed", f"{MAX_RATIO} times, from {RATIO_MATTERS_FROM // MIB} MiB on"


def _of_formats() -> Iterator[tuple[str, str]]:
    from grader.readers import pdf
    from grader.readers.xml_parts import MAX_DEPTH

    yield "pages of a PDF", f"{pdf.MAX_PAGES}"
    yield "characters of a PDF, hidden ones too", f"{pdf.MAX_CHARACTERS:,}"
    yield "nesting of XML in docx, pptx, odt", f"{MAX_DEPTH} deep"
