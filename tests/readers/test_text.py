"""Plain text by the habits of people who write it."""

import pytest

from grader.readers import read_document
from grader.schema import Block


def read(text: str) -> tuple[Block, ...]:
    return read_document(text.encode(), "notes.txt").blocks


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(text)]


@pytest.mark.parametrize(
    ("line", "depth"),
    [
        ("RISKS AND LIMITS", 1),
        ("3. Risks", 1),
        ("3.2 Risks of Refills", 2),
        ("Risks:", 2),
        ("Key Findings", 2),
    ],
)
def test_headings_are_known_by_their_look(line: str, depth: int) -> None:
    block = read(f"We begin with a sentence here.\n\n{line}\n\nA pump may fail.\n")[1]
    expected = 1 if line.endswith(":") else depth  # a label stands just below the last real heading
    assert (block.type, block.text, block.depth) == ("heading", line, expected)


@pytest.mark.parametrize(
    "line",
    [
        "We lost 3 pumps.",
        "3 pumps failed",
        "Using less power, we reach the limit:",
        "Recall Difference: 0.2",
        "I, A",
    ],
)
def test_other_short_lines_are_prose(line: str) -> None:
    assert read(f"We begin with a sentence here.\n\n{line}\n\nMore.\n")[1].type == "paragraph"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    block = read("we warn a nurse\nbefore the pump\nruns dry.\n")[0]
    assert block.text == "we warn a nurse\nbefore the pump\nruns dry."
    assert block.place(block.text.index("runs")).line == 3


def test_unwrapped_lines_are_paragraphs_of_their_own() -> None:
    long = "The pump warns a nurse early enough, " * 5
    assert [kind for kind, _ in shown(f"Pump Plan\nGoals and Limits\n{long}\n{long}\n")] == [
        "heading",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_lists_with_any_bullet_nest_and_wrap() -> None:
    blocks = read("• first item\n  goes on\n    – inner\n1) second\n[x] no item\n\n- [x] done\n")
    assert [(b.type, b.text, b.depth) for b in blocks] == [
        ("list_item", "first item\ngoes on", 1),
        ("list_item", "inner", 2),
        ("list_item", "second\n[x] no item", 1),
        ("list_item", "done", 1),
    ]
    assert blocks[-1].checked is True


def test_tables_by_tabs_or_bars_under_a_line_of_text() -> None:
    rows = [
        b
        for b in read("Limits agreed so far\nMetric\tLimit\nRecall\t0.9\n\n| a | 1 |\n| b | 2 |\n")
        if b.headers or "|" in b.text
    ]
    assert [(b.text, b.headers) for b in rows] == [
        ("Recall | 0.9", ("Metric", "Limit")),
        ("a | 1", ()),
        ("b | 2", ()),
    ]


def test_many_heading_like_lines_are_no_trouble() -> None:
    assert len(read("ALARM LIMITS\n" * 3000)) == 3000


def test_markdown_in_a_text_file_is_read_as_markdown() -> None:
    assert shown("# Plan\n\nWe **chose** B.\n\n## Risks\n") == [
        ("heading", "Plan"),
        ("paragraph", "We chose B."),
        ("heading", "Risks"),
    ]
