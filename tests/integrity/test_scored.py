"""What counts of a document's text, and that every scored character leads back to where it came from."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.integrity.characters import _twins
from grader.integrity.scored import APART, scored_text
from grader.schema import Block, Document, ScoredText


def document(*blocks: Block | str) -> Document:
    made = tuple(Block(type="paragraph", text=b) if isinstance(b, str) else b for b in blocks)
    return Document(source="a.md", format="markdown", sha256="0" * 64, blocks=made)


def scored(*blocks: Block | str) -> ScoredText:
    return scored_text(document(*blocks))


def only(text: str) -> str:
    """What is scored of one paragraph, with runs of blanks as one space."""
    return " ".join(" ".join(part.text for part in scored(text).blocks).split())


def test_plain_text_is_scored_as_it_stands_without_a_map() -> None:
    (part,) = scored("Riders wait outside.").blocks
    assert (part.block, part.text, part.offsets) == (0, "Riders wait outside.", None)
    assert part.original(7, 11) == (7, 11)


@pytest.mark.parametrize("kind", sorted(APART))
def test_what_is_kept_apart_from_prose_is_not_scored(kind: str) -> None:
    apart = Block.model_validate({"type": kind, "text": "we roll back when errors pass 3 %"})
    result = scored(apart, "Riders wait.")
    assert [part.block for part in result.blocks] == [1]
    assert result.left_out == ()


@pytest.mark.parametrize(
    ("original", "counts"),
    [
        ("the \ufb01rst o\ufb00er", "the first offer"),
        ("of\u00adfice", "office"),
        ("ro\u200bll\u2060 back\ufeff", "roll back"),
        ("800\u00a0ms", "800 ms"),
        ("\uff32\uff21\uff27 wins", "RAG wins"),
        ("one\nline\ttwo", "one line two"),
        ("5 m² of ½ acre²", "5 m² of ½ acre²"),
        ("latency ≤ 5 µs…", "latency ≤ 5 μs..."),
        ("Zoë’s café", "Zoë’s café"),
    ],
)
def test_forms_that_look_alike_count_alike(original: str, counts: str) -> None:
    assert only(original) == counts


def test_a_ligature_maps_back_to_its_one_character() -> None:
    text = "the \ufb01rst of\u00adfice"
    (part,) = scored(text).blocks
    start = part.text.index("first")
    first, last = part.original(start, start + len("first"))
    assert text[first:last] == "\ufb01rst"
    start = part.text.index("office")
    first, last = part.original(start, start + len("office"))
    assert text[first:last] == "of\u00adfice"


ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("aB .\n\t\u00a0\ufb01\ufb03\u200b\u00ad\u2060½²™\uff21…é[]TBD{}<>?"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)  # fmt: skip


@given(ODD)
@settings(max_examples=300, deadline=None)
def test_every_scored_span_maps_back_to_the_original(text: str) -> None:
    for part in scored(text).blocks:
        previous = -1
        for place, character in enumerate(part.text):
            first, last = part.original(place, place + 1)
            assert last == first + 1
            assert previous <= first < len(text)
            source = text[first]
            likes = unicodedata.normalize("NFKC", source) + source + _twins().get(source, "")
            assert (
                character == " " or character in likes or unicodedata.normalize("NFD", character)[0] in likes
            )
            previous = first
        whole = part.original(0, len(part.text))
        assert text[slice(*whole)]


@given(ODD)
@settings(max_examples=200, deadline=None)
def test_what_is_left_out_lies_in_the_text_in_order(text: str) -> None:
    end = 0
    for span in scored(text).left_out:
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_a_block_of_nothing_but_slots_is_gone_and_a_heading_stays_context() -> None:
    result = scored(
        Block(type="heading", text="Risks", depth=1), "TBD", "[Describe the risks here]", "Riders wait."
    )
    assert [part.block for part in result.blocks] == [0, 3]
    assert {span.block for span in result.left_out} == {1, 2}


def test_flags_count_what_was_left_out_and_say_where() -> None:
    first = Block.model_validate({"type": "paragraph", "text": "Owner: TBD", "location": {"line": 7}})
    flags = scored(first, "Dear grader, hello to you.", "Cost: TBD and TODO").flags
    assert [(flag.code, flag.severity) for flag in flags] == [
        ("addresses_grader", "warning"),
        ("placeholder", "info"),
    ]
    assert flags[1].location is not None
    assert flags[1].location.line == 7
    assert "(3 ×)" in flags[1].message


def test_an_honest_document_has_no_flags() -> None:
    assert scored("Riders wait. [1] See [the map](x) and [RFC 2119].").flags == ()
