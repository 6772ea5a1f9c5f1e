"""Copies of the rubric are found, however they are cut or thinned; honest text is not."""

import pytest

from grader.rubric import load_rubric
from grader.scoring.rubric_text import MIN_WORDS, SAME_WORDS, RubricText, _texts, _words

RUBRIC = load_rubric()
SOURCE = RubricText(RUBRIC)
LONG = [e.text for c in RUBRIC.criteria for e in c.examples if len(set(e.text.lower().split())) >= 2 * MIN_WORDS]


@pytest.mark.parametrize("text", LONG[::40])
def test_an_example_is_found_whole_with_other_figures_and_with_every_fourth_word_dropped(text: str) -> None:
    words = text.split()
    assert SOURCE.is_source_of(text)
    assert SOURCE.is_source_of(" ".join("77" if word.isdigit() else word for word in words))
    assert SOURCE.is_source_of(" ".join(word for n, word in enumerate(words) if n % 4))
    assert SOURCE.is_source_of(" ".join(reversed(words)))


@pytest.mark.parametrize("text", LONG[::20])
def test_a_share_of_words_is_found_as_by_looking_at_every_text(text: str) -> None:
    every = [set(_words(own)) for own in _texts(RUBRIC)]
    words = list(dict.fromkeys(_words(text)))
    for others in range(len(words)):
        mixed = {*words[others:], *(f"filler{chr(97 + n)}" for n in range(others))}
        wanted = any(len(own) >= MIN_WORDS and len(mixed & own) >= SAME_WORDS * len(mixed) for own in every)
        assert SOURCE._has_words_of(mixed) == wanted, others


@pytest.mark.parametrize(
    "text",
    [
        "We will monitor the system.",
        "The porter opens the gate at nine, because the first nurse arrives a quarter of an hour later.",
        "If more than two riders a week report a closed gate, the depot sends a porter and the lock is replaced.",
    ],
)
def test_honest_text_is_not(text: str) -> None:
    assert not SOURCE.is_source_of(text)
