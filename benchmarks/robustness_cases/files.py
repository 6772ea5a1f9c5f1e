"""Small real files of every format, written part by part, so that any part of them can be hostile."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of `parts` by name, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def paragraphs(markdown: str) -> list[str]:
    """The blocks of a simple Markdown text, without the marks of headings."""
    return [block.lstrip("# ") for block in markdown.strip().split("\n\n")]


def run(text: str, properties: str = "") -> str:
    """A Word run; `properties` such as ``<w:vanish/>``."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word_body(texts: Iterable[str], properties: str = "") -> str:
    return "".join(f"<w:p>{run(text, properties)}</w:p>" for text in texts)


def docx(body: str, head: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file around `body`; `head` stands before the root, `more` are further parts."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _rels([("officeDocument", "word/document.xml")]),
            "word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>",
            **(more or {}),
        }
    )


def pptx(slides: Sequence[str], hidden: Sequence[int] = ()) -> bytes:
    """Slides from their shape trees; the numbers in `hidden` (from 0) are marked as hidden."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n + 1}"/>' for n in range(len(slides)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _rels([("officeDocument", "ppt/presentation.xml")]),
        "ppt/presentation.xml": (
            f"<p:presentation {_P} {_R}><p:sldIdLst>{ids}</p:sldIdLst>"
            '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": _rels(
            [("slide", f"slides/slide{n + 1}.xml") for n in range(len(slides))]
        ),
    }
    for number, tree in enumerate(slides):
        show = ' show="0"' if number in hidden else ""
        parts[f"ppt/slides/slide{number + 1}.xml"] = (
            f"<p:sld {_P} {_A} {_R}{show}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
        )
    return zipped(parts)


def shape(texts: Iterable[str], left: int = 0, properties: str = "") -> str:
    """A text box; `left` is its place in EMU, a slide is 9,144,000 wide."""
    inside = "".join(f"<a:p><a:r>{properties}<a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)
    place = f'<a:xfrm><a:off x="{left}" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/>{inside}</p:txBody></p:sp>"
    )


def odt(body: str, head: str = "", styles: str = "") -> bytes:
    """An OpenDocument text around `body`."""
    spaces = " ".join(
        f'xmlns:{short}="{_ODF}:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    content = (
        f"{head}<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped(
        {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<m/>"}, zipfile.ZIP_STORED
    )


def odt_body(texts: Iterable[str]) -> str:
    return "".join(f"<text:p>{escape(text)}</text:p>" for text in texts)


def notebook(cells: Iterable[str]) -> bytes:
    found = [{"cell_type": "markdown", "metadata": {}, "source": cell} for cell in cells]
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def rtf(texts: Iterable[str]) -> bytes:
    escaped = [text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}") for text in texts]
    plain = "\\par\\par\n".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in t) for t in escaped)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{plain}\\par}}".encode()


def pdf(pages: Sequence[str | bytes], compressed: bool = False) -> bytes:
    """A PDF of one font from the content streams of its pages."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        data = page.encode("cp1252", "replace") if isinstance(page, str) else page
        how = ""
        if compressed:
            data, how = zlib.compress(data, 9), " /Filter /FlateDecode"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(data)}{how} >>\nstream\n".encode() + data + b"\nendstream")
    return pdf_of(objects)


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, of which the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + end.encode()


def pdf_text(texts: Iterable[str], top: int = 760, size: float = 9, before: str = "", left: int = 40) -> str:
    """Content of a page: each text wrapped into lines; `before` sets colour or render mode."""
    lines: list[str] = []
    for text in texts:
        line = ""
        for word in text.split():
            if len(line) + len(word) > 105:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    shown = " ".join(f"({_pdf_string(line)}) Tj T*" for line in lines)
    return f"q BT {before} /F1 {size} Tf {size * 1.2} TL {left} {top} Td {shown} ET Q"


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _pdf_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _rels(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links}</Relationships>'
