"""Files that make a parser slow, hungry or deep: an outcome for each, in time, and the rest of the batch goes on."""

from collections.abc import Iterator
from itertools import repeat

from benchmarks.robustness_cases import files
from benchmarks.robustness_cases.case import ANY, Case, honest

_MANY = 50_000


def cases() -> Iterator[Case]:
    yield from _markup()
    yield from _packages()
    yield from _pdf()
    yield Case("resources", "control.md", honest(), clean=True)


def _markup() -> Iterator[Case]:
    texts = {
        "brackets.md": "[" * _MANY + "](" * _MANY,
        "stars.md": "*a_ " * _MANY,
        "quotes.md": ">" * 20_000 + " deep",
        "lists.md": "".join(f"{'  ' * n}- a\n" for n in range(1500)),
        "backticks.md": "".join("`" * n + " " for n in range(1, 2000)),
        "links.md": "".join(f"[a{n}]: x\n" for n in range(_MANY)),
        "entities.md": "&a" * _MANY,
        "table.md": f"|{'a|' * 2000}\n|{'-|' * 2000}\n" + f"|{'b|' * 2000}\n" * 200,
        "one-word.txt": "a" * 4_000_000,
        "one-line.txt": "word " * 400_000,
        "lines.txt": "a\n" * 1_000_000,
        "almost.txt": ("a" * 30 + "!") * 20_000,
        "dashes.txt": "- " * 500_000,
        "equals.rst": "=" * 200_000 + "\n" + "a" * 200_000 + "\n" + "=" * 200_000,
        "stars.rst": "*a" * 100_000,
        "blocks.adoc": "====\n" * 100_000,
        "deep.html": "<div>" * 100_000 + "deep",
        "attributes.html": f"<p {' '.join(f'a{n}=1' for n in range(60_000))}>x</p>",
        "comments.html": "<html><body>" + "<!--" * 200_000,
        "tags.html": "<html><body>" + "<b><i>" * _MANY,
        "tables.html": "<html><body>" + "<table><tr><td>" * 5_000,
        "spans.html": f'<table><tr><td colspan="{10**9}" rowspan="{10**9}">x</td></tr></table>',
        "entities.html": "<html><body><p>" + "&#x41;&amp" * 300_000,
        "deep.ipynb": '{"nbformat":4,"cells":[' + '{"source":[' * 100_000,
        "numbers.ipynb": '{"nbformat":4,"cells":[{"cell_type":"markdown","source":' + "9" * 2_000_000 + "}]}",
        "groups.rtf": "{\\rtf1 " + "{" * 100_000,
        "controls.rtf": "{\\rtf1 " + "\\b\\b0 a" * 100_000 + "}",
        "binary.rtf": "{\\rtf1 {\\pict\\bin999999999 x}}",
    }
    for name, text in texts.items():
        yield Case("resources", name, text, ANY)


def _packages() -> Iterator[Case]:
    deep = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    for _ in range(5000):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>" if len(deep) < 500_000 else deep
    yield Case("resources", "nested-tables.docx", files.docx(deep), ANY)
    yield Case("resources", "paragraphs.docx", files.docx("<w:p/>" * 1_000_000), ANY)
    yield Case(
        "resources", "texts.docx", files.docx(files.word_body(repeat("Some words here.", 200_000))), ANY
    )
    yield Case(
        "resources", "deep.odt", files.odt("<text:section>" * 50_000 + "</text:section>" * 50_000), ANY
    )
    yield Case("resources", "spaces.odt", files.odt('<text:p><text:s text:c="999999999"/></text:p>'), ANY)
    repeated = '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">' + (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    yield Case("resources", "repeated-cells.odt", files.odt(f"{repeated}</table:table>"), ANY)
    yield Case("resources", "groups.pptx", files.pptx(["<p:grpSp>" * 20_000 + "</p:grpSp>" * 20_000]), ANY)
    yield Case("resources", "slides.pptx", files.pptx([files.shape(["a"])] * 5000), ANY)


def _pdf() -> Iterator[Case]:
    loop = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
    yield Case("resources", "loop.pdf", files.pdf_of(loop), "skipped")
    arrays = [b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 200_000 + b"]" * 200_000 + b" >>",
              b"<< /Type /Pages /Kids [] /Count 0 >>"]  # fmt: skip
    yield Case("resources", "arrays.pdf", files.pdf_of(arrays), ANY)
    many = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 999999999 >>"]
    yield Case("resources", "count.pdf", files.pdf_of(many), "skipped")
    page = files.pdf_text(["A line of text on a page."])
    yield Case("resources", "pages.pdf", files.pdf([page] * 501), "skipped:too_large")
    letters = "BT /F1 1 Tf " + "1 0 0 1 5 5 Tm (a) Tj " * 300_000 + "ET"
    yield Case("resources", "letters.pdf", files.pdf([letters], compressed=True), ANY)
    script = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    yield Case("resources", "script.pdf", files.pdf_of(script), "skipped")
