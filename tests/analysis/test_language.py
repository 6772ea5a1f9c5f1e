"""Sentences, syntax and language, on the real models."""

import pytest

from grader.analysis.language import MAX_PARSED, detect_language, language_name, sentences, spacy_pipeline
from grader.analysis.negation import is_undone, may_be_undone
from grader.analysis.syntax import syntax

ENGLISH = "The ferry leaves at nine and passengers book their seats on the quay before boarding."


def cut(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


def test_sentences_are_told_apart() -> None:
    assert cut("The gate is shut at night. Riders wait outside. Nobody answers the bell.") == [
        "The gate is shut at night.",
        "Riders wait outside.",
        "Nobody answers the bell.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "One",
        "  A gate is shut. Riders wait.  ",
        "Costs rose by 3.5 % in May. We stopped.",
        "a\u00a0b. c — d; e",
    ],
)
def test_sentences_cover_a_text_without_gaps(text: str) -> None:
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)


@pytest.mark.parametrize("unit", ["The riders wait at the gate. ", "x", " "])
def test_a_text_too_long_for_the_parser_is_cut_into_parts(unit: str) -> None:
    text = unit * (2 * MAX_PARSED // len(unit) + 7)
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= MAX_PARSED


def test_parts_end_between_words() -> None:
    text = "elephants " * 3_000
    assert all(text[end - 1] == " " for _, end in sentences(text))


def test_a_single_endless_word_can_be_parsed() -> None:
    assert syntax(["A1b2" * 300_000])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        ("Die Fähre legt um neun Uhr ab und die Fahrgäste buchen ihre Plätze am Kai.", "de"),
        ("Le bac part à neuf heures et les passagers réservent leurs places sur le quai.", "fr"),
        ("El transbordador sale a las nueve y los pasajeros reservan sus asientos en el muelle.", "es"),
        ("渡轮九点出发,乘客在码头预订座位。", "zh"),
        ("", None),
        ("12 34 56 %", None),
    ],
)
def test_languages_are_recognised(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_languages_have_english_names() -> None:
    assert language_name("de") == "German"
    assert language_name("tlh") == "tlh"


UNDONE = [
    "We have not considered bias.",
    "We did not look at how the model treats dialects.",
    "The team has not tested the fallback yet.",
    "No monitoring is in place.",
    "There is no owner.",
    "We did not get to measuring it.",
    "Fairness was not assessed.",
]
DECIDED = [
    "We do not collect location, because matching works on postcode.",
    "The model does not see names.",
    "We will not ship the score, since users read it as certainty.",
    "Riders never share their address.",
    "We did not test it on farms, so the pilot leaves farms out.",
    "We do not store audio.",
    "We measured bias on four dialects.",
    "The van does not get to the island.",
]


@pytest.mark.parametrize("text", UNDONE)
def test_saying_that_nothing_was_done_is_undone(text: str) -> None:
    assert may_be_undone(text)
    assert is_undone(spacy_pipeline()(text))


@pytest.mark.parametrize("text", DECIDED)
def test_deciding_against_something_is_not(text: str) -> None:
    assert not is_undone(spacy_pipeline()(text))


def test_one_sentence_that_decides_saves_a_passage() -> None:
    assert not is_undone(spacy_pipeline()("We have not tested dialects. The feature is limited to Leeds."))


def test_a_fragment_without_a_verb_is_not_undone() -> None:
    assert not is_undone(spacy_pipeline()("No location data"))
