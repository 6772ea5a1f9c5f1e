"""AsciiDoc as people write it."""

import pytest

from grader.readers import read_document
from grader.schema import Document


def read(text: str) -> Document:
    return read_document(text.encode(), "plan.adoc")


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(text).blocks]


def test_attributes_comments_and_title() -> None:
    document = read("= Pump plan\n:author: Ada\n// later\n\n////\nsecret\nplan\n////\n\nWe chose B.\n")
    assert document.title == "Pump plan"
    assert [(b.type, b.text, b.location.line) for b in document.blocks] == [
        ("heading", "Pump plan", 1),
        ("front_matter", ":author: Ada", 2),
        ("comment", "later", 3),
        ("comment", "secret\nplan", 6),
        ("paragraph", "We chose B.", 10),
    ]


def test_inline_markup_is_gone() -> None:
    text = "We *chose* _B_ over `C` (<<why,the reasons>>, link:x.html[the log]), **bo**ld, 2 * 3 * 4, a_b_c."
    assert shown(text) == [("paragraph", "We chose B over C (the reasons, the log), bold, 2 * 3 * 4, a_b_c.")]


def test_lists_of_all_kinds_nest() -> None:
    blocks = read(
        "* one\ngoes on\n** two\n. three\n* [x] four\n+\nmore on four\n\nRecall:: found of all\n"
    ).blocks
    assert [(b.type, b.text, b.depth, b.checked) for b in blocks] == [
        ("list_item", "one\ngoes on", 1, None),
        ("list_item", "two", 2, None),
        ("list_item", "three", 3, None),
        ("list_item", "four", 1, True),
        ("paragraph", "more on four", 0, None),
        ("list_item", "Recall: found of all", 1, None),
    ]


def test_blocks_that_are_code_and_blocks_that_are_not() -> None:
    code = "[source]\n----\nx = 1\n----\n\n....\nliteral\n....\n\n"
    text = code + "====\nAn example.\n====\n\n[NOTE]\n====\nMind it.\n====\n"
    assert shown(text) == [
        ("code", "x = 1"),
        ("code", "literal"),
        ("paragraph", "An example."),
        ("quote", "Mind it."),
    ]


def test_admonition_caption_and_quote_block() -> None:
    text = "WARNING: Pumps leak.\n\n.Limits\nSome text.\n\n____\nAsk a person.\n____\n\nAfter.\n"
    assert shown(text) == [
        ("quote", "Pumps leak."),
        ("caption", "Limits"),
        ("paragraph", "Some text."),
        ("quote", "Ask a person."),
        ("paragraph", "After."),
    ]


def test_tables_by_line_by_cell_and_with_implied_header() -> None:
    by_line = read("|===\n|Metric |Limit\n\n|Recall |0.9\n|Cost a\\|b |3\n|===\n").blocks
    assert [(b.text, b.headers, b.location.line) for b in by_line] == [
        ("Recall | 0.9", ("Metric", "Limit"), 4),
        ("Cost a|b | 3", ("Metric", "Limit"), 5),
    ]
    by_cell = read('[cols="1,a"]\n|===\n|Recall\n|0.9\n\n|Cost\n|3\n|===\n').blocks
    assert [(b.text, b.headers) for b in by_cell] == [("Recall | 0.9", ()), ("Cost | 3", ())]


def test_unclosed_block_loses_nothing() -> None:
    assert shown("----\nx = 1\n\nrest") == [("code", "x = 1\n\nrest")]


@pytest.mark.parametrize(
    "opened, closed",
    [
        (",===", ","),
        (":===", ":"),
        ("[format=csv]\n|===", ","),
        ('[%header,format="csv",separator=;]\n|===', ";"),
        ("[format=tsv]\n|===", "\t"),
    ],
)
def test_tables_of_separated_values(opened: str, closed: str) -> None:
    lines = [
        closed.join(row)
        for row in (("Risk", "Owner"), ("",), ("Leak", '"Ada, of the\nward"'), ("Noise", "Bo"))
    ]
    fence = opened.split("\n")[-1]
    blocks = read("\n".join([opened, *lines, fence, "After."])).blocks
    first = opened.count("\n") + 4
    assert [(b.text, b.headers, b.location.line) for b in blocks] == [
        ("Leak | Ada, of the ward", ("Risk", "Owner"), first),
        ("Noise | Bo", ("Risk", "Owner"), first + 2),
        ("After.", (), first + 4),
    ]


def test_lines_before_the_first_cell_are_text_and_a_forgotten_bar_is_set() -> None:
    blocks = read("|===\nWe chose B.\n// a remark\n|Leak |Ada\n|Noise |Bo\n|===\n").blocks
    assert [(b.type, b.text, b.location.line) for b in blocks] == [
        ("paragraph", "We chose B.", 2),
        ("comment", "a remark", 3),
        ("table_row", "Leak | Ada", 4),
        ("table_row", "Noise | Bo", 5),
    ]
    forgotten = read("|===\nLeak 1 |Ada\n|Noise |Bo\n|===\n").blocks
    assert [b.text for b in forgotten] == ["Leak 1 | Ada", "Noise | Bo"]
    assert shown("|===\nWe chose B.\n|===\n") == [("paragraph", "We chose B.")]


def test_a_quotation_mark_that_is_never_closed_loses_nothing() -> None:
    lines = [f"Risk {number},Ada" for number in range(20_000)]
    text = "\n".join([",===", "Leak,Bo", '"' + lines[0], *lines[1:], ",==="])
    blocks = read(text).blocks
    assert (len(blocks), blocks[-1].text) == (20_001, "Risk 19999 | Ada")
