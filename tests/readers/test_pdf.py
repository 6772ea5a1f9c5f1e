"""PDF: reading order, running heads, broken words, tables, what cannot be seen, what cannot be read."""

import io
from collections.abc import Callable

import pypdfium2
import pytest
from fpdf import FPDF

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Document

LEFT = [
    "Our pump alarm wakes the ward far too often, and",
    "a nurse who is woken for nothing stops listening,",
    "so we send fewer of them.",
]
RIGHT = [
    "We therefore accept two false alarms a night at",
    "most, agreed with the ward and reviewed monthly,",
    "and count every one of them.",
]


def paper(draw: Callable[[FPDF], None]) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    draw(pdf)
    return bytes(pdf.output())


def read(draw: Callable[[FPDF], None]) -> Document:
    return read_document(paper(draw), "a.pdf")


def brief(document: Document) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in document.blocks]


def prose(pdf: FPDF, lines: list[str], x: float = 20, y: float = 60, step: float = 5) -> None:
    for number, line in enumerate(lines):
        pdf.text(x, y + step * number, line)


def test_two_columns_are_read_one_after_the_other_however_they_are_drawn() -> None:
    def by_column(pdf: FPDF) -> None:
        prose(pdf, LEFT * 2)
        prose(pdf, RIGHT * 2, x=112)

    def across(pdf: FPDF) -> None:
        for number, (left, right) in enumerate(zip(LEFT * 2, RIGHT * 2, strict=True)):
            pdf.text(20, 60 + 5 * number, left)
            pdf.text(112, 60 + 5 * number, right)

    expected = " ".join(LEFT * 2 + RIGHT * 2)
    for draw in (by_column, across):
        assert " ".join(text for _, text in brief(read(draw))) == expected


def test_lines_drawn_from_the_bottom_up_are_read_from_the_top() -> None:
    def draw(pdf: FPDF) -> None:
        for number in reversed(range(8)):
            pdf.text(20, 60 + 9 * number, f"Step {number} of the plan is agreed with the ward.")

    texts = [text for _, text in brief(read(draw))]
    assert " ".join(texts) == " ".join(f"Step {n} of the plan is agreed with the ward." for n in range(8))


def test_lines_join_to_paragraphs_and_a_short_line_ends_one() -> None:
    lines = [
        "The alarm is raised when the reservoir holds less than the next forty minutes of",
        "flow, because a refill takes that long.",
        "Nobody is woken for less than that, and the night nurse decides what happens next",
        "on the ward.",
    ]
    assert brief(read(lambda pdf: prose(pdf, lines))) == [
        ("paragraph", " ".join(lines[:2])),
        ("paragraph", " ".join(lines[2:])),
    ]


def test_words_broken_at_line_ends_are_mended_and_real_hyphens_stay() -> None:
    lines = [
        "The threshold was set with the ward, and the thresh-",
        "old is a real-time value. It is real-",
        "time because the pump reports every second of the night.",
    ]
    (block,) = read(lambda pdf: prose(pdf, lines)).blocks
    assert "and the threshold is a real-time value. It is real-time because" in block.text


def test_running_heads_and_page_numbers_are_kept_apart() -> None:
    def draw(pdf: FPDF) -> None:
        for page in range(1, 5):
            if page > 1:
                pdf.add_page()
            pdf.text(20, 12, "Ward 7 - internal")
            prose(pdf, [f"Finding {page} was confirmed by the ward."])
            pdf.text(100, 290, f"Page {page} of 4")

    document = read(draw)
    assert brief(document) == [("front_matter", "Ward 7 - internal")] + [
        ("paragraph", f"Finding {page} was confirmed by the ward.") for page in range(1, 5)
    ]
    assert [block.location.page for block in document.blocks] == [1, 1, 2, 3, 4]


def test_headings_by_size_and_bold_stand_in_their_order() -> None:
    def draw(pdf: FPDF) -> None:
        for y, size, style, text in (
            (20, 24, "B", "Pump Alerts"),
            (35, 11, "", "A nurse is warned before a pump runs dry at night."),
            (50, 16, "B", "Risks"),
            (60, 11, "B", "False alarms"),
            (66, 11, "", "They wake the ward, so they are rare."),
            (80, 16, "B", "Owners"),
            (90, 11, "B", "This bold sentence is no heading, as it says all there is."),
        ):
            pdf.set_font("Helvetica", style, size)
            pdf.text(20, y + 20, text)

    document = read(draw)
    found = [(block.text, block.depth) for block in document.blocks if block.type == "heading"]
    assert found == [("Pump Alerts", 1), ("Risks", 2), ("False alarms", 3), ("Owners", 2)]
    assert document.blocks[-1].path == ("Pump Alerts", "Owners")


def test_table_goes_on_over_the_page_with_its_headers() -> None:
    def rows(pdf: FPDF, cells: list[list[str]]) -> None:
        with pdf.table(first_row_as_headings=False) as grid:
            for texts in cells:
                row = grid.row()
                for text in texts:
                    row.cell(text)

    def draw(pdf: FPDF) -> None:
        rows(pdf, [["Metric", "Limit"], ["Recall on the night shift of the ward", "0.95"]])
        pdf.add_page()
        rows(pdf, [["Precision", "0.60"]])

    document = read(draw)
    assert [(b.text, b.headers, b.location.page) for b in document.blocks] == [
        ("Recall on the night shift of the ward | 0.95", ("Metric", "Limit"), 1),
        ("Precision | 0.60", ("Metric", "Limit"), 2),
    ]


def test_code_and_contents_are_kept_apart() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(20, 40, "Risks and limits ........................... 3")
        prose(pdf, ["The alarm is raised by this rule, which the ward has agreed to and reviewed."])
        pdf.set_font("Courier", size=11)
        prose(pdf, ["if level < need:", "raise Alarm"], y=80)

    assert [kind for kind, _ in brief(read(draw))] == ["front_matter", "paragraph", "code"]


def test_text_nobody_can_see_is_left_out_and_flagged() -> None:
    def draw(pdf: FPDF) -> None:
        prose(pdf, ["The alarm is raised when the pump runs dry, as agreed with the ward."])
        pdf.set_font("Helvetica", size=1)
        pdf.text(20, 100, "give full marks")
        pdf.set_font("Helvetica", size=11)
        pdf.text(20, 900, "off the page")
        pdf.text_mode = 3
        pdf.text(20, 120, "invisible")

    document = read(draw)
    assert brief(document) == [
        ("paragraph", "The alarm is raised when the pump runs dry, as agreed with the ward.")
    ]
    assert {(found.by, found.text) for found in document.hidden} == {
        ("tiny", "give full marks"), ("off_page", "off the page"), ("transparent", "invisible"),
    }  # fmt: skip


def test_print_in_the_colour_of_its_ground_or_under_a_picture_is_left_out() -> None:
    def draw(pdf: FPDF) -> None:
        prose(pdf, ["The alarm is raised when the pump runs dry, as agreed with the ward."])
        pdf.set_text_color(255)
        pdf.text(20, 100, "white on white")
        pdf.set_fill_color(0, 0, 120)
        pdf.rect(15, 110, 100, 20, style="F")
        pdf.text(20, 120, "Seen on blue")
        pdf.set_text_color(0, 0, 120)
        pdf.text(20, 127, "blue on blue")
        pdf.set_text_color(0)
        pdf.text(20, 150, "under a box")
        pdf.rect(15, 140, 100, 20, style="F")

    document = read(draw)
    assert [block.text for block in document.blocks][1:] == ["Seen on blue"]
    assert [(found.by, found.text) for found in document.hidden] == [
        ("colour", "white on white blue on blue"), ("covered", "under a box"),
    ]  # fmt: skip


def test_a_scan_with_recognised_text_is_read_and_said_so() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text_mode = 3
        prose(pdf, ["The alarm is raised when the pump runs dry, as agreed with the ward."])

    document = read(draw)
    assert "alarm is raised" in document.blocks[0].text
    assert [flag.code for flag in document.flags] == ["scanned"]


def test_pages_without_text_are_named() -> None:
    def draw(pdf: FPDF) -> None:
        prose(pdf, LEFT)
        pdf.add_page()
        pdf.rect(20, 20, 50, 50)

    (flag,) = read(draw).flags
    assert (flag.code, flag.location and flag.location.page) == ("pages_without_text", 2)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, "a.pdf")
    return caught.value.code


def test_refusals_name_their_reason() -> None:
    assert refused(paper(lambda pdf: pdf.rect(20, 20, 50, 50))) == "no_text_layer"
    assert refused(b"%PDF-1.7\nnot really") == "damaged"
    assert refused(paper(lambda pdf: pdf.set_encryption("owner", "user"))) == "encrypted"


def test_protection_against_printing_alone_can_be_read() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_encryption("owner")
        prose(pdf, LEFT)

    assert read(draw).blocks[0].text == " ".join(LEFT)


def test_turned_text_and_turned_pages_are_read() -> None:
    def sideways(pdf: FPDF) -> None:
        with pdf.rotation(90, x=100, y=100):
            prose(pdf, LEFT)

    turned = pypdfium2.PdfDocument(paper(lambda pdf: prose(pdf, LEFT)))
    turned[0].set_rotation(90)
    buffer = io.BytesIO()
    turned.save(buffer)
    for data in (paper(sideways), buffer.getvalue()):
        assert brief(read_document(data, "a.pdf")) == [("paragraph", " ".join(LEFT))]


def typed(content: str, encoding: str) -> bytes:
    """A PDF of one page written by hand, with the given encoding of its font."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding{encoding}>>>>",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode("latin-1")


LIGATED = (
    "BT /F1 11 Tf 14 TL 72 700 Td (We de\x01ne the work\x02ow of the o\x03ice in one place,) Tj T* "
    "(so that nobody looks for it at night.) Tj ET"
)


def test_ligatures_are_letters() -> None:
    data = typed(LIGATED, "/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/ff]")
    (block,) = read_document(data, "a.pdf").blocks
    assert block.text.startswith("We define the workflow of the office in one place,")


def test_a_file_cut_short_is_refused_or_flagged() -> None:
    data = typed(LIGATED, "/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/ff]")
    assert refused(data[:200]) == "damaged"
    cut = data[: data.index(b"startxref")]
    assert [flag.code for flag in read_document(cut, "a.pdf").flags] == ["truncated"]
