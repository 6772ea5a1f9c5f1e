"""Small real office files, built part by part; and the contract's document in each of their formats."""


import io
import zipfile

from fpdf import FPDF

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
OFFICE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of `parts` by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rels(targets: dict[str, tuple[str, str]]) -> str:
    """A relationships part: id → (last word of the type, target)."""
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE_TYPE}{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{links}</Relationships>'


STYLES = (
    f"<w:styles {W}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2, 3)
    )
    + '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Heading2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    "</w:styles>"
)


def docx(body: str, **more: str) -> bytes:
    """A Word file around `body`; `more` are further parts of ``word/`` by name without suffix."""
    links = {"s": ("styles", "styles.xml")} | {key: (key, f"{key}.xml") for key in more}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": rels({"d": ("officeDocument", "word/document.xml")}),
            "word/document.xml": (
                f"<w:document {W} {A} {WP} {MC} {W14} {M}><w:body>{body}</w:body></w:document>"
            ),
            "word/styles.xml": STYLES,
            "word/_rels/document.xml.rels": rels(links),
        }
        | {f"word/{key}.xml": part for key, part in more.items()}
    )


def p(text: str, style: str = "", level: int | None = None, run: str = "") -> str:
    """A Word paragraph; `level` makes it a list item, `run` is put into its run's properties."""
    numbering = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    )
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{name}{numbering}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str], header: bool = False) -> str:
    """A Word table of plain cells."""
    out = ""
    for number, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if header and not number else ""
        out += f"<w:tr>{mark}{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
    return f"<w:tbl>{out}</w:tbl>"


def picture(text: str) -> str:
    """A Word paragraph with a described picture."""
    drawing = f'<wp:inline><wp:docPr id="1" descr="{text}"/></wp:inline>'
    return f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"


ROWS = [["Metric", "Limit", "Owner"], ["Recall", "0.95", "Ada"], ["Precision", "0.60", "Ben"]]
INTRO = "We warn a nurse before a pump runs dry, because refills take 40 minutes 🚰."
LIMITS = "2. Risks &amp; limits"


def contract_docx() -> bytes:
    """The contract's document as Word writes it."""
    return docx(
        p("Pump Alerts", "Heading1") + p(INTRO) + p(LIMITS, "Heading2")
        + p("A false alarm wakes the ward.", level=0) + p("At most two per night are accepted.", level=1)
        + p("A missed alarm is worse.", level=0) + p("Owners", "Heading3")
        + p("☒ Threshold agreed with the ward") + p("☐ Rollback rehearsed")
        + table(*ROWS, header=True) + p("If in doubt, call a person.", "Quote")
        + p("limit = 0.95", run='<w:rFonts w:ascii="Courier New"/>') + picture("Curve of alarms per night")
    )  # fmt: skip


def odt(text: str, automatic: str = "", **more: str) -> bytes:
    """An OpenDocument text around `text`; `more` are further parts by name without suffix."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        for name, part in more.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return buffer.getvalue()


def contract_odt() -> bytes:
    """The contract's document as LibreOffice writes it."""

    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"

    def row(cells: list[str]) -> str:
        cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
        return f"<table:table-row>{''.join(map(cell.format, cells))}</table:table-row>"

    nested = f"<text:list>{item('At most two per night are accepted.')}</text:list>"
    return odt(
        f'<text:h text:outline-level="1">Pump <text:span>Alerts</text:span></text:h><text:p>{INTRO}</text:p>'
        f'<text:h text:outline-level="2">{LIMITS}</text:h>'
        f"<text:list>{item('A false alarm wakes the ward.', nested)}"
        f"{item('A missed alarm is worse.')}</text:list>"
        '<text:h text:outline-level="3">Owners</text:h>'
        f"<text:list>{item('☑ Threshold agreed with the ward')}{item('☐ Rollback rehearsed')}</text:list>"
        f"<table:table><table:table-header-rows>{row(ROWS[0])}</table:table-header-rows>"
        f"{row(ROWS[1])}{row(ROWS[2])}</table:table>"
        '<text:p text:style-name="Quotations">If in doubt, call a person.</text:p>'
        '<text:p text:style-name="Preformatted_20_Text">limit = 0.95</text:p>'
        "<text:p><draw:frame><draw:image/><svg:desc>Curve of alarms per night</svg:desc></draw:frame></text:p>"
    )


def rtf(body: str) -> bytes:
    """A rich text file around `body`, with styles 1–3 for headings and 4 for quotes."""
    styles = "".join(f"{{\\s{n} \\b heading {n};}}" for n in (1, 2, 3)) + "{\\s4 Quote;}"
    fonts = "{\\f0\\fcharset0 Times;}{\\f1\\fcharset0 Courier New;}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{fonts}}}{{\\stylesheet{styles}}}\\fs24 {body}}}".encode(
        "ascii"
    )


def contract_rtf() -> bytes:
    """The contract's document as word processors export it."""

    def item(text: str, level: int) -> str:
        return f"\\pard\\ls1\\ilvl{level}{{\\listtext\\tab\\u8226 ?\\tab}}{text}\\par "

    def row(cells: list[str]) -> str:
        return (
            "\\trowd\\cellx100\\cellx200\\cellx300\\pard\\intbl "
            + "".join(f"{c}\\cell " for c in cells)
            + "\\row "
        )

    return rtf(
        "\\pard\\s1 {\\b Pump Alerts}\\par \\pard "
        "We warn a nurse before a pump runs dry, because refills take 40 minutes \\u-10179 ?\\u-8528 ?.\\par "
        "\\pard\\s2 2. Risks & limits\\par "
        + item("A false alarm wakes the ward.", 0)
        + item("At most two per night are accepted.", 1)
        + item("A missed alarm is worse.", 0)
        + "\\pard\\s3 Owners\\par "
        + "\\pard \\u9746 ? Threshold agreed with the ward\\par \\u9744 ? Rollback rehearsed\\par "
        + "".join(map(row, ROWS))
        + "\\pard\\s4 If in doubt, call a person.\\par \\pard\\f1 limit = 0.95\\par"
    )


def contract_pdf() -> bytes:
    """The contract's document on paper: structure only by print. Its standard fonts have no emoji."""
    pdf = FPDF(format="A4")
    pdf.add_page()

    def line(
        text: str, size: float = 11, style: str = "", indent: float = 0, family: str = "Helvetica"
    ) -> None:
        pdf.set_font(family, style, size)
        pdf.set_x(pdf.l_margin + indent)
        pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)

    line("Pump Alerts", 22, "B")
    line(INTRO.replace(" 🚰", ""))
    line("2. Risks & limits", 16, "B")
    line("\x95 A false alarm wakes the ward.", indent=5)
    line("\x95 At most two per night are accepted.", indent=12)
    line("\x95 A missed alarm is worse.", indent=5)
    line("Owners", 13, "B")
    line("[x] Threshold agreed with the ward")
    line("[ ] Rollback rehearsed")
    pdf.set_font("Helvetica", "", 11)
    with pdf.table() as grid:
        for cells in ROWS:
            row = grid.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(4)
    line("If in doubt, call a person.")
    line("limit = 0.95", family="Courier")
    return bytes(pdf.output())


OFFICE_SAMPLES: dict[str, bytes] = {
    "sample.docx": contract_docx(),
    "sample.odt": contract_odt(),
    "sample.rtf": contract_rtf(),
    "sample.pdf": contract_pdf(),
}
"""File name → bytes."""

OFFICE_WITHOUT: dict[str, frozenset[str]] = {
    ".docx": frozenset({"comment"}),
    ".odt": frozenset({"comment"}),
    ".rtf": frozenset({"alt_text", "comment"}),
    ".pdf": frozenset({"alt_text", "comment"}),
}
"""Suffix → types of block that the format cannot carry, or whose text is no part of the document."""
