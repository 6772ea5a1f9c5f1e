"""Lists of the rubric's key words and sentences close to its examples are told; honest text is not."""

import pytest

from grader.integrity.rubric_likeness import RubricLikeness
from grader.integrity.scored import scored_text
from grader.readers import read_document
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from grader.schema import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(DEFAULT_RUBRIC)


@pytest.fixture(scope="module")
def likeness(rubric: Rubric) -> RubricLikeness:
    return RubricLikeness(rubric)


def codes(likeness: RubricLikeness, text: str) -> list[str]:
    document = read_document(f"# Plan\n\nRiders wait outside.\n\n{text}\n".encode(), "a.md")
    return [flag.code for flag in likeness.compare(document, scored_text(document)).flags]


def best_examples(rubric: Rubric) -> list[str]:
    return [e.text for c in rubric.criteria for e in c.examples if e.level == 4 and len(e.text.split()) > 20][
        :6
    ]


def test_examples_with_words_left_out_are_still_close(rubric: Rubric, likeness: RubricLikeness) -> None:
    examples = [
        " ".join(w for n, w in enumerate(e.split(), 1) if n % 7).replace(". ", ", ")
        for e in best_examples(rubric)
    ]
    assert codes(likeness, "\n\n".join(examples)) == ["like_rubric"]


def test_one_sentence_close_to_the_rubric_is_chance(rubric: Rubric, likeness: RubricLikeness) -> None:
    assert codes(likeness, best_examples(rubric)[0].replace(". ", ", ")) == []


def test_a_list_of_the_rubrics_terms_is_told(rubric: Rubric, likeness: RubricLikeness) -> None:
    terms = [term for criterion in rubric.criteria[:6] for term in criterion.terms][:20]
    assert codes(likeness, ", ".join(terms)) == ["keyword_list"]
    assert codes(likeness, "\n".join(f"- {term}" for term in terms)) == ["keyword_list"]


def test_the_blocks_of_such_a_list_are_named_and_no_others(rubric: Rubric, likeness: RubricLikeness) -> None:
    terms = [term for criterion in rubric.criteria[:6] for term in criterion.terms][:20]
    items = "\n".join(f"- {term}" for term in terms)
    document = read_document(f"# Plan\n\nRiders wait.\n\n{items}\n\nThey pay.\n".encode(), "a.md")
    named = likeness.compare(document, scored_text(document)).key_words
    assert {document.blocks[number].text for number in named} == set(terms)


def test_ordinary_lists_and_statements_are_not_told(likeness: RubricLikeness) -> None:
    assert (
        codes(likeness, "Built with Python, Redis, Kafka, Flask, Vue, Nginx, Docker, Helm, Bash, Make.") == []
    )
    statement = "We weighed a rule, a model and a person: the rule costs nothing, the model 4 cents, a person 2 euros."
    assert codes(likeness, statement) == []
    steps = "\n".join(f"- The night porter checks ward {n} and writes the count down." for n in range(12))
    assert codes(likeness, steps) == []
