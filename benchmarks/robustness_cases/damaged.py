"""Files that are not what they are called, locked, cut off, or hold no text."""

from collections.abc import Iterator

from benchmarks.invariance_cases.formats import to_docx, to_html
from benchmarks.robustness_cases import files
from benchmarks.robustness_cases.case import Case, honest

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cases() -> Iterator[Case]:
    yield from _lies()
    yield from _locked()
    yield from _cut()
    yield from _without_text()


def _lies() -> Iterator[Case]:
    """Another format than the name says."""
    texts = files.paragraphs(honest())
    renamed = {
        "pdf.docx": files.pdf([files.pdf_text(texts)]),
        "docx.pdf": to_docx(honest()),
        "docx.md": to_docx(honest()),
        "html.txt": to_html(honest()),
        "rtf.doc": files.rtf(texts),
        "markdown.docx": honest().encode(),
        "notebook.md": files.notebook(honest().split("\n\n")),
    }
    for name, data in renamed.items():
        yield Case("lies", name, data, flagged=("type_mismatch",), clean=True)
    others = {
        "picture.md": files.png(),
        "photo.pdf": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8,
        "program.docx": b"\x7fELF" + bytes(range(256)) * 8,
        "database.txt": b"SQLite format 3\x00" + bytes(range(256)) * 8,
        "random.md": bytes((n * 7919 + n // 3) % 256 for n in range(4096)),
    }
    for name, data in others.items():
        yield Case("lies", name, data, "skipped:not_a_document")
    sheet = files.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    yield Case("lies", "sheet.docx", sheet, "skipped:not_a_document")
    yield Case(
        "lies", "archive.docx", files.zipped({"a.md": honest()}), "skipped:archive|skipped:not_a_document"
    )
    yield Case("lies", "gzip.txt", b"\x1f\x8b\x08" + bytes(512), "skipped:archive|skipped:not_a_document")


def _locked() -> Iterator[Case]:
    package = _OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(2048)
    yield Case("locked", "password.docx", package, "skipped:encrypted")
    yield Case("locked", "password.pptx", package, "skipped:encrypted")
    yield Case("locked", "of-1997.doc", _OLE + bytes(4096), "skipped:old_format")
    yield Case("locked", "password.pdf", _encrypted_pdf(), "skipped:encrypted")
    member = bytearray(files.zipped({"a.md": honest()}))
    member[6] |= 1  # the flag that the member is encrypted, in its own header and in the directory
    member[member.index(b"PK\x01\x02") + 8] |= 1
    yield Case("locked", "password.zip", bytes(member), "skipped")


def _encrypted_pdf() -> bytes:
    from fpdf import FPDF

    page = FPDF()
    page.set_encryption(owner_password="owner", user_password="user")
    page.add_page()
    page.set_font("helvetica", size=12)
    page.multi_cell(0, text="This text needs a password. " * 40)
    return bytes(page.output())


def _cut() -> Iterator[Case]:
    texts = files.paragraphs(honest())
    slides = files.pptx([files.shape(texts)])
    whole = {
        "cut.docx": to_docx(honest()),
        "cut.pptx": slides,
        "cut.odt": files.odt(files.odt_body(texts)),
        "cut.zip": files.zipped({"a.md": honest()}),
    }
    for name, data in whole.items():
        yield Case("damaged", name, data[: len(data) * 2 // 3], "skipped:damaged")
    document = files.pdf([files.pdf_text(texts)])
    # A reader may rebuild the lost table: what is there is graded, or the file is refused; never silence.
    yield Case("damaged", "cut.pdf", document[: len(document) * 2 // 3], "graded|skipped|not_scorable")
    yield Case("damaged", "only-a-header.pdf", b"%PDF-1.7\n", "skipped")
    yield Case("damaged", "cut.ipynb", files.notebook([honest()])[:-400], "skipped|graded")
    yield Case("damaged", "no-body.docx", files.zipped({"word/other.xml": "<a/>"}), "skipped")
    yield Case(
        "damaged", "no-xml.docx", files.zipped({"word/document.xml": "no XML at all <"}), "skipped:damaged"
    )
    yield Case("damaged", "wrong-crc.docx", _wrong_checksum(), "skipped:damaged")


def _wrong_checksum() -> bytes:
    data = bytearray(files.zipped({"word/document.xml": "<a/>" * 50}))
    data[14:18] = b"\0\0\0\0"
    place = data.index(b"PK\x01\x02") + 16
    data[place : place + 4] = b"\0\0\0\0"
    return bytes(data)


def _without_text() -> Iterator[Case]:
    yield Case("no text", "empty.md", b"", "skipped:empty")
    yield Case("no text", "mark.txt", b"\xef\xbb\xbf", "skipped:empty")
    yield Case("no text", "blank.txt", b" \n\t\r\n" * 200, "skipped:empty")
    yield Case("no text", "empty.docx", b"", "skipped:empty")
    yield Case(
        "no text",
        "picture.pdf",
        files.pdf(["q 612 0 0 792 0 0 cm 0 0 1 1 re f Q"] * 3),
        "skipped:no_text_layer",
    )
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="3" name="Scan"/></p:nvPicPr></p:pic>'
    yield Case("no text", "pictures.pptx", files.pptx([picture] * 3), "skipped:no_text_layer")
    yield Case("no text", "no-words.docx", files.docx("<w:p/>"), "skipped|not_scorable")
    yield Case("no text", "no-cells.ipynb", files.notebook([]), "skipped|not_scorable")
