"""Every cue against its own examples, and against text made to keep a regular expression busy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.analysis.cues import MAX_CHARACTERS, Cue, catalogue, cue_names, find_cues

CUES = tuple(catalogue().values())


def found(text: str) -> set[str]:
    return {hit.cue for hit in find_cues(text)}


def examples(kind: str) -> list[tuple[str, str]]:
    return [(cue.id, text) for cue in CUES for text in getattr(cue, kind)]


@pytest.mark.parametrize(("cue", "text"), examples("must_match"))
def test_a_cue_finds_its_examples(cue: str, text: str) -> None:
    assert cue in found(text)


@pytest.mark.parametrize(("cue", "text"), examples("must_not_match"))
def test_a_cue_leaves_its_counter_examples_alone(cue: str, text: str) -> None:
    assert cue not in found(text)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_every_cue_has_three_examples_of_each_sort(cue: Cue) -> None:
    assert len(set(cue.must_match)) >= 3
    assert len(set(cue.must_not_match)) >= 3
    assert not set(cue.must_match) & set(cue.must_not_match)
    assert cue.says


def test_ids_are_unique_and_name_the_columns_in_order() -> None:
    assert cue_names() == tuple(cue.id for cue in CUES)
    assert {cue.polarity for cue in CUES} == {"depth", "empty"}


def test_a_hit_says_where_it_stands() -> None:
    text = "Drivers wait, because the gate is shut."
    hit = next(hit for hit in find_cues(text) if hit.cue == "cause")
    assert text[hit.start : hit.end] == "because"


def test_case_is_ignored_but_where_a_pattern_minds_it() -> None:
    assert "cause" in found("BECAUSE the gate is shut")
    assert "owner" in found("the PM decides that")
    assert "owner" not in found("ready at 3 pm sharp")


def test_plain_and_empty_text_has_no_cues() -> None:
    assert find_cues("") == ()
    assert find_cues("Riders see the next ferry on a map") == ()


def test_only_the_beginning_of_a_very_long_passage_is_looked_at() -> None:
    assert "cause" in found("x" * (MAX_CHARACTERS - 20) + " because of rain")
    assert "cause" not in found("x" * MAX_CHARACTERS + " because of rain")


HOSTILE = (
    "1", "1,.", " ", "Aa ", "Abc Abd ", '"', '"a', "`", "if ", "from 1 ", "no plan ", "more ", "by the end of ", "a",
    "AB", "routes a b c d ", "give ", "\x00", "😀", "threshold ", "we have not yet really ", "?", "baseline ", "1 of ",
    "p50 ", "ensure a b ", "1 % ", "≤ ", "[", "— so ",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_repetition_does_not_hang_a_pattern(unit: str) -> None:
    # A pattern that backtracks without bound would keep the suite here for minutes; most units match nothing.
    hits = find_cues(unit * 20_000)
    assert all(0 <= hit.start <= hit.end <= MAX_CHARACTERS for hit in hits)


@given(st.text(max_size=200))
def test_hits_lie_within_the_text_and_come_once_per_cue(text: str) -> None:
    hits = find_cues(text)
    assert all(0 <= hit.start <= hit.end <= len(text) for hit in hits)
    assert len({hit.cue for hit in hits}) == len(hits)
