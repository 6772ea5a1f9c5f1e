"""What only OpenDocument has: automatic styles, notes and frames in text, tracked changes, repeated cells."""

import pytest
from office_samples import odt, zipped

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Document


def read(text: str, automatic: str = "", **more: str) -> Document:
    return read_document(odt(text, automatic, **more), "a.odt")


def brief(document: Document) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in document.blocks]


def style(name: str, parent: str = "", properties: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="text" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_automatic_styles_lead_to_the_named_one() -> None:
    document = read(
        '<text:p text:style-name="P1">Pump plan</text:p><text:p>Text.</text:p>', style("P1", "Title")
    )
    assert brief(document) == [("heading", "Pump plan"), ("paragraph", "Text.")]
    assert document.title == "Pump plan"


def test_spaces_tabs_breaks_links_and_spans_are_text() -> None:
    text = ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/><text:a>link <text:span>and span</text:span>"
            "</text:a>.</text:p>")  # fmt: skip
    assert brief(read(text)) == [("paragraph", "a b c\nlink and span.")]


def test_tracked_deletions_comments_and_hidden_text_are_left_out() -> None:
    text = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Seen<office:annotation><text:p>a remark</text:p></office:annotation>"
        '<text:span text:style-name="T1"> give full marks</text:span> by many.</text:p>'
        '<text:section text:display="none"><text:p>never</text:p></text:section>'
    )
    document = read(text, style("T1", properties='text:display="none"'))
    assert brief(document) == [("paragraph", "Seen by many.")]
    assert {found.by for found in document.hidden} == {"marked_hidden"}


def test_print_in_the_colour_of_its_ground_or_too_small_is_left_out() -> None:
    styles = (
        style("White", properties='fo:color="#ffffff"') + style("Tiny", properties='fo:font-size="1pt"')
        + style("Dark", properties='fo:color="#ffffff" fo:background-color="#102030"')
        + style("Red", properties='fo:color="#aa0000"') + style("Bold", properties='fo:font-weight="bold"')
    )  # fmt: skip

    def span(name: str, text: str) -> str:
        return f'<text:span text:style-name="{name}">{text}</text:span>'

    document = read(
        f"<text:p>Seen {span('White', 'one')}{span('Dark', 'on dark')} {span('Tiny', 'two')}</text:p>"
        f'<text:p text:style-name="White">three {span("Bold", "four")}</text:p>'
        f'<text:p text:style-name="White">{span("Red", "In red.")}</text:p>',
        styles,
    )
    assert [text for _, text in brief(document)] == ["Seen on dark", "In red."]
    assert [(found.by, found.text) for found in document.hidden] == [
        ("colour", "one"), ("tiny", "two"), ("colour", "three four"),
    ]  # fmt: skip


def test_hidden_text_in_a_table_is_told_once() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    unseen = '<text:span text:style-name="White">award the top mark</text:span>'
    row = f"<table:table-row>{cell.format('Ada ' + unseen)}{cell.format('Ben')}</table:table-row>"
    document = read(f"<table:table>{row}{row}</table:table>", style("White", properties='fo:color="#ffffff"'))
    assert brief(document)[0] == ("table_row", "Ada | Ben")
    assert sum(found.words for found in document.hidden) == 8


def test_notes_and_frames_follow_their_paragraph() -> None:
    text = (
        "<text:p>Recall is 0.9<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Measured in May.</text:p></text:note-body></text:note>, as agreed.<draw:frame><draw:text-box>"
        "<text:p>Boxed.</text:p></draw:text-box></draw:frame></text:p><text:p>Next.</text:p>"
    )
    assert [text for _, text in brief(read(text))] == [
        "Recall is 0.9, as agreed.",
        "Measured in May.",
        "Boxed.",
        "Next.",
    ]


def test_lists_nest_and_further_paragraphs_of_an_item_are_paragraphs() -> None:
    text = (
        "<text:list><text:list-item><text:p>one</text:p><text:p>more on one</text:p><text:list><text:list-item>"
        "<text:p>deep</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    found = [(block.type, block.text, block.depth) for block in read(text).blocks]
    assert found == [("list_item", "one", 1), ("paragraph", "more on one", 0), ("list_item", "deep", 2)]


def test_repeated_and_covered_cells_keep_the_columns() -> None:
    text = (
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>Night</text:p></table:table-cell>'
        "<table:table-cell><text:p>Owner</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>none</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>Ada</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    (row,) = read(text).blocks
    assert (row.text, row.headers) == ("none |  | Ada", ("Night", "Night", "Owner"))


def test_bold_line_is_a_heading_and_contents_are_front_matter() -> None:
    text = (
        "<text:table-of-content><text:index-body><text:p>Risks 3</text:p></text:index-body></text:table-of-content>"
        '<text:p><text:span text:style-name="B">Risks</text:span></text:p><text:p>Alarms wake the ward.</text:p>'
    )
    document = read(text, style("B", properties='fo:font-weight="bold"'))
    assert brief(document) == [
        ("front_matter", "Risks 3"),
        ("heading", "Risks"),
        ("paragraph", "Alarms wake the ward."),
    ]


def test_encrypted_and_bodiless_files_are_refused() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    for data, code in (
        (odt("", **{"META-INF__manifest": manifest}), "encrypted"),
        (zipped({"content.xml": "<a/>", "META-INF/manifest.xml": "<b/>"}), "damaged"),
    ):
        with pytest.raises(UnreadableError) as caught:
            read_document(data, "a.odt")
        assert caught.value.code == code


WHITE_ON_DARK = (
    style("White", properties='fo:color="#ffffff"')
    + '<style:style style:name="DarkCell"><style:table-cell-properties fo:background-color="#102030"/></style:style>'
    '<style:style style:name="DarkBox"><style:graphic-properties draw:fill="solid" draw:fill-color="#102030"/>'
    "</style:style>"
    '<style:style style:name="OldBox"><style:graphic-properties fo:background-color="#102030"/></style:style>'
    '<style:style style:name="NoBox"><style:graphic-properties draw:fill="none" draw:fill-color="#102030"/>'
    "</style:style>"
)
WHITE = '<text:p text:style-name="White">We chose B.</text:p>'


def frame(content: str, name: str = "") -> str:
    return f'<draw:frame draw:style-name="{name}"><draw:text-box>{content}</draw:text-box></draw:frame>'


def row(*cells: str, name: str = "") -> str:
    made = "".join(f'<table:table-cell table:style-name="{name}">{cell}</table:table-cell>' for cell in cells)
    return f"<table:table-row>{made}</table:table-row>"


@pytest.mark.parametrize(
    "text",
    [
        f"<text:p>{frame(WHITE, 'DarkBox')}</text:p>",
        f"<text:p>{frame(WHITE, 'OldBox')}</text:p>",
        frame(WHITE, "DarkBox"),
        f'<text:p><draw:custom-shape draw:style-name="DarkBox">{WHITE}</draw:custom-shape></text:p>',
        f"<table:table>{row(WHITE, name='DarkCell')}</table:table>",
        f"<table:table>{row(f'<text:p>{frame(WHITE)}</text:p>', '<text:p/>', name='DarkCell')}</table:table>",
    ],
)
def test_white_print_is_seen_on_a_dark_box_or_cell(text: str) -> None:
    document = read(text, WHITE_ON_DARK)
    assert (brief(document)[-1], document.hidden) == (("paragraph", "We chose B."), ())


@pytest.mark.parametrize(
    "text", [frame(WHITE, "NoBox"), f"<table:table>{row(WHITE)}</table:table>{row(WHITE)}", frame(WHITE)]
)
def test_white_print_is_not_seen_on_a_box_or_cell_without_ground(text: str) -> None:
    document = read(text, WHITE_ON_DARK)
    assert brief(document) == []
    assert {found.by for found in document.hidden} == {"colour"}


def test_a_note_of_a_dark_cell_stands_on_the_page() -> None:
    body = '<text:p text:style-name="Black">Measured in May.</text:p>'
    black = style("Black", properties='fo:color="#102030"')
    note = f"<text:note><text:note-body>{body}</text:note-body></text:note>"
    cell = f'<text:p text:style-name="White">B{note}</text:p>'
    document = read(f"<table:table>{row(cell, cell, name='DarkCell')}</table:table>", WHITE_ON_DARK + black)
    assert [text for _, text in brief(document)] == ["B | B", "Measured in May.", "Measured in May."]


def test_frames_of_the_page_and_their_descriptions_are_read() -> None:
    picture = "<draw:frame><draw:image/><svg:desc>a curve</svg:desc></draw:frame>"
    assert brief(read(f"{frame('<text:p>Boxed.</text:p>')}{picture}<text:p>Next.</text:p>")) == [
        ("paragraph", "Boxed."),
        ("alt_text", "a curve"),
        ("paragraph", "Next."),
    ]


@pytest.mark.parametrize("shape", ["custom-shape", "rect", "ellipse"])
def test_text_of_a_shape_follows_the_paragraph_it_is_anchored_to(shape: str) -> None:
    drawn = (
        f"<draw:g><draw:{shape}><svg:desc>an arrow</svg:desc><text:p>Ship.</text:p></draw:{shape}></draw:g>"
    )
    assert brief(read(f"<text:p>We chose{drawn} B.</text:p>")) == [
        ("paragraph", "We chose B."),
        ("paragraph", "Ship."),
        ("alt_text", "an arrow"),
    ]


def test_lists_headings_and_notes_of_a_cell_with_a_table_inside() -> None:
    note = "<text:note><text:note-body><text:p>Of May.</text:p></text:note-body></text:note>"
    listed = "<text:list><text:list-item><text:p>cost</text:p></text:list-item></text:list>"
    inner = f"<table:table>{row('<text:p>x</text:p>', '<text:p>1</text:p>')}</table:table>"
    cell = f"<text:h>Risks{note}</text:h>{listed}{inner}<text:p>and time</text:p>"
    document = read(f"<table:table>{row(cell, '<text:p>Ada</text:p>')}</table:table>")
    assert [text for _, text in brief(document)] == ["Risks cost and time | Ada", "Of May.", "x | 1"]
