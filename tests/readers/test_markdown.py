"""Markdown as people write it."""

import pytest

from grader.readers import read_document
from grader.schema import Block, Document


def read(text: str) -> Document:
    return read_document(text.encode(), "draft.md")


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(text).blocks]


def only(text: str, type: str) -> list[Block]:
    return [block for block in read(text).blocks if block.type == type]


def test_front_matter_is_kept_apart_and_gives_the_title() -> None:
    document = read('---\ntitle: "Pump plan"\ntags: [a, b]\n---\n\n# Goals\n')
    assert document.title == "Pump plan"
    assert [(b.type, b.location.line) for b in document.blocks] == [("front_matter", 2), ("heading", 6)]


def test_rule_at_the_top_is_no_front_matter() -> None:
    assert shown("---\n\nWe chose B because it is cheap.\n\n---\n\nMore.")[0][0] == "paragraph"


def test_markup_is_gone_and_words_stay() -> None:
    text = "We **chose** _B_ ([why](https://x.org)), `limit=3`, ~~not~~ C <b>now</b> 🚀 **Cost: **low"
    assert shown(text) == [("paragraph", "We chose B (why), limit=3, not C now 🚀 Cost: low")]


def test_lines_count_through_hard_wraps_and_any_line_end() -> None:
    text = "# A\r\n\r\nfirst line\r\nsecond line\r\n\r\nlast"
    paragraph = read(text).blocks[1]
    assert paragraph.text == "first line\nsecond line"
    assert paragraph.place(paragraph.text.index("second")).line == 4
    assert read(text.replace("\r\n", "\r")).blocks[2].location.line == 6


def test_line_break_tag_cuts_a_paragraph() -> None:
    assert shown("**Owner:** Ada<br>**Due:** May") == [("paragraph", "Owner: Ada"), ("paragraph", "Due: May")]


@pytest.mark.parametrize("line", ["**Risks:**", "**Open questions**", "**Risks**:", "**Why now?**"])
def test_short_bold_paragraph_acts_as_heading_below_the_last_real_one(line: str) -> None:
    blocks = read(f"## Plan\n\n{line}\n\nA pump may fail.\n\n## Next\n").blocks
    assert (blocks[1].type, blocks[1].depth, blocks[1].path) == ("heading", 3, ("Plan",))
    assert blocks[2].path == ("Plan", blocks[1].text)
    assert blocks[3].path == ()


@pytest.mark.parametrize(
    "line",
    [
        "**We will not ship this before the ward agrees.**",
        "**Risks:** a pump may fail",
        "**One** and **two**",
        "**This bold text is far too long to be a heading for anything below it**",
        "**42**",
    ],
)
def test_other_bold_text_is_no_heading(line: str) -> None:
    assert [kind for kind, _ in shown(f"{line}\n\nMore.")] == ["paragraph", "paragraph"]


def test_rule_right_below_a_paragraph_makes_no_heading() -> None:
    assert shown("**Owner:** Ada\n**Due:** May\n---\n\nPlan\n---\n") == [
        ("paragraph", "Owner: Ada\nDue: May"),
        ("heading", "Plan"),
    ]


def test_check_boxes_nesting_and_paragraphs_of_items() -> None:
    blocks = read("- [x] done\n- [ ] open\n  1. inner\n\n     more on inner\n- plain\n").blocks
    assert [(b.type, b.text, b.depth, b.checked) for b in blocks] == [
        ("list_item", "done", 1, True),
        ("list_item", "open", 1, False),
        ("list_item", "inner", 2, None),
        ("paragraph", "more on inner", 0, None),
        ("list_item", "plain", 1, None),
    ]


def test_table_rows_carry_headers_and_keep_escaped_bars() -> None:
    rows = only("| A | B |\n|---|---|\n| x `p\\|q` | **y**<br>z |\n| | |\n", "table_row")
    assert [(row.text, row.headers, row.location.line) for row in rows] == [("x p|q | y z", ("A", "B"), 3)]


def test_table_with_only_a_header_loses_nothing() -> None:
    assert shown("| A | B |\n|---|---|\n") == [("table_row", "A | B")]


@pytest.mark.parametrize("gap", ["\t", " | "])
def test_flattened_table_is_a_table(gap: str) -> None:
    lines = [("Risk", "Owner", "Due"), ("Leak", "Ada", "May 3"), ("Noise", "Ben", "June 1")]
    rows = only("**Plan**\n\n" + "\n".join(map(gap.join, lines)), "table_row")
    assert [(row.text, row.headers) for row in rows] == [
        ("Leak | Ada | May 3", lines[0]),
        ("Noise | Ben | June 1", lines[0]),
    ]


def test_a_bar_in_a_sentence_is_no_table() -> None:
    assert shown("Use `a | b` or not.\nThe pipe | is fine.\nEnd.")[0][0] == "paragraph"


def test_quotes_and_alerts() -> None:
    blocks = read("> [!WARNING]\n> Pumps leak.\n\n> - item\n").blocks
    assert [(b.type, b.text, b.location.line) for b in blocks] == [
        ("quote", "Pumps leak.", 2),
        ("list_item", "item", 4),
    ]


def test_code_and_diagrams_are_kept_apart() -> None:
    fence = "```python\nlimit = 3\n```\n\n```mermaid\ngraph TD; A-->B\n```\n\n"
    drawing = "+------+     +-----+\n| Pump | --> | Bag |\n+------+     +-----+\n\n│ A │\n└───┘\n"
    blocks = read(fence + drawing).blocks
    assert {block.type for block in blocks} == {"code"}
    assert (blocks[0].text, blocks[0].location.line) == ("limit = 3", 2)


def test_arrows_in_a_sentence_are_no_diagram() -> None:
    assert shown("Nurse → pump → bag, then we wait.")[0][0] == "paragraph"


def test_indented_prose_is_prose_and_indented_code_is_code() -> None:
    prose = (
        "**Goals** are few\n\n    We accept two false alarms per night.\n\nCalls\n\n    run(pump, limit=3)\n"
    )
    assert [kind for kind, _ in shown(prose)] == ["paragraph", "paragraph", "paragraph", "code"]


def test_sentences_in_a_bare_fence_are_prose_but_commands_are_not() -> None:
    assert shown("```\nAs a nurse, I want fewer alarms at night.\n```")[0][0] == "paragraph"
    assert shown("```\nmake sure everything still works here\n```")[0][0] == "code"
    assert shown("```python\nWe accept two false alarms per night.\n```")[0][0] == "code"


def test_alt_text_and_comments_are_kept_apart() -> None:
    assert shown("See ![a curve](c.png) here. <!-- ask Ada -->\n\n<!--\nhidden plan\n-->") == [
        ("paragraph", "See here."),
        ("alt_text", "a curve"),
        ("comment", "ask Ada"),
        ("comment", "hidden plan"),
    ]


def test_html_inside() -> None:
    table = "<table>\n<tr><th>A</th><th>B</th></tr>\n\n    <tr><td>1</td><td>2</td></tr>\n</table>\n"
    blocks = read(f"<details>\n<summary>More</summary>\n\n**Bold** text\n\n</details>\n\n{table}").blocks
    assert [(b.type, b.text) for b in blocks] == [
        ("paragraph", "More"),
        ("paragraph", "Bold text"),
        ("table_row", "1 | 2"),
    ]
    assert (blocks[2].headers, blocks[2].location.line) == (("A", "B"), 11)


def test_placeholders_are_text_and_tags_are_not() -> None:
    assert shown("Owner of <Product Name>: <b>Ada</b> at <YYYY-MM-DD>, `<x y>`") == [
        ("paragraph", "Owner of <Product Name>: Ada at <YYYY-MM-DD>, <x y>")
    ]


def test_mdx_machinery_is_no_prose() -> None:
    machinery = "import Box from './box'\nexport const a = 1\n\n"
    text = machinery + '<Box kind="tip">\n\nWe chose B.\n\n</Box>\n\n{/* later */}\n'
    assert [block for block in shown(text) if block[0] != "code"] == [
        ("paragraph", "We chose B."),
        ("comment", "later"),
    ]


def test_footnotes_are_read_where_they_are_defined() -> None:
    blocks = read("Two alarms[^1] are fine.\n\n[^1]: Agreed with the ward.\n").blocks
    assert [(b.text, b.location.line) for b in blocks] == [
        ("Two alarms are fine.", 1),
        ("Agreed with the ward.", 3),
    ]


def test_notes_written_where_they_are_referred_to_follow_the_text() -> None:
    text = "# Plan\n\nTwo alarms^[Agreed **with** the ward.] are\nfine.\n\n- one^[Of May.]\n\n"
    text += "| A | B |\n|---|---|\n| x^[No y.] | 1 |\n"
    assert [(b.type, b.text, b.location.line) for b in read(text).blocks][1:] == [
        ("paragraph", "Two alarms are\nfine.", 3),
        ("list_item", "one", 6),
        ("table_row", "x | 1", 10),
        ("paragraph", "Agreed with the ward.", 3),
        ("paragraph", "Of May.", 6),
        ("paragraph", "No y.", 10),
    ]


def test_both_kinds_of_notes_are_read() -> None:
    text = "Two^[Agreed.] alarms[^1] are^[By all.] fine.\n\n[^1]: Noted.\n"
    assert [(b.text, b.location.line) for b in read(text).blocks] == [
        ("Two alarms are fine.", 1),
        ("Agreed.", 1),
        ("Noted.", 3),
        ("By all.", 1),
    ]


def test_a_note_in_a_flattened_table_is_read_once() -> None:
    assert shown("# Plan\n\n| Leak^[Of May.] | 1 |\n| Noise | 2 |\n")[1:] == [
        ("table_row", "Leak | 1"),
        ("table_row", "Noise | 2"),
        ("paragraph", "Of May."),
    ]


@pytest.mark.parametrize("fence", ["```\n{}\n```\n", "    {}\n"])
def test_a_slot_in_a_block_that_reads_like_prose_is_text(fence: str) -> None:
    text = "The decision was made by <owner> after a long talk."
    assert shown("# Plan\n\n" + fence.format(text))[1:] == [("paragraph", text)]


def test_document_inside_a_fence_is_the_document() -> None:
    blocks = read("```markdown\n# Plan\n\nWe chose B.\n```\n").blocks
    assert [(b.type, b.location.line) for b in blocks] == [("heading", 2), ("paragraph", 4)]


def test_markdown_without_markdown_is_read_as_plain_text() -> None:
    text = "Pump Plan\n1. Overview\nThe pump warns a nurse early.\n\n2. Risks\nRisk\tOwner\nLeak\tAda\n"
    assert shown(text) == [
        ("heading", "Pump Plan"),
        ("heading", "1. Overview"),
        ("paragraph", "The pump warns a nurse early."),
        ("heading", "2. Risks"),
        ("table_row", "Leak | Ada"),
    ]


def test_what_a_line_hides_is_told_as_it_is_written() -> None:
    document = read('A <span style="display:none"><Owner> decides that</span> b.\n')
    assert [found.text for found in document.hidden] == ["<Owner> decides that"]


def test_empty_comment_in_braces_is_nothing() -> None:
    assert shown("# Goals\n\n{/* */}\n") == [("heading", "Goals")]
