"""Zip portfolios and Office packages built to explode, to escape, or to reach out."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from benchmarks.robustness_cases import files
from benchmarks.robustness_cases.case import SHORT, Case, honest

_UNSAFE = "skipped:unsafe_archive"
_ZEROS = 300 * 2**20


def cases() -> Iterator[Case]:
    yield from _bombs()
    yield from _escapes()
    yield from _reaching_out()
    yield Case("archives", "control.zip", files.zipped({"a/prd.md": honest(), "b.txt": SHORT, "c.png": files.png()}),
               members={"a/prd.md": "graded", "b.txt": "not_scorable:too_short"}, clean=True)  # fmt: skip


def _bombs() -> Iterator[Case]:
    zeros = _packed_zeros(_ZEROS)
    refused = f"{_UNSAFE}|skipped:too_large|skipped:damaged"
    yield Case("bombs", "zeros.zip", _zip_of("a.md", zeros, _ZEROS), refused)
    yield Case("bombs", "lying-size.zip", _zip_of("a.md", zeros, 4096), refused)
    yield Case("bombs", "zeros.docx", _zip_of("word/document.xml", zeros, _ZEROS), refused)
    yield Case(
        "bombs", "lying-size.odt", _zip_of("content.xml", zeros, 4096, "META-INF/manifest.xml"), "skipped"
    )
    yield Case("bombs", "nested.zip", _nested(6), refused)
    yield Case("bombs", "many-members.zip", files.zipped({f"{n}.md": "" for n in range(10_001)}), "skipped")
    yield Case("bombs", "overlapping.zip", _overlapping(), refused)
    yield Case("bombs", "no-member.zip", files.zipped({}), "skipped")
    pages = files.pdf([b"BT ET " * 8_000_000], compressed=True)
    yield Case("bombs", "stream.pdf", pages, "skipped")
    yield Case(
        "bombs", "laughs.docx", files.docx("<w:p>&lol9;</w:p>", _laughs("w:document")), "skipped:unsafe_xml"
    )
    yield Case("bombs", "laughs.odt", files.odt("&lol9;", _laughs("a")), "skipped:unsafe_xml")


def _packed_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [packer.compress(bytes(2**20)) for _ in range(size // 2**20)]
    return b"".join(pieces) + packer.flush()


def _zip_of(name: str, packed: bytes, says: int, also: str = "") -> bytes:
    """An archive of one compressed member that says it is `says` bytes long, and an empty one."""
    out, directory = b"", b""
    for member, data, size in [(name, packed, says), *([(also, b"\x03\x00", 0)] if also else [])]:
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(data), size, len(member), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + member.encode()
        out += b"PK\x03\x04" + fields + member.encode() + data
    count = 2 if also else 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + end


def _nested(depth: int) -> bytes:
    data = files.zipped({"deep.md": SHORT})
    for level in range(depth):
        data = files.zipped({f"level{level}.zip": data})
    return data


def _overlapping() -> bytes:
    """Two members whose directory entries point to the same bytes."""
    data = bytearray(files.zipped({"a.md": SHORT * 50, "b.md": SHORT * 50}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


def _escapes() -> Iterator[Case]:
    names = {
        "up.zip": "../../escaped.md",
        "root.zip": "/tmp/escaped.md",
        "drive.zip": "C:\\escaped.md",
        "backslash.zip": "..\\..\\escaped.md",
        "middle.zip": "a/../../escaped.md",
    }
    for name, member in names.items():
        members = {"kept.md": "not_scorable:too_short", member: _UNSAFE}
        yield Case("escapes", name, files.zipped({"kept.md": SHORT, member: SHORT}), members=members)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("kept.md", SHORT)
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield Case("escapes", "link.zip", buffer.getvalue(), "skipped|not_scorable")
    twice = files.zipped({"a.md": SHORT, "b.md": SHORT + "Another.\n"}).replace(b"b.md", b"a.md")
    yield Case("escapes", "twins.zip", twice, _UNSAFE)
    folder = files.zipped({"x.md/": b"", "x.md/in.md": SHORT})
    yield Case("escapes", "folder.zip", folder, "not_scorable|skipped")


def _reaching_out() -> Iterator[Case]:
    """Entities that would read a file or fetch a page."""
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    remote = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
    yield Case(
        "entities",
        "file.docx",
        files.docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", entity),
        "skipped:unsafe_xml",
    )
    yield Case("entities", "remote.docx", files.docx(files.word_body([SHORT]), remote), "skipped:unsafe_xml")
    yield Case("entities", "file.odt", files.odt("<text:p>&x;</text:p>", entity), "skipped:unsafe_xml")
    page = f"{entity.replace('DOCTYPE a', 'DOCTYPE html')}<html><body><p>&x; {SHORT}</p></body></html>"
    yield Case("entities", "file.html", page, "skipped|not_scorable")
    frame = (
        '<html><body><iframe src="file:///etc/passwd"></iframe><img src="http://127.0.0.1:9/a.png">'
        f'<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><p>{SHORT}</p></body></html>'
    )
    yield Case("entities", "remote.html", frame, "not_scorable:too_short")
    include = f".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n\n{SHORT}"
    yield Case("entities", "include.rst", include, "not_scorable:too_short")
    yield Case("entities", "include.adoc", f"include::/etc/passwd[]\n\n{SHORT}", "not_scorable:too_short")


def _laughs(root: str) -> str:
    entities = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY lol0 "lol">{entities}]>'
