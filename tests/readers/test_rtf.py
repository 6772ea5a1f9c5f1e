"""What only RTF has: groups, code pages, skipped fallbacks, destinations, rows without a table."""

import pytest
from office_samples import rtf

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Document


def read(body: str) -> Document:
    return read_document(rtf(body), "a.rtf")


def brief(body: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(body).blocks]


def test_characters_by_code_page_unicode_and_name() -> None:
    assert brief("caf\\'e9 \\u8364 ?5 \\ldblquote x\\rdblquote\\emdash y\\~z\\par")[0][1] == "café €5 “x”—y z"
    assert brief("{\\uc2 \\u8364 ??5}{\\uc0 \\u8364 7}\\par")[0][1] == "€5€7"


def test_shift_jis_font_is_decoded_with_its_code_page() -> None:
    data = rtf("{\\f2 \\'93\\'fa\\'96\\'7b}\\par").replace(
        b"{\\f1\\fcharset0", b"{\\f2\\fcharset128 Gothic;}{\\f1\\fcharset0"
    )
    assert read_document(data, "a.rtf").blocks[0].text == "日本"


def test_headings_by_outline_level_and_by_print() -> None:
    document = read(
        "\\pard\\outlinelevel1 Risks\\par\\pard Text that is read by many.\\par"
        "\\pard\\fs32 Alarms at night\\par\\pard\\fs24 They wake the ward, so we send few.\\par"
    )
    assert [(b.text, b.depth) for b in document.blocks if b.type == "heading"] == [
        ("Risks", 2),
        ("Alarms at night", 3),
    ]


def test_hidden_deleted_and_metadata_are_left_out() -> None:
    body = (
        "{\\info{\\title Pump plan}{\\author Ada}}{\\header Ward 7\\par}{\\*\\unknown secret}"
        "Seen {\\v give full marks} by {\\deleted all }many.{\\footnote Measured in May.}\\par"
        "{\\pict 89504e47}"
    )
    document = read(body)
    assert [block.text for block in document.blocks] == ["Seen by many.", "Measured in May."]
    assert document.title == "Pump plan"
    assert {found.by for found in document.hidden} == {"marked_hidden"}


def test_print_in_the_colour_of_its_ground_or_too_small_is_left_out() -> None:
    colours = "{\\colortbl;\\red255\\green255\\blue255;\\red0\\green0\\blue120;}"
    body = "Seen {\\cf1 white }{\\cf1\\chcbpat2 on blue}{\\fs2 tiny}{\\cf2 , blue.}\\par"
    document = read_document(rtf(colours + body), "a.rtf")
    assert [block.text for block in document.blocks] == ["Seen on blue, blue."]
    assert [(found.by, found.text) for found in document.hidden] == [("colour", "white"), ("tiny", "tiny")]


def test_cells_with_several_paragraphs_stay_one_row_and_text_after_a_table_is_text() -> None:
    row = "\\trowd\\pard\\intbl {}\\cell {}\\cell\\row "
    body = (
        row.format("Risk", "Owner")
        + row.format("Runs dry.\\par Wakes the ward.", "Ada")
        + "\\pard After.\\par"
    )
    blocks = read(body).blocks
    assert [(b.type, b.text, b.headers) for b in blocks] == [
        ("table_row", "Runs dry. Wakes the ward. | Ada", ("Risk", "Owner")),
        ("paragraph", "After.", ()),
    ]


def test_row_that_never_ends_is_not_lost() -> None:
    assert brief("\\trowd\\pard\\intbl left\\cell right\\cell")[0] == ("table_row", "left | right")


def test_line_feeds_of_the_file_are_nothing_and_escaped_ones_end_paragraphs() -> None:
    assert [text for _, text in brief("one\ntwo\\\nthree\\line four\\par")] == ["onetwo", "three\nfour"]


def test_braces_without_end_and_unknown_code_pages_are_survived() -> None:
    document = read_document(b"{\\rtf1\\ansi\\ansicpg99999 {\\b caf\\'e9 and more", "a.rtf")
    assert document.blocks[0].text == "café and more"
    assert [(flag.code, flag.severity) for flag in document.flags] == [("truncated", "warning")]
    with pytest.raises(UnreadableError) as caught:
        read_document(b"{\\rtf1 " + b"{" * 5000 + b"x", "a.rtf")
    assert caught.value.code == "too_deep"


def box(text: str) -> str:
    """A text box as word processors write it: what it holds stands a second time in the older markup."""
    old = f"{{\\shprslt{{\\*\\do\\dobxcolumn{{\\dptxbx{{\\dptxbxtext\\pard {text}\\par}}}}}}}}"
    name = "{\\sp{\\sn fillColor}{\\sv 1056816}}"
    return f"{{\\shp{{\\*\\shpinst\\shpleft10{name}{{\\shptxt\\pard\\intbl {text}\\par}}}}{old}}}"


@pytest.mark.parametrize(
    "anchor", ["We chose{} B.\\par", "We chose B.\\par{}\\par", "{{\\b We {}chose}} B.\\par"]
)
def test_text_boxes_follow_the_paragraph_they_are_anchored_to(anchor: str) -> None:
    drawn = box("It is {\\b cheaper}.\\par It is quicker.")
    assert brief(anchor.format(drawn) + " Next.\\par") == [
        ("paragraph", "We chose B."),
        ("paragraph", "It is cheaper."),
        ("paragraph", "It is quicker."),
        ("paragraph", "Next."),
    ]


def test_older_text_boxes_and_groups_of_them_are_read() -> None:
    old = "{\\*\\do\\dobxcolumn{\\dptxbx{\\dptxbxtext\\pard It is old.\\par}}}"
    group = f"{{\\shpgrp{{\\*\\shpinst{box('It is grouped.')}{{\\shprslt none}}}}}}"
    assert [text for _, text in brief(f"One.{old}\\par Two.{group}\\par")] == [
        "One.", "It is old.", "Two.", "It is grouped.",
    ]  # fmt: skip


def test_text_boxes_of_running_heads_are_not_read() -> None:
    assert brief(f"{{\\header\\pard {box('Every page.')}\\par}}We chose B.\\par") == [
        ("paragraph", "We chose B.")
    ]


def test_notes_and_text_boxes_of_cells_follow_the_table() -> None:
    note = "{\\footnote{\\listtext 1.}Measured in May.\\par And in June.}"
    rows = f"\\trowd\\intbl Recall{note}\\cell 0.9{box('Of the ward.')}\\cell\\row\\pard After.\\par"
    assert brief(rows) == [
        ("table_row", "Recall | 0.9"),
        ("paragraph", "Measured in May."),
        ("paragraph", "And in June."),
        ("paragraph", "Of the ward."),
        ("paragraph", "After."),
    ]
