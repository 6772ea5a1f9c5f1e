"""The contract's document in docx, odt, rtf and pdf gives the blocks that every format gives."""

from pathlib import PurePosixPath

import pytest
from content_model import CHECKED, DEPTHS, EXPECTED
from office_samples import OFFICE_SAMPLES, OFFICE_WITHOUT

from grader.readers import SUFFIXES, read_document

EVERY_SAMPLE = pytest.mark.parametrize("name", sorted(OFFICE_SAMPLES))


@EVERY_SAMPLE
def test_same_content_gives_same_blocks(name: str) -> None:
    suffix = PurePosixPath(name).suffix
    expected = [row for row in EXPECTED if row[0] not in OFFICE_WITHOUT[suffix]]
    if suffix == ".pdf":  # print shows no quotes, and the standard fonts no emoji
        expected = [("paragraph" if kind == "quote" else kind, text.replace(" 🚰", ""), path, headers)
                    for kind, text, path, headers in expected]  # fmt: skip
    blocks = read_document(OFFICE_SAMPLES[name], name).blocks
    assert [(b.type, b.text, b.path, b.headers) for b in blocks] == expected


@EVERY_SAMPLE
def test_depths_check_boxes_and_places_survive(name: str) -> None:
    document = read_document(OFFICE_SAMPLES[name], name)
    blocks = {block.text: block for block in document.blocks}
    assert {text: blocks[text].depth for text in DEPTHS} == DEPTHS
    assert {text: blocks[text].checked for text in CHECKED} == CHECKED
    assert blocks["A missed alarm is worse."].checked is None
    assert (document.title, document.flags) == ("Pump Alerts", ())
    assert document.format == SUFFIXES[PurePosixPath(name).suffix]
    places = [block.location.page or block.location.paragraph for block in document.blocks]
    assert all(places) and places == sorted(place or 0 for place in places)
