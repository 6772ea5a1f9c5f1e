"""Slide decks: order, titles, lists, tables, notes, what is hidden, what has no text."""
# ruff: noqa: E501  (XML is easier to follow on one line)

import pytest
from office_samples import A, P, R, rels, zipped

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Document

C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


def para(text: str, properties: str = "", size: int = 0) -> str:
    run = f' sz="{size}"' if size else ""
    return f"<a:p><a:pPr{properties}/><a:r><a:rPr{run}/><a:t>{text}</a:t></a:r></a:p>"


def shape(paragraphs: str, kind: str = "", y: int = 0, hidden: str = "") -> str:
    mark = f"<p:ph {kind}/>" if kind else ""
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"{hidden}/><p:nvPr>{mark}</p:nvPr></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="0" y="{y}"/></a:xfrm></p:spPr><p:txBody>{paragraphs}</p:txBody></p:sp>')  # fmt: skip


def slide(*shapes: str, tag: str = "sld", more: str = "") -> str:
    return f"<p:{tag} {P} {A} {R} {C}{more}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{tag}>"


def deck(*slides: str, order: list[int] | None = None, more: dict[str, str] | None = None) -> bytes:
    order = order or list(range(1, len(slides) + 1))
    ids = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in order)
    parts: dict[str, str | bytes] = {
        "_rels/.rels": rels({"d": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f"<p:presentation {P} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels({f"r{n}": ("slide", f"slides/slide{n}.xml") for n in order}),
    }
    parts |= {f"ppt/slides/slide{n}.xml": xml for n, xml in enumerate(slides, 1)}
    return zipped(parts | (more or {}))


def brief(document: Document) -> list[tuple[str, str, int | None]]:
    return [(block.type, block.text, block.location.slide) for block in document.blocks]


TITLE, BODY = 'type="title"', 'idx="1"'


def test_slides_come_in_the_order_of_the_show_and_titles_first() -> None:
    first = slide(shape(para("Recall 0.95"), BODY), shape(para("Limits"), TITLE))
    document = read_document(deck(first, slide(shape(para("Plan"), TITLE)), order=[2, 1]), "a.pptx")
    assert brief(document) == [
        ("heading", "Plan", 1),
        ("heading", "Limits", 2),
        ("list_item", "Recall 0.95", 2),
    ]
    assert document.title == "Plan"


def test_body_text_is_a_list_by_level_and_free_text_is_not() -> None:
    body = shape(para("first") + para("below", ' lvl="1"') + "<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>plain</a:t>"
                 "</a:r></a:p>", BODY)  # fmt: skip
    free = shape(para("Free text over here.") + para("• typed"))
    document = read_document(deck(slide(shape(para("Plan"), TITLE), body, free)), "a.pptx")
    found = [(block.type, block.text, block.depth) for block in document.blocks[1:]]
    assert found == [("list_item", "first", 1), ("list_item", "below", 2), ("paragraph", "plain", 0),
                     ("paragraph", "Free text over here.", 0), ("list_item", "typed", 1)]  # fmt: skip


def test_layout_can_say_that_a_placeholder_has_no_bullets() -> None:
    style = "<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>"
    layout = slide(shape(para("Click").replace("<a:p>", style + "<a:p>", 1), BODY), tag="sldLayout")
    data = deck(slide(shape(para("A sentence."), BODY)), more={
        "ppt/slides/_rels/slide1.xml.rels": rels({"l": ("slideLayout", "../slideLayouts/l.xml")}),
        "ppt/slideLayouts/l.xml": layout})  # fmt: skip
    assert brief(read_document(data, "a.pptx")) == [("paragraph", "A sentence.", 1)]


def test_without_a_title_the_largest_line_on_top_is_the_heading() -> None:
    texts = shape(para("Project 7", size=1000)) + shape(para("Alarms wake the ward", size=2800), y=900_000)
    low = shape(para("66 %  of all nights", size=4000), y=5_000_000)
    document = read_document(deck(slide(texts, low)), "a.pptx")
    assert [(t, x) for t, x, _ in brief(document)] == [
        ("heading", "Alarms wake the ward"), ("paragraph", "Project 7"), ("paragraph", "66 % of all nights")]  # fmt: skip


def test_running_lines_are_read_once() -> None:
    slides = [slide(shape(para(f"Title {n}"), TITLE), shape(para(f"Ward study • {n}"))) for n in range(1, 5)]
    texts = [text for _, text, _ in brief(read_document(deck(*slides), "a.pptx"))]
    assert texts == ["Title 1", "Ward study • 1", "Title 2", "Title 3", "Title 4"]


def test_notes_groups_pictures_tables_and_charts() -> None:
    group = f"<p:grpSp>{shape(para('grouped'))}</p:grpSp>"
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="3" name="p" descr="Curve"/></p:nvPicPr></p:pic>'
    rows = "".join(f"<a:tr>{''.join(f'<a:tc><a:txBody>{para(c)}</a:txBody></a:tc>' for c in row)}</a:tr>"
                   for row in (["Metric", "Limit"], ["Recall", "0.95"]))  # fmt: skip
    frame = '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="t"/></p:nvGraphicFramePr><a:graphic>{}</a:graphic></p:graphicFrame>'
    grid = frame.format(f'<a:graphicData><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></a:graphicData>')
    chart = frame.format('<a:graphicData><c:chart r:id="c"/></a:graphicData>')
    data = deck(slide(shape(para("Plan"), TITLE), group, picture, grid, chart), more={
        "ppt/slides/_rels/slide1.xml.rels": rels({"n": ("notesSlide", "../notes1.xml"), "c": ("chart", "../c.xml")}),
        "ppt/notes1.xml": slide(shape(para("Say why."), 'type="body"'), shape(para("7"), 'type="sldNum"'), tag="notes"),
        "ppt/c.xml": f"<c:chartSpace {C} {A}><c:chart><c:title><c:tx>{para('Alarms a night')}</c:tx></c:title>"
                     "</c:chart></c:chartSpace>"})  # fmt: skip
    document = read_document(data, "a.pptx")
    assert [(t, x) for t, x, _ in brief(document)[1:]] == [
        ("paragraph", "grouped"), ("alt_text", "Curve"), ("table_row", "Recall | 0.95"),
        ("caption", "Alarms a night"), ("speaker_note", "Say why.")]  # fmt: skip
    assert document.blocks[3].headers == ("Metric", "Limit")


def test_hidden_slides_and_shapes_are_left_out() -> None:
    seen = slide(shape(para("Seen"), TITLE), shape(para("unseen"), hidden=' hidden="1"'))
    document = read_document(deck(seen, slide(shape(para("Secret"), TITLE), more=' show="0"')), "a.pptx")
    assert brief(document) == [("heading", "Seen", 1)]
    assert [(found.by, found.text, found.location.slide) for found in document.hidden] == [
        ("marked_hidden", "unseen", 1), ("hidden_slide", "Secret", 2)]  # fmt: skip


INK = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'


def placed(text: str, x: int, ink: str = "", fill: str = "", size: str = "") -> str:
    run = f"<a:p><a:r><a:rPr {size}>{INK.format(ink) if ink else ''}</a:rPr><a:t>{text}</a:t></a:r></a:p>"
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="10"/>'
            f'<a:ext cx="100" cy="50"/></a:xfrm>{INK.format(fill) if fill else ""}</p:spPr>'
            f'<p:txBody>{run}</p:txBody></p:sp>')  # fmt: skip


def seen_and_hidden(*shapes: str, background: str = "") -> tuple[list[str], list[tuple[str, str]]]:
    xml = slide(shape(para("Seen"), TITLE), *shapes)
    if background:
        bg = f"<p:bg><p:bgPr>{INK.format(background)}</p:bgPr></p:bg>"
        xml = xml.replace("<p:cSld>", f"<p:cSld>{bg}")
    size = f'<p:presentation {P} {R}><p:sldSz cx="1000" cy="700"/><p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst></p:presentation>'
    document = read_document(deck(xml, more={"ppt/presentation.xml": size}), "a.pptx")
    return [block.text for block in document.blocks], [(f.by, f.text) for f in document.hidden]


def test_text_beside_the_slide_too_small_or_in_the_colour_of_its_ground_is_left_out() -> None:
    assert seen_and_hidden(placed("beside", -400)) == (["Seen"], [("off_page", "beside")])
    assert seen_and_hidden(placed("small", 10, size='sz="100"')) == (["Seen"], [("tiny", "small")])
    assert seen_and_hidden(placed("white", 10, "FFFFFF")) == (["Seen"], [("colour", "white")])
    assert seen_and_hidden(placed("blue", 10, "001133", fill="001133")) == (["Seen"], [("colour", "blue")])


def test_light_print_on_dark_ground_is_read() -> None:
    assert seen_and_hidden(placed("White", 10, "FFFFFF", fill="001133")) == (["Seen", "White"], [])
    assert seen_and_hidden(placed("White", 10, "FFFFFF"), background="102030") == (["Seen", "White"], [])
    bar = placed("", 0, fill="000000")
    assert seen_and_hidden(bar, placed("White", 10, "FFFFFF")) == (["Seen", "White"], [])
    assert seen_and_hidden(placed("Half", -50)) == (["Seen", "Half"], [])


def test_deck_of_pictures_needs_a_person() -> None:
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="3" name="p" descr="All in here"/></p:nvPicPr></p:pic>'
    with pytest.raises(UnreadableError) as caught:
        read_document(deck(slide(picture)), "a.pptx")
    assert caught.value.code == "no_text_layer"
