"""What a file is, by its content and container; its name is only asked when the content leaves it open."""

import io
import re
import zipfile

from grader.errors import UnreadableError
from grader.readers.text_encoding import utf16_without_mark

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_NOT_DOCUMENTS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"RIFF", "a sound, video or picture file"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


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
    if _is_binary(data):
        raise UnreadableError("not_a_document", f"This is {_name_of(data)}, not a text document.")
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
    known = any(sample.startswith(magic) and len(magic) > 3 for magic, _ in _NOT_DOCUMENTS)
    control = len(_CONTROL.findall(sample)) + sample.count(0)
    return known or control > 0.05 * len(sample)


def _name_of(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "a video or picture file"
    return next((name for magic, name in _NOT_DOCUMENTS if data.startswith(magic)), "a binary file")


def _zip_container(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = container.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError("damaged", f"The file is damaged ({error}); save it again.") from error
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    for prefix, found in (("word/", "docx"), ("ppt/", "pptx")):
        if any(name.startswith(prefix) for name in names):
            return found
    if any(name.startswith("xl/") for name in names):
        raise UnreadableError("not_a_document", "This is a spreadsheet, not a text document.")
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
