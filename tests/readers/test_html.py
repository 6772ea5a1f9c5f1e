"""HTML: what a visitor sees, and nothing else."""

from grader.readers import read_document
from grader.schema import Document


def read(body: str) -> Document:
    return read_document(f"<html><body>\n{body}\n</body></html>".encode(), "page.html")


def shown(body: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(body).blocks]


def test_machinery_and_navigation_are_skipped_without_a_word() -> None:
    machinery = "<script>x()</script><style>p{}</style><noscript>no</noscript><template>t</template>"
    body = f"{machinery}<nav>Home</nav><p>Seen</p>"
    document = read(body)
    assert [(b.text, b.location.line) for b in document.blocks] == [("Seen", 2)]
    assert (document.flags, document.hidden) == ((), ())


def test_inline_tags_do_not_cut_words_and_blocks_do() -> None:
    assert shown("<div>re<b>fill</b>s <i>now</i><p>next</p>tail</div>") == [
        ("paragraph", "refills now"),
        ("paragraph", "next"),
        ("paragraph", "tail"),
    ]


def test_lines_are_those_of_the_source() -> None:
    blocks = read("<p>one\n  two</p>\n<p>\n three <b>x</b>\n four</p><p>a<br>\nb</p>").blocks
    assert [(b.text, b.location.line) for b in blocks] == [
        ("one\ntwo", 2),
        ("three x\nfour", 5),
        ("a", 6),
        ("b", 7),
    ]


def test_spans_and_stacked_headers() -> None:
    table = """<table><caption>Limits</caption>
    <thead><tr><th rowspan=2>Ward</th><th colspan=2>Alarms</th></tr>
    <tr><th>day</th><th>night</th></tr></thead>
    <tr><td rowspan="2">A</td><td>3</td><td>1</td></tr><tr><td colspan="2">none</td></tr></table>"""
    document = read(table)
    assert [(b.type, b.text) for b in document.blocks] == [
        ("caption", "Limits"),
        ("table_row", "A | 3 | 1"),
        ("table_row", "A | none | "),
    ]
    assert document.blocks[1].headers == ("Ward", "Alarms day", "Alarms night")


def test_unmarked_header_row_is_found_and_figures_are_none() -> None:
    named = "<table><tr><td>Risk</td><td>Owner</td></tr><tr><td>Leak</td><td>Ada</td></tr></table>"
    assert [(b.text, b.headers) for b in read(named).blocks] == [("Leak | Ada", ("Risk", "Owner"))]
    figures = "<table><tr><td>2024</td><td>17</td></tr><tr><td>2025</td><td>19</td></tr></table>"
    assert [b.headers for b in read(figures).blocks] == [(), ()]


def test_layout_table_is_read_as_a_page() -> None:
    assert shown("<table><tr><td><h2>Goals</h2><p>We chose B.</p></td><td>side</td></tr></table>") == [
        ("heading", "Goals"),
        ("paragraph", "We chose B."),
        ("paragraph", "side"),
    ]


def test_definitions_figures_and_pictures() -> None:
    figure = '<figure><img alt="a curve"><figcaption>Fig 1</figcaption></figure>'
    body = f"<dl><dt>Recall</dt><dd>found of all</dd></dl>{figure}"
    assert shown(body) == [
        ("list_item", "Recall: found of all"),
        ("alt_text", "a curve"),
        ("caption", "Fig 1"),
    ]


def test_declared_encoding_and_title() -> None:
    page = '<html><head><meta charset="iso8859-2"><title> Pump\n plan </title></head><body>Żółw</body></html>'
    document = read_document(page.encode("iso8859-2"), "page.html")
    assert (document.title, document.blocks[0].text, document.flags) == ("Pump plan", "Żółw", ())
