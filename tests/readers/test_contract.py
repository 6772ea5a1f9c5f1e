"""The same content in every format gives the same blocks."""

from pathlib import PurePosixPath

import pytest
from content_model import CHECKED, DEPTHS, EXPECTED, SAMPLES, WITHOUT

from grader.readers import SUFFIXES, read_document

EVERY_SAMPLE = pytest.mark.parametrize("name", sorted(SAMPLES))


@EVERY_SAMPLE
def test_same_content_gives_same_blocks(name: str) -> None:
    blocks = read_document(SAMPLES[name], name).blocks
    missing = WITHOUT.get(PurePosixPath(name).suffix, frozenset())
    expected = [row for row in EXPECTED if row[0] not in missing]
    assert [(b.type, b.text, b.path, b.headers) for b in blocks] == expected


@EVERY_SAMPLE
def test_depths_and_check_boxes_survive(name: str) -> None:
    blocks = {block.text: block for block in read_document(SAMPLES[name], name).blocks}
    assert {text: blocks[text].depth for text in DEPTHS} == DEPTHS
    assert {text: blocks[text].checked for text in CHECKED} == CHECKED
    assert blocks["A missed alarm is worse."].checked is None


@EVERY_SAMPLE
def test_title_and_provenance(name: str) -> None:
    document = read_document(SAMPLES[name], name)
    assert (document.title, document.source, document.member) == ("Pump Alerts", name, None)
    assert document.format == SUFFIXES[PurePosixPath(name).suffix]
    assert document.flags == ()


@pytest.mark.parametrize(
    "name", [n for n in sorted(SAMPLES) if n.endswith((".md", ".mdx", ".txt", ".html", ".rst"))]
)
def test_lines_are_those_of_the_source(name: str) -> None:
    encoding = "utf-16" if "utf16" in name else "utf-8"
    lines = SAMPLES[name].decode(encoding).splitlines()
    for block in read_document(SAMPLES[name], name).blocks:
        assert block.location.line is not None
        assert block.text.split()[0] in lines[block.location.line - 1]
