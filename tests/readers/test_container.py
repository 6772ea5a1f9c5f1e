"""Zip containers that are broken or built to hurt are refused, each with its reason; honest ones are read."""

import io
import struct
import zipfile

import pytest
from office_samples import docx, p, zipped

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.readers.container import Budget, Container


def code(data: bytes, member: str = "a.txt", budget: Budget | None = None, unique: bool = True) -> str:
    with pytest.raises(UnreadableError) as caught:
        Container(data, budget, unique=unique).read(member)
    return caught.value.code


def test_honest_members_are_read_whole() -> None:
    text = "x" * 300_000
    container = Container(zipped({"a.txt": text, "b/": "", "b/c.txt": "c"}))
    assert container.read("a.txt") == text.encode()
    assert [member.filename for member in container.members] == ["a.txt", "b/c.txt"]
    assert "b/c.txt" in container and "d" not in container


def test_empty_text_and_truncated_files_are_damaged() -> None:
    whole = zipped({"a.txt": "hello " * 100})
    assert [code(data) for data in (b"", b"PK", whole[:-30], whole[20:])] == ["damaged"] * 4
    assert code(whole, "missing.txt") == "damaged"


def test_wrong_checksum_is_damaged() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(
        UnreadableError, match=r"damaged archive member a\.txt: .*; save or pack it again"
    ) as caught:
        Container(buffer.getvalue().replace(b"hello", b"jello")).read("a.txt")
    assert caught.value.code == "damaged"


def test_encrypted_member_is_refused() -> None:
    data = bytearray(zipped({"a.txt": "hello"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(data)) == "encrypted"


def test_bomb_is_stopped_at_its_ratio() -> None:
    assert code(zipped({"a.txt": b"\0" * 9_000_000})) == "unsafe_archive"


def test_declared_size_is_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"\0" * 9_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 4096)
    assert code(bytes(data)) == "damaged"


def test_budget_is_shared_between_archives() -> None:
    budget = Budget(left=1000)
    outer = Container(zipped({"in.zip": zipped({"a.txt": "y" * 990})}), budget)
    inner = Container(outer.read("in.zip"), budget)
    with pytest.raises(UnreadableError, match="unpacks to more"):
        inner.read("a.txt")


def test_a_package_has_only_what_the_archives_around_it_left() -> None:
    package = docx(p("word " * 2000))
    assert read_document(package, "w.zip", "a.docx", Budget(left=100_000)).format == "docx"
    with pytest.raises(UnreadableError, match="unpacks to more"):
        read_document(package, "w.zip", "a.docx", Budget(left=3000))


def test_overlapping_members_are_refused() -> None:
    data = bytearray(zipped({"a.txt": "hello world", "b.txt": "hello world"}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<L", 0)  # b.txt claims the bytes of a.txt
    assert code(bytes(data)) == "unsafe_archive"


def test_two_members_of_one_name_are_refused_in_documents_only() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "one")
        with pytest.warns(UserWarning):
            archive.writestr("a.txt", "two")
    assert code(buffer.getvalue()) == "unsafe_archive"
    assert Container(buffer.getvalue(), unique=False).read("a.txt") == b"one"


def test_unusual_compression_and_links_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x" * 100, zipfile.ZIP_LZMA)
        link = zipfile.ZipInfo("l.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code(buffer.getvalue()) == code(buffer.getvalue(), "l.txt") == "unsafe_archive"


def test_huge_directory_is_not_even_parsed() -> None:
    data = bytearray(zipped({"a.txt": "hello"}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 2**31)
    assert code(bytes(data)) == "unsafe_archive"
