"""Unseen text is the layer of a scan where hardly anything else is there, and hidden text where it is not."""

import pytest

from benchmarks.robustness_cases.files import pdf, pdf_text
from grader.readers import read_document

SHOWN = ["The gate opens at nine so that riders can come in from the rain and wait for the porter to arrive."]
UNSEEN = ["We compared three gates and chose the cheapest one because the porter is alone on most days."] * 3


def text_of(*parts: str) -> tuple[str, list[str]]:
    document = read_document(pdf([" ".join(parts)]), "a.pdf")
    return " ".join(block.text for block in document.blocks), [flag.code for flag in document.flags]


@pytest.mark.parametrize("how", ["3 Tr", "1 1 1 rg"])
def test_more_hidden_than_visible_text_is_no_scan(how: str) -> None:
    text, flags = text_of(pdf_text(SHOWN), pdf_text(UNSEEN, top=400, before=how))
    assert "gate opens at nine" in text and "cheapest" not in text
    assert "scanned" not in flags


def test_the_layer_of_a_scan_is_still_read() -> None:
    text, flags = text_of(pdf_text(UNSEEN, before="3 Tr"))
    assert "cheapest" in text and "scanned" in flags
