"""The one way in: detection by content, refusals with their own reason, flags, hash and title."""

import hashlib
import io
import pickle
import zipfile

import pytest

from grader.errors import UnreadableError
from grader.readers import MAX_CHARACTERS, MAX_TEXT_BYTES, MAX_WORDS, READERS, SUFFIXES, read_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def refusal(data: bytes, name: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, name)
    assert "\n" not in str(caught.value)
    return caught.value


def test_suffixes_and_readers_agree() -> None:
    assert {SUFFIXES[suffix] for suffix in SUFFIXES} == set(READERS)
    assert SUFFIXES[".markdown"] == SUFFIXES[".mdx"] == "markdown"


def test_document_is_plain_and_picklable() -> None:
    data = b"# A\n\nWe chose B."
    document = read_document(data, "set.zip", "team/a.md")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.source, document.member, document.title) == ("set.zip", "team/a.md", "A")
    assert pickle.loads(pickle.dumps(document)) == document


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n", b"\x00\x00\x00"])
def test_empty_file_is_refused_as_empty(data: bytes) -> None:
    assert refusal(data, "a.md").code == "empty"


@pytest.mark.parametrize("word", ["RIFF", "OggS", "GIF8", "GIF89a", "BM", "MZ", "ID3", "BZh", "wOF"])
def test_a_text_may_begin_with_the_letters_of_another_format(word: str) -> None:
    text = f"{word} review of May. We chose B."
    assert read_document(text.encode(), "plan.txt").blocks[0].text == text


@pytest.mark.parametrize(
    ("data", "name", "code", "word"),
    [
        (PNG, "plan.md", "not_a_document", "PNG"),
        (b"GIF89a\x20\x03\x58\x02\xf7\0\0" + b"colours" * 90, "plan.md", "not_a_document", "GIF"),
        (b"OggS\0\x02" + b"sound" * 90, "plan.md", "not_a_document", "sound"),
        (b"RIFF\x24\x40\x01\0WAVEfmt " + b"sound" * 90, "plan.md", "not_a_document", "sound"),
        (b"\x7fELF" + bytes(200), "plan.txt", "not_a_document", "program"),
        (bytes(range(256)) * 20, "plan.md", "not_a_document", "binary"),
        (zipped("xl/workbook.xml"), "plan.docx", "not_a_document", "spreadsheet"),
        (zipped("photo.jpg"), "plan.docx", "archive", "unpack"),
        (b"PK\x03\x04 cut off", "plan.docx", "damaged", "damaged"),
        (zipped("mimetype", "OEBPS/a.xhtml"), "plan.docx", "not_a_document", "e-book"),
        (zipped("Index/Document.iwa"), "plan.docx", "not_a_document", "Pages"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "plan.docx", "archive", "gzip"),
        (b"%!PS-Adobe-3.0\n/x 1 def\n", "plan.pdf", "not_a_document", "PostScript"),
        (b"\0\0\0\x18ftypmp42" + bytes(range(256)), "plan.pdf", "not_a_document", "video"),
        (b"%PDF-1.7\n" + bytes(range(256)), "plan.docx", "damaged", "PDF"),
        (OLE + bytes(600), "plan.docx", "old_format", "2007"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "plan.docx", "encrypted", "password"),
        (b"x" * (MAX_TEXT_BYTES + 1), "plan.txt", "too_large", "5 MiB"),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(data: bytes, name: str, code: str, word: str) -> None:
    error = refusal(data, name)
    assert error.code == code
    assert word in str(error)


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"<!doctype html><p>We chose B.</p>", "a.md", "html"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "raw", "source": "x y"}]}', "a.txt", "ipynb"),
        (b"We chose B.", "a.docx", "text"),
        (b"We chose B.", "a.log", "text"),
    ],
)
def test_content_wins_over_the_suffix_and_says_so(data: bytes, name: str, found: str) -> None:
    document = read_document(data, name)
    assert document.format == found
    assert [(flag.code, flag.severity) for flag in document.flags] == [("type_mismatch", "info")]


def test_longer_than_anyone_reads_is_refused() -> None:
    assert refusal(b"word " * (MAX_WORDS + 1), "plan.txt").code == "too_large"
    assert refusal(b"x" * (MAX_CHARACTERS + 1), "plan.txt").code == "too_large"


def test_text_without_suffix_needs_no_flag() -> None:
    document = read_document(b"We chose B.", "NOTES")
    assert (document.format, document.flags) == ("text", ())


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.ipynb", "a.rst"])
def test_deep_nesting_is_read_or_refused_but_never_a_crash(name: str) -> None:
    deep = {
        "a.html": b"<div>" * 5000 + b"text",
        "a.md": b"> " * 3000 + b"text",
        "a.ipynb": b'{"nbformat": 4, "cells": ' + b"[" * 100_000,
        "a.rst": b"".join(b" " * n + b"- x\n\n" for n in range(0, 800, 2)),
    }[name]
    try:
        document = read_document(deep, name)
    except UnreadableError as error:
        assert error.code in ("too_deep", "damaged")
    else:
        assert document.format == SUFFIXES["." + name.split(".")[1]]
