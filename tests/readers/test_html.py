"""HTML: what a visitor sees, and nothing else."""

import pytest

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


@pytest.mark.parametrize("start", ["<p>We chose B.", "We chose B.", "<h2>Goal</h2>We chose B."])
def test_a_page_without_the_end_of_its_head_is_read(start: str) -> None:
    page = f"<!doctype html><html><head><meta charset=utf-8><!-- no --><title>Plan</title>\n{start}"
    document = read_document(page.encode(), "page.html")
    assert (document.title, document.blocks[-1].text) == ("Plan", "We chose B.")
    assert "comment" not in [block.type for block in document.blocks]


@pytest.mark.parametrize("end", ["", "</dt>", "</dt><dd></dd>", "</dt><dd></dd></dl><dl>"])
def test_a_term_without_a_definition_is_an_item_of_its_own(end: str) -> None:
    assert shown(f"<dl><dt>Recall{end}</dl><ul><li>next</li></ul>") == [
        ("list_item", "Recall"),
        ("list_item", "next"),
    ]


def test_a_term_stands_before_what_defines_it() -> None:
    body = "<dl><dt>Retry</dt><dd><pre>retry()</pre></dd><dt>Wait</dt><dd><p>an hour</p></dd></dl>"
    assert shown(body) == [("list_item", "Retry"), ("code", "retry()"), ("list_item", "Wait: an hour")]


@pytest.mark.parametrize(
    "left_out",
    [
        "<dl><dt>Recall<dd>found of all<dt>Both<dd>one<dd>two</dl>after",
        "<dl><dt>Recall<dd><ul><li>found of all</ul><dt>Both<dd>one<dd><b>two</dl>after",
    ],
)
def test_definitions_may_leave_out_their_end_tags(left_out: str) -> None:
    texts = ["Recall: found of all", "Both: one", "two"]
    assert shown(left_out) == [*(("list_item", text) for text in texts), ("paragraph", "after")]


def test_tables_may_leave_out_their_end_tags() -> None:
    head = "<table><caption>Limits<thead><tr><th>Risk<th>Owner"
    table = head + "<tbody><tr><td>Leak<td><p>Ada<tr><td>Noise<td>Bo</table>"
    document = read(table + "<p>after")
    assert [block.text for block in document.blocks] == ["Limits", "Leak | Ada", "Noise | Bo", "after"]
    assert document.blocks[1].headers == ("Risk", "Owner")


def test_end_tags_left_out_inside_another_table_end_nothing_outside() -> None:
    inner = "<table><tr><td>Risk<td>Owner<tr><td>Leak<td>Ada<tr><td>Noise<td>Bo</table>"
    assert shown(f"<table><tr><td>Risks<td>{inner}tail<tr><td>Costs<td>none</table>") == [
        ("paragraph", "Risks"),
        ("table_row", "Leak | Ada"),
        ("table_row", "Noise | Bo"),
        ("paragraph", "tail"),
        ("paragraph", "Costs"),
        ("paragraph", "none"),
    ]


def test_what_is_hidden_ends_where_the_next_item_or_paragraph_begins() -> None:
    document = read("<ul><li hidden>draft<li>We chose B.</ul><p hidden>old<p>new")
    assert [block.text for block in document.blocks] == ["We chose B.", "new"]
    assert [found.text for found in document.hidden] == ["draft old"]


def test_a_thousand_paragraphs_without_end_tags_are_not_too_deep() -> None:
    assert len(read("<p>We chose B.\n" * 2000).blocks) == 2000
