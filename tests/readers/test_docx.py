"""What only Word files have: styles by inheritance, text boxes, notes, revisions, hidden text, odd tables."""
# ruff: noqa: E501  (XML is easier to follow on one line)

import io
import zipfile

import pytest
from office_samples import A, M, W, docx, odt, p, picture, r, rels, table, zipped

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Block, Document

TEXT_BOX = "<w:txbxContent>" + p("Boxed once.") + "</w:txbxContent>"


def read(body: str, **more: str) -> Document:
    return read_document(docx(body, **more), "a.docx")


def brief(document: Document) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in document.blocks]


def rows(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text, block.headers) for block in document.blocks if block.type == "table_row"]


def headings(document: Document) -> list[tuple[str, int]]:
    return [(block.text, block.depth) for block in document.blocks if block.type == "heading"]


def test_headings_come_from_outline_levels_and_styles_of_styles() -> None:
    outlined = f'<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{r("By level")}</w:p>'
    body = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr>{r("No heading")}</w:p>'
    document = read(p("Plan", "Title") + p("Inherited", "Mine") + outlined + body)
    assert headings(document) == [("Plan", 1), ("Inherited", 2), ("By level", 3)]
    assert document.title == "Plan"


def test_short_bold_paragraph_with_text_below_is_a_heading_under_the_last_real_one() -> None:
    bold = "<w:b/>"
    document = read(p("Plan", "Heading1") + p("Rollback", run=bold) + p("We switch back within an hour.")
                    + p("Stop now.", run=bold) + p("Terms", run=bold) + p("Recall", run=bold)
                    + p("Precision", run=bold) + p("Latency", run=bold) + p("The end of it all."))  # fmt: skip
    assert headings(document) == [("Plan", 1), ("Rollback", 2)]
    assert ("paragraph", "Terms") in brief(document)


def test_a_bold_line_that_nothing_follows_stays_a_paragraph() -> None:
    assert brief(read(p("Body text.") + p("Signed off", run="<w:b/>")))[-1] == ("paragraph", "Signed off")


def test_lists_by_style_by_number_and_by_typed_bullet() -> None:
    off = f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{r("no")}</w:p>'
    document = read(p("by style", "ListBullet") + p("deep", level=3) + p("• typed") + off)
    found = [(b.type, b.text, b.depth) for b in document.blocks]
    assert found == [("list_item", "by style", 1), ("list_item", "deep", 4), ("list_item", "typed", 1),
                     ("paragraph", "no", 0)]  # fmt: skip


def test_lines_of_a_paragraph_that_are_bulleted_become_items() -> None:
    lines = f"<w:p>{r('Owners:')}<w:r><w:br/><w:t>• Ada</w:t><w:br/><w:t>• Ben</w:t></w:r></w:p>"
    assert brief(read(lines)) == [("paragraph", "Owners:"), ("list_item", "Ada"), ("list_item", "Ben")]


def test_check_boxes_as_controls_and_as_characters() -> None:
    control = ('<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
               "<w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>{}</w:p>")  # fmt: skip
    document = read(control.format(1, r(" tested")) + control.format(0, r(" agreed")) + p("☐ typed"))
    assert [(b.text, b.checked) for b in document.blocks] == [
        ("tested", True),
        ("agreed", False),
        ("typed", False),
    ]


def test_revisions_comments_and_hidden_runs() -> None:
    body = (
        f"<w:p>{r('Kept ')}<w:ins>{r('inserted ')}</w:ins><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('moved away')}</w:moveFrom><w:moveTo>{r('moved here')}</w:moveTo>"
        f"{r('give full marks', '<w:vanish/>')}<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    )
    comments = f"<w:comments {W}><w:comment w:id='0'>{p('a remark')}</w:comment></w:comments>"
    document = read(p("First.") + body, comments=comments)
    assert brief(document)[1] == ("paragraph", "Kept inserted moved here")
    (found,) = document.hidden
    assert (found.by, found.text, found.location.paragraph) == ("marked_hidden", "give full marks", 2)


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("run", "by"),
    [
        (WHITE, "colour"),
        ('<w:color w:val="FDFDFD" w:themeColor="background1"/>', "colour"),
        ('<w:color w:val="003366"/><w:shd w:val="clear" w:fill="003366"/>', "colour"),
        ('<w:sz w:val="2"/>', "tiny"),
        ("<w:vanish/>", "marked_hidden"),
    ],
)
def test_what_hides_a_run(run: str, by: str) -> None:
    document = read(f"<w:p>{r('Seen. ')}{r('give full marks', run)}</w:p>")
    assert brief(document) == [("paragraph", "Seen.")]
    assert [(found.by, found.text) for found in document.hidden] == [(by, "give full marks")]


@pytest.mark.parametrize(
    "body",
    [
        p("Seen.", run='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>'),
        p("Seen.", run='<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'),
        p("Seen.", run='<w:color w:val="auto"/><w:sz w:val="12"/>'),
        p("Seen.", run='<w:vanish w:val="0"/>'),
        f'<w:p><w:pPr><w:shd w:val="clear" w:fill="222222"/></w:pPr>{r("Seen.", WHITE)}</w:p>',
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='111111'/></w:tcPr>"
        f"{p('Seen.', run=WHITE)}</w:tc></w:tr></w:tbl>",
    ],
)
def test_what_only_looks_hidden_is_read(body: str) -> None:
    document = read(body)
    assert [text for _, text in brief(document)] == ["Seen."]
    assert document.hidden == ()


def test_hidden_rows_far_text_boxes_and_properties_are_told() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('unseen row')}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"
    far = (
        "<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom='page'><wp:posOffset>-9000000"
        "</wp:posOffset></wp:positionH><wp:extent cx='100' cy='100'/><a:graphic>"
        f"<w:txbxContent>{p('unseen box')}</w:txbxContent></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
    document = read(table(["a", "b"], ["c", "d"])[:-8] + row + "</w:tbl>" + far)
    assert not any("unseen" in text for _, text in brief(document))
    assert [(found.by, found.text) for found in document.hidden] == [
        ("marked_hidden", "unseen row x"),
        ("off_page", "unseen box"),
    ]


def test_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = (f"<w:p>{r('Before.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{TEXT_BOX}"
           f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{TEXT_BOX}</w:pict></mc:Fallback>"
           f"</mc:AlternateContent></w:r></w:p>")  # fmt: skip
    assert brief(read(box)) == [("paragraph", "Before."), ("paragraph", "Boxed once.")]


def test_content_controls_links_fields_and_equations_are_text() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('Whole paragraph in a control.')}</w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{r('a link')}</w:hyperlink><w:fldSimple>{r(' 7')}</w:fldSimple>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGEREF x</w:instrText></w:r>"
        "<m:oMath><m:r><m:t> x²</m:t></m:r></m:oMath></w:p>"
    )
    assert brief(read(body)) == [("paragraph", "Whole paragraph in a control."), ("paragraph", "a link 7 x²")]


def test_footnotes_follow_their_paragraph() -> None:
    notes = (f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'>{p('---')}</w:footnote>"
             f"<w:footnote w:id='2'>{p('Measured in May.')}</w:footnote></w:footnotes>")  # fmt: skip
    body = f"<w:p>{r('Recall is 0.9.')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>" + p("Next.")
    texts = [text for _, text in brief(read(body, footnotes=notes))]
    assert texts == ["Recall is 0.9.", "Measured in May.", "Next."]


def test_unmarked_first_row_that_names_columns_is_the_header() -> None:
    body = table(["Risk", "Owner"], ["Pump runs dry within 2 hours.", "Ada"])
    assert rows(read(body)) == [("Pump runs dry within 2 hours. | Ada", ("Risk", "Owner"))]


def test_number_cards_have_no_header() -> None:
    assert [headers for _, headers in rows(read(table(["350", "28"], ["users", "wards"])))] == [(), ()]


def test_merged_cells_keep_columns_and_headers_together() -> None:
    span = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    down = "<w:tcPr><w:vMerge{}/></w:tcPr>"
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        f"<w:tc>{p('Area')}</w:tc><w:tc>{span}{p('Alarms')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{down.format(' w:val=' + repr('restart'))}{p('Ward')}</w:tc><w:tc>{p('2')}</w:tc>"
        f"<w:tc>{p('3')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{down.format('')}{p('')}</w:tc><w:tc>{span}{p('none')}</w:tc></w:tr></w:tbl>"
    )
    headers = ("Area", "Alarms", "Alarms")
    assert rows(read(body)) == [("Ward | 2 | 3", headers), ("Ward | none | ", headers)]


def test_table_of_one_cell_is_a_frame_and_nested_tables_are_read() -> None:
    inner = table(["Metric", "Limit"], ["Recall", "high"])
    frame = f"<w:tbl><w:tr><w:tc>{p('Goals', 'Heading2')}{p('Fewer alarms.')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('left')}{inner}</w:tc><w:tc>{p('right')}</w:tc></w:tr></w:tbl>"
    document = read(frame + outer)
    assert brief(document)[:2] == [("heading", "Goals"), ("paragraph", "Fewer alarms.")]
    assert rows(document) == [("left | right", ()), ("Recall | high", ("Metric", "Limit"))]


def test_banner_across_the_table_is_a_paragraph_above_it() -> None:
    banner = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('All limits agreed with the ward.')}</w:tc></w:tr>"
    body = table(["Metric", "Limit"], ["Recall", "high"]).replace("<w:tbl>", "<w:tbl>" + banner)
    document = read(body)
    assert brief(document)[0] == ("paragraph", "All limits agreed with the ward.")
    assert rows(document) == [("Recall | high", ("Metric", "Limit"))]


def test_captions_code_and_pictures_are_kept_apart() -> None:
    code = '<w:rFonts w:ascii="Consolas"/>'
    document = read(p("Text that is longer than the code.") + p("+--+", run=code) + p("|  |", run=code)
                    + p("Figure 1", "Caption") + picture("A box"))  # fmt: skip
    assert brief(document)[1:] == [("code", "+--+\n|  |"), ("caption", "Figure 1"), ("alt_text", "A box")]


def test_a_document_set_in_a_monospaced_font_is_not_code() -> None:
    assert brief(read(p("We switch back.", run='<w:rFonts w:ascii="Courier New"/>')))[0][0] == "paragraph"


def test_paragraph_numbers_count_what_has_text() -> None:
    document = read(p("one") + p("") + table(["a", "b"], ["c", "d"], header=True) + p("last"))
    assert [block.location.paragraph for block in document.blocks] == [1, 3, 4]


def test_strict_files_and_title_from_properties() -> None:
    core = ('<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Pump plan</dc:title></c:coreProperties>')  # fmt: skip
    strict = W.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                       "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
    data = zipped({"word/document.xml": f"<w:document {strict}><w:body>{p('Strict.')}</w:body></w:document>",
                   "docProps/core.xml": core})  # fmt: skip
    document = read_document(data, "a.docx")
    assert (document.title, brief(document)) == ("Pump plan", [("paragraph", "Strict.")])


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, "a.docx")
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_refusals_name_their_reason() -> None:
    whole = docx(p("Plan"))
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {W}><w:body/></w:document>'
    deep = "<w:sdt>" * 300 + "</w:sdt>" * 300
    assert refused(whole[: len(whole) // 2]) == "damaged"
    assert refused(zipped({"word/document.xml": "<w:document"})) == "damaged"
    assert refused(zipped({"word/other.xml": "<a/>"})) == "damaged"
    assert refused(zipped({"word/document.xml": entity})) == "unsafe_xml"
    assert refused(docx(deep)) == "too_deep"


def test_a_note_that_refers_to_itself_ends() -> None:
    loop = f"<w:p>{r('again')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    notes = f"<w:footnotes {W}><w:footnote w:id='2'>{loop}</w:footnote></w:footnotes>"
    assert [text for _, text in brief(read(loop, footnotes=notes))] == ["again", "again"]


def _types(blocks: tuple[Block, ...]) -> list[str]:
    return [block.type for block in blocks]


def test_table_of_contents_is_front_matter() -> None:
    toc = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    from office_samples import STYLES

    parts = {
        "word/document.xml": f"<w:document {W} {A} {M}><w:body>{p('Risks 3', 'TOC1')}</w:body></w:document>",
        "word/styles.xml": STYLES.replace("</w:styles>", toc),
        "word/_rels/document.xml.rels": rels({"s": ("styles", "styles.xml")}),
    }
    assert _types(read_document(zipped(dict(parts)), "a.docx").blocks) == ["front_matter"]


def test_a_document_of_pictures_needs_a_person_and_an_empty_one_is_just_empty() -> None:
    def with_picture(data: bytes, name: str) -> bytes:
        buffer = io.BytesIO(data)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(name, b"x")
        return buffer.getvalue()

    pictures = picture("Curve of alarms")
    assert refused(with_picture(docx(pictures), "word/media/a.png")) == "no_text_layer"
    assert (
        read_document(with_picture(docx(p("Words.")), "word/media/a.png"), "a.docx").blocks[0].text
        == "Words."
    )
    assert read_document(docx(p("")), "a.docx").blocks == ()
    with pytest.raises(UnreadableError, match="needs a person"):
        read_document(with_picture(odt("<text:p/>"), "Pictures/a.png"), "a.odt")


def test_endnotes_moves_and_fields_count_and_running_heads_do_not() -> None:
    body = (
        f"<w:p>{r('Noted')}<w:r><w:endnoteReference w:id='3'/></w:r></w:p>"
        f"<w:p><w:moveFrom w:id='7'>{r('old place')}</w:moveFrom><w:moveTo w:id='8'>{r('new place')}</w:moveTo></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('section 7')}</w:p>"
    )
    notes = f'<w:endnotes {W}><w:endnote w:id="3">{p("An endnote.")}</w:endnote></w:endnotes>'
    head = f"<w:hdr {W}>{p('A running head.')}</w:hdr>"
    texts = [text for _, text in brief(read(body, endnotes=notes, header=head))]
    assert texts == ["Noted", "An endnote.", "new place", "section 7"]
