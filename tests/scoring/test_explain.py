"""Reasons name what is found and what is not."""

import pytest

from grader.rubric import load_rubric
from grader.schema import Evidence, Location
from grader.scoring import explain

CRITERIA = load_rubric().criteria
STRONG = "If the error rate passes 3 %, the on-call engineer turns the gate off within 1 hour, because riders get hurt."


def test_a_quote_is_explained_by_its_own_words() -> None:
    why = explain.why_it_counts(STRONG, 4)
    assert why.startswith("gives ")
    assert "3 %" in why
    assert all(word in STRONG.lower() for word in _quoted(why))


def _quoted(text: str) -> list[str]:
    return [part.split("”")[0].rstrip("…").lower() for part in text.split("“")[1:]]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ships when wrong answers are < 10% of all", "< 10%"),
        ("Collected holds go from 34 % to 20.5 %, we hope", "from 34 % to 20.5 %"),
        ("The gate opens within 1,200 ms", "within 1,200"),
    ],
)
def test_a_figure_is_quoted_whole_where_its_rule_stops_inside_it(text: str, whole: str) -> None:
    assert whole.lower() in _quoted(explain.why_it_counts(text, 3))


def test_words_shown_are_cut_short() -> None:
    long = "We stop once the queue in the yard of the northern depot has grown beyond what the porters can carry home"
    assert all(len(words) <= explain.MAX_CUE_CHARACTERS for words in _quoted(explain.why_it_counts(long, 2)))


@pytest.mark.parametrize(
    ("level", "says"), [(1, "comes close to it"), (2, "speaks of it"), (3, "speaks of it")]
)
def test_a_quote_without_signs_is_said_to_be_one(level: int, says: str) -> None:
    assert says in explain.why_it_counts("The riders like it", level)


def test_found_and_missing_do_not_overlap_and_belong_to_the_next_level() -> None:
    found, absent = explain.found_and_missing(["Riders wait, because the gate is shut."], 3)
    assert found == "a reason"
    assert absent == "a threshold, someone answerable, a time, what is done then or a condition"
    assert explain.found_and_missing([STRONG], 4)[1] == ""
    assert explain.found_and_missing([], 0) == ("", "")


def test_a_reason_is_the_criterions_words_then_what_the_passages_show() -> None:
    criterion = CRITERIA[0]
    text = explain.reason(criterion, 3, [quoted("Riders wait, because the gate is shut.")], "")
    assert text.startswith(criterion.levels[3].feedback)
    assert "The passage gives a reason." in text
    assert "No word on a threshold" in text
    assert "The passages give" in explain.reason(criterion, 3, [quoted(STRONG), quoted(STRONG)], "")


def test_what_the_headers_of_a_table_say_is_not_called_missing() -> None:
    row = quoted("Waiting at the gate | 12 | 4")
    assert "a comparison" in explain.reason(CRITERIA[0], 2, [row], "").partition("No word on")[2]
    under = row.model_copy(update={"headers": ("", "Last year", "Compared with today")})
    text = explain.reason(CRITERIA[0], 2, [under], "")
    assert "gives a comparison" in text and "a comparison" not in text.partition("No word on")[2]


def quoted(text: str) -> Evidence:
    return Evidence(quote=text, block=0, start=0, end=len(text), location=Location(), section="", why="")


def test_a_rejected_passage_is_named_with_its_rule() -> None:
    text = explain.reason(CRITERIA[0], 0, [], "it asks and does not answer")
    assert text.endswith("The closest passage does not count: it asks and does not answer.")
    assert "does not count" not in explain.reason(CRITERIA[0], 0, [], "")


def test_the_top_has_nothing_missing_and_a_next_step_all_the_same() -> None:
    for criterion in CRITERIA:
        assert explain.missing(criterion, 4) == ""
        assert all(explain.missing(criterion, level) for level in range(4))
        assert all(explain.next_step(criterion, level, "prd") for level in range(5))
