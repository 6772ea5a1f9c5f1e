"""Passages: where they are cut, what they are read under, and that their offsets are exact."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.analysis.analyse import analyse
from grader.analysis.passages import MAX_WORDS, Passage, cut_passages
from grader.integrity.scored import scored_text
from grader.schema import Block, Document

LONG = "".join(
    f"The gate of the {yard} yard is shut at night and riders wait in the rain for someone who lets them in. "
    for yard in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)


def document(*blocks: Block) -> Document:
    return Document(source="a.md", format="markdown", sha256="0" * 64, blocks=blocks)


def by_full_stop(text: str) -> list[tuple[int, int]]:
    ends = [i + 2 for i in range(len(text) - 1) if text[i : i + 2] == ". "] + [len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def passages(
    *blocks: Block, sentences: Callable[[str], list[tuple[int, int]]] = by_full_stop
) -> list[Passage]:
    made = document(*blocks)
    return list(cut_passages(made, scored_text(made), sentences))


def paragraph(text: str, **more: object) -> Block:
    return Block.model_validate({"type": "paragraph", "text": text, **more})


def test_a_short_block_is_one_passage() -> None:
    text = "Riders wait. Nobody answers the bell."
    (only,) = passages(paragraph(text))
    assert (only.block, only.start, only.end, only.text, only.context) == (0, 0, len(text), text, "")


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    parts = passages(paragraph(LONG))
    assert len(parts) > 1
    assert all(len(part.text.split()) <= MAX_WORDS for part in parts)
    assert all(part.text.endswith(".") for part in parts)
    assert " ".join(part.text for part in parts) == LONG.strip()


def test_exactly_the_limit_is_not_cut_and_one_word_more_is() -> None:
    assert len(passages(paragraph("word " * MAX_WORDS))) == 1
    assert [len(p.text.split()) for p in passages(paragraph("word " * (MAX_WORDS + 2)))] == [MAX_WORDS, 2]


def test_a_sentence_longer_than_a_passage_is_cut_between_words() -> None:
    text = "Before it. " + " ".join(f"w{i}" for i in range(150)) + ". After it, the end."
    parts = passages(paragraph(text))
    assert [len(part.text.split()) for part in parts] == [2, 60, 60, 30, 4]
    assert " ".join(part.text for part in parts) == text


def test_offsets_give_the_passage_in_its_block() -> None:
    block = paragraph("  " + LONG.replace("rain", "rain\n", 1))
    for part in passages(block):
        original = block.text[part.start : part.end]
        assert " ".join(original.split()) == " ".join(part.text.split())
        assert original == original.strip()


def test_offsets_survive_what_is_folded_or_left_out() -> None:
    block = paragraph("[TBD] The \ufb01rst of\u00adfice\u200b costs 5\u00a0% more than the second")
    (part,) = passages(block)
    assert part.text == "The first office costs 5 % more than the second"
    assert block.text[part.start : part.end] == block.text[6:]


def test_headings_are_context_and_never_passages() -> None:
    heading = Block(type="heading", text="What went wrong with the yard gate", depth=1)
    (only,) = passages(heading, paragraph("Riders wait outside.", path=(heading.text,)))
    assert only.block == 1
    assert only.context == heading.text


def test_context_names_the_outermost_heading_and_the_two_innermost() -> None:
    (only,) = passages(paragraph("Riders wait outside.", path=("Plan", "Part", "Risks", "Gate")))
    assert only.context == "Plan > Risks > Gate"


def test_context_is_kept_short() -> None:
    (only,) = passages(paragraph("Riders wait outside.", path=("long " * 500,) * 4))
    assert len(only.context) < 250


def test_a_lead_in_introduces_its_list_and_ends_with_it() -> None:
    item = Block(type="list_item", text="rules for the yard", depth=1)
    lead_in = "We compared three options:"
    after = [paragraph("The gate stays shut."), paragraph("Riders wait."), item]
    found = passages(paragraph(lead_in), item, item.model_copy(update={"text": "a rota of people"}), *after)
    # The first paragraph after a list may still belong to its last item; from the second on nothing does.
    assert [part.context for part in found] == ["", lead_in, lead_in, lead_in, "", ""]


def test_a_nested_item_is_read_under_the_item_above_it() -> None:
    def item(text: str, depth: int) -> Block:
        return Block(type="list_item", text=text, depth=depth)

    found = passages(
        paragraph("Risks we saw:"), item("Gate stays shut", 1), item("call the porter", 2), item("ring twice first", 3),
        item("ask the guard", 2), item("Lights go out", 1),
    )  # fmt: skip
    assert [part.context for part in found[1:]] == [
        "Risks we saw:", "Gate stays shut", "call the porter", "Gate stays shut", "Risks we saw:",
    ]  # fmt: skip


def test_a_table_row_is_read_under_its_headers_and_the_header_row_is_none() -> None:
    headers = ("Risk", "Owner")
    found = passages(
        Block(type="table_row", text="Risk | Owner", headers=headers),
        Block(type="table_row", text="gate stays shut | porter", headers=headers, path=("Yard",)),
    )
    assert [(part.text, part.context) for part in found] == [
        ("gate stays shut | porter", "Yard : Risk | Owner")
    ]


def test_a_row_of_a_table_without_headers_is_a_passage() -> None:
    (only,) = passages(Block(type="table_row", text="gate stays shut | porter"))
    assert only.context == ""


@pytest.mark.parametrize("text", ["Yes", "—", "   ", "TBD", "Low\n"])
def test_one_word_says_nothing(text: str) -> None:
    assert passages(paragraph(text)) == []


def test_code_and_comments_are_never_passages() -> None:
    apart = ("code", "comment", "front_matter", "instruction", "alt_text")
    blocks = [Block.model_validate({"type": t, "text": "we roll back when errors pass 3 %"}) for t in apart]
    assert passages(*blocks) == []


def test_the_real_sentences_cut_a_paragraph_too() -> None:
    analysis = analyse(document(paragraph(LONG)))
    assert analysis.language == "en"
    assert len(analysis.passages) > 1
    assert all(part.text.endswith(".") for part in analysis.passages)


ODD = st.text(alphabet="ab. \n\u00a0\ufb01\u200b\u00ad\uff21½é[]TBD😀", max_size=400)


@given(ODD)
@settings(max_examples=150)
def test_any_text_gives_passages_within_bounds_in_order(text: str) -> None:
    block = paragraph(text + " " + "tail " * 70)
    end = 0
    for part in passages(block):
        assert end <= part.start < part.end <= len(block.text)
        assert 2 <= len(part.text.split()) <= MAX_WORDS
        end = part.end
