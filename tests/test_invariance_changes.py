"""The changes that must not matter change what they say and nothing else."""

from collections.abc import Callable

import pytest

from benchmarks.invariance_cases import formats, layout, wording
from benchmarks.invariance_cases.changes import CHANGES
from benchmarks.invariance_cases.document import HonestDocument, honest_documents
from benchmarks.invariance_cases.length import first_words
from grader.readers import read_document

DOCUMENTS = honest_documents()


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_finds_documents_to_change_and_changes_them(name: str) -> None:
    variants = [
        (document.filled().encode(), variant.data)
        for document in DOCUMENTS
        for variant in CHANGES[name](document)
    ]
    assert len(variants) >= 4
    assert all(before != after for before, after in variants)


@pytest.mark.parametrize("suffix", formats.WRITERS)
@pytest.mark.parametrize("document", DOCUMENTS[:6], ids=lambda document: document.id)
def test_another_format_holds_the_same_blocks(document: HonestDocument, suffix: str) -> None:
    text = document.filled()
    other = read_document(formats.WRITERS[suffix](text), f"a.{suffix}")
    there = [(block.type, block.text) for block in other.blocks]
    assert there == [(block.type, block.text) for block in read_document(text.encode(), "a.md").blocks]


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (wording.american, "Colours of the neighbours' Centre", "Colors of the neighbors' Center"),
        (wording.contracted, "It is late. We do not wait.", "It's late. We don't wait."),
        (wording.percent_closed, "from 27 % to 9 %", "from 27% to 9%"),
        (wording.percent_word, "from 27 % to 9%", "from 27 percent to 9 percent"),
        (wording.thousands_plain, "1,200 of 1,000,000, or 12,5", "1200 of 1000000, or 12,5"),
        (wording.decimal_comma, "1.4 of 1,200.", "1,4 of 1.200."),
        (wording.numbers_as_digits, "Eleven of the one hundred two", "11 of the one hundred 2"),
        (wording.numbers_as_words, "11 days, 3 weeks, 4.5 hours, 40 cm", "eleven days, three weeks, 4.5 hours, 40 cm"),
        (wording.currency_before, "900 euro or 0.06 euros.", "€900 or €0.06."),
        (layout.paragraphs_to_bullets, "# A\n\nOne. Two.\n", "# A\n\n- One.\n- Two.\n"),
        (layout.bullets_to_paragraphs, "- One\n- Two.\n", "One. Two.\n"),
        (layout.bullets_to_tables, "- One", "| No. | Point |\n| --- | --- |\n| 1 | One |\n"),
        (layout.paragraphs_to_tables, "A b. C d.", "| No. | Text |\n| --- | --- |\n| 1 | A b. C d. |\n"),
        (layout.tables_to_bullets, "| A | B |\n|---|---|\n| 1 | 2 |\n", "- A: 1; B: 2\n"),
        (layout.tables_to_paragraphs, "| A | B |\n|---|---|\n| 1 | 2 |\n", "A: 1; B: 2.\n"),
        (layout.sections_reversed, "# T\n\n## A\n\na\n\n## B\n\nb\n", "# T\n\n## B\n\nb\n\n## A\n\na"),
    ],
)  # fmt: skip
def test_change(change: Callable[[str], str], before: str, after: str) -> None:
    assert change(before) == after


def test_two_percent_of_the_words_are_mistyped_and_always_the_same_ones() -> None:
    text = " ".join(["careful readers decide"] * 100)
    mistyped = wording.mistyped_words(text)
    assert sum(a != b for a, b in zip(text.split(), mistyped.split(), strict=True)) == 6
    assert mistyped == wording.mistyped_words(text)


def test_a_wording_that_is_not_in_the_text_is_an_error() -> None:
    document = HonestDocument(id="d", text="We wait.", non_native=(("We run.", "We are running."),))
    with pytest.raises(ValueError, match="d: not in the text: We run."):
        document.rephrased()


def test_first_words_keeps_whole_lines() -> None:
    assert first_words("# A\n\none two three\nfour five six\n", 6) == "# A\n\none two three\n"
