"""What a file is, by its content and container; its name is only asked when the content leaves it open."""

import re

from grader.errors import UnreadableError
from grader.readers.container import Container
from grader.readers.text_encoding import utf16_without_mark

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
)
_NOT_DOCUMENTS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"RIFF", "a sound, video or picture file"),
    (b"wOF", "a font"),
    (b"%!PS", "a PostScript file"),
)
_OTHER_PACKAGES = (
    ("xl/", "a spreadsheet"),
    ("visio/", "a Visio drawing"),
    ("Index/", "an Apple Pages, Keynote or Numbers file"),
    ("OEBPS/", "an e-book"),
    ("EPUB/", "an e-book"),
)
_OTHER_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument deck"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"application/vnd.oasis.opendocument.graphics", "an OpenDocument drawing"),
    (b"application/epub+zip", "an e-book"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_UNTYPED = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 32
"""Bytes in which a picture or sound file has its first number."""


def detect(data: bytes) -> str | None:
    """The format that the content shows, a key of ``READERS``; None for text whose kind only its name tells.

    Raises:
        UnreadableError: a picture, program, archive, encrypted or old Office file, or an unknown binary.
    """
    if data.startswith(_ZIP):
        return _zip_container(data)
    if data.startswith(_OLE):
        raise _old_office(data)
    if b"%PDF-" in data[:1024] and (data.startswith(b"%PDF-") or _is_binary(data)):
        return "pdf"
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"%!PS") or _is_binary(data):
        raise _binary(data)
    return _text_format(data)


def _text_format(data: bytes) -> str | None:
    start = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html[\s>])", start, re.I | re.S):
        return "html"
    if (
        start.startswith(b"{")
        and re.search(rb'"(cells|worksheets)"\s*:\s*\[', data)
        and b'"nbformat"' in data
    ):
        return "ipynb"
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or utf16_without_mark(sample):
        return False
    known = any(_begins_with(magic, sample) for magic, _ in _ARCHIVES + _NOT_DOCUMENTS)
    # NUL alone is damage, which is repaired; what is no text has other control characters beside it
    return known or len(_CONTROL.findall(sample)) > 0.05 * (len(sample) - sample.count(0))


def _begins_with(magic: bytes, sample: bytes) -> bool:
    """Whether the file is surely of that kind; letters alone can begin a text, a size or version goes with them."""
    certain = len(magic) > 3 and sample.startswith(magic)
    return certain and (not magic.isalnum() or _UNTYPED.search(sample[:_HEAD]) is not None)


def _binary(data: bytes) -> UnreadableError:
    """Why a file that is no text is refused; an archive of another kind is told from a picture or program."""
    for magic, name in _ARCHIVES:
        if data.startswith(magic):
            return UnreadableError("archive", f"This is {name}, not a document; unpack it, or pack a .zip.")
    name = "a video or picture file" if data[4:8] == b"ftyp" else "a binary file"
    name = next((name for magic, name in _NOT_DOCUMENTS if data.startswith(magic)), name)
    return UnreadableError("not_a_document", f"This is {name}, not a text document.")


def _zip_container(data: bytes) -> str:
    """The format of a zip package, by the names of its parts; nothing is unpacked."""
    names = {member.filename for member in Container(data, unique=False).members}
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    for prefix, found in (("word/", "docx"), ("ppt/", "pptx")):
        if any(name.startswith(prefix) for name in names):
            return found
    kinds = [kind for mimetype, kind in _OTHER_MIMETYPES if b"mimetype" + mimetype in data[:200]]
    kinds += [kind for prefix, kind in _OTHER_PACKAGES if any(name.startswith(prefix) for name in names)]
    if kinds:
        raise UnreadableError(
            "not_a_document", f"This is {kinds[0]}, which is not read; save it as docx, pptx or PDF."
        )
    if "content.xml" in names and "META-INF/manifest.xml" in names and b"mimetype" not in data[30:38]:
        return "odt"
    raise UnreadableError("archive", "This is an archive of another kind, not a document; unpack it first.")


def _old_office(data: bytes) -> UnreadableError:
    """Why an OLE container is refused; its directory names the parts in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableError("encrypted", "The document is protected by a password; save it without one.")
    return UnreadableError(
        "old_format", "This is an Office file of the format before 2007; save it as docx or pptx."
    )
