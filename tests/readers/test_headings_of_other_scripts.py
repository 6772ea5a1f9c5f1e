"""Paragraphs in scripts without capitals or spaces are no headings."""

import pytest

from grader.readers import read_document


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "paragraph",
    [
        "雨の日に乗る人が濡れないように、門番は九時に門を開けます。鍵を持つ人は二人だけです。",
        "يفتح البواب الباب في الساعة التاسعة حتى لا يبتل الفرسان.",
    ],
)
def test_a_paragraph_is_a_paragraph(paragraph: str, name: str) -> None:
    document = read_document(f"{paragraph}\n\n{paragraph}\n".encode(), name)
    assert [block.type for block in document.blocks] == ["paragraph", "paragraph"]


def test_capitals_are_still_a_heading() -> None:
    document = read_document(b"WHAT WE CHOSE\n\nA queue, because it is short.\n", "a.txt")
    assert [block.type for block in document.blocks] == ["heading", "paragraph"]
