"""Every lint rule: the new rubric passes, and one change sets off exactly the rule it should."""

from pathlib import Path
from typing import Any

import pytest

from grader.rubric import load_rubric
from grader.rubric.lint import lint
from grader.rubric.template import new_rubric
from grader.schema import Criterion, Example, Kind, Level, Profile, Rubric, Signals


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    file = tmp_path_factory.mktemp("lint") / "clean.yaml"
    file.write_text(new_rubric("clean"), encoding="utf-8")
    return load_rubric(file)


def codes(rubric: Rubric) -> list[str]:
    return sorted({finding.code for finding in lint(rubric)})


def with_criterion(rubric: Rubric, **changes: Any) -> Rubric:
    """`rubric` with its first criterion changed."""
    dimension = rubric.dimensions[0]
    first: Criterion = dimension.criteria[0].model_copy(update=changes)
    changed = dimension.model_copy(update={"criteria": (first, *dimension.criteria[1:])})
    return rubric.model_copy(update={"dimensions": (changed,)})


def with_level(rubric: Rubric, level: int, **changes: Any) -> Rubric:
    levels = list(rubric.criteria[0].levels)
    levels[level] = levels[level].model_copy(update=changes)
    return with_criterion(rubric, levels=tuple(levels))


def with_example(rubric: Rubric, position: int, **changes: Any) -> Rubric:
    examples = list(rubric.criteria[0].examples)
    examples[position] = examples[position].model_copy(update=changes)
    return with_criterion(rubric, examples=tuple(examples))


def with_profile(rubric: Rubric, **changes: Any) -> Rubric:
    first, *rest = rubric.profiles
    return rubric.model_copy(update={"profiles": (first.model_copy(update=changes), *rest)})


def test_the_new_rubric_is_clean(clean: Rubric) -> None:
    assert lint(clean) == ()


@pytest.mark.parametrize("field", ["description", "feedback", "missing", "next_step"])
def test_vague_wording_is_found_in_every_text_of_a_level(clean: Rubric, field: str) -> None:
    finding, *others = lint(with_level(clean, 2, **{field: "Says what suits the reader properly."}))
    assert not others
    assert (finding.criterion, finding.severity, finding.code) == ("AC1", "warning", "vague-wording")
    assert finding.message == f"level 2: {field} says 'properly'; say what can be seen on the page"


@pytest.mark.parametrize(
    "text", ['Replace "appropriate measures" by two names.', "Add goods and etched glass."]
)
def test_quoted_words_and_parts_of_words_are_not_vague(clean: Rubric, text: str) -> None:
    assert codes(with_level(clean, 2, next_step=text)) == []


@pytest.mark.parametrize(
    "text", ["Do it as needed.", "Use a Good name.", "Name risks, etc.", "Add various users."]
)
def test_vague_phrases_and_capitals(clean: Rubric, text: str) -> None:
    assert codes(with_level(clean, 2, next_step=text)) == ["vague-wording"]


def test_steps_for_a_kind_are_read_as_well(clean: Rubric) -> None:
    (finding,) = lint(with_level(clean, 2, next_step_for={"prd": "Put it properly."}))
    assert finding.message.startswith("level 2: next_step_for.prd says 'properly'")
    assert codes(with_level(clean, 1, next_step_for={"prd": " "})) == ["empty-text"]


def test_overlapping_levels(clean: Rubric) -> None:
    same = clean.criteria[0].levels[2].description.replace("; no", ", and no")
    assert codes(with_level(clean, 3, description=same)) == ["overlapping-levels"]


@pytest.mark.parametrize("field", ["description", "feedback", "missing", "next_step"])
def test_empty_text_below_the_top(clean: Rubric, field: str) -> None:
    assert codes(with_level(clean, 3, **{field: " "})) == ["empty-text"]


def test_empty_text_of_a_criterion(clean: Rubric) -> None:
    assert codes(with_criterion(clean, looks_for="")) == ["empty-text"]


def test_nothing_is_missing_at_the_top(clean: Rubric) -> None:
    assert codes(with_level(clean, 4, missing="an even later date")) == ["missing-at-the-top"]


def test_a_sentence_repeated_in_another_criterion(clean: Rubric) -> None:
    repeated = clean.criteria[1].levels[2].feedback.upper()
    findings = lint(with_level(clean, 1, feedback=f"Well begun. {repeated}"))
    assert [(finding.criterion, finding.code) for finding in findings] == [("AC2", "repeated-sentence")]
    assert "repeats a sentence of AC1 level 1 feedback" in findings[0].message


def test_short_sentences_may_repeat(clean: Rubric) -> None:
    rubric = with_level(with_level(clean, 1, feedback="Say who."), 2, feedback="Say who.")
    assert codes(rubric) == []


def test_examples_too_few_from_too_few_domains_without_near_miss(clean: Rubric) -> None:
    examples = tuple(Example(level=level, domain="health", text=text) for level, text in [
        (0, "Blind readers: open"), (0, "Nothing on keyboards so far"), (1, "Accessible to all"),
        (1, "Disabled people can join"), (2, "Deaf nurses miss the beep"), (2, "Dyslexic pupils skip page 3"),
        (3, "Because keyboards fail on 4 of 9 pages"), (4, "Ann fixes the captions by May"),
    ])  # fmt: skip
    findings = lint(with_criterion(clean, examples=examples))
    assert [finding.code for finding in findings] == [
        "few-examples", "level-with-one-example", "level-with-one-example", "few-domains", "no-near-miss",
    ]  # fmt: skip
    assert findings[1].message == "level 3 has one example; write a second"


def test_a_level_without_example(clean: Rubric) -> None:
    examples = tuple(example for example in clean.criteria[0].examples if example.level != 4)
    assert "level-without-example" in codes(with_criterion(clean, examples=examples))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "…"}, "empty-example"),
        ({"domain": " "}, "empty-example"),
        ({"text": "screen reader " + " ".join(f"word{n}" for n in range(80))}, "long-example"),
        ({"text": "Screen reader users were Mentioned by the council."}, "example-names-level"),
        ({"level": 4, "near_miss": True, "text": "Ann captions it by May."}, "near-miss-at-the-top"),
    ],
)
def test_an_example_by_itself(clean: Rubric, change: dict[str, Any], code: str) -> None:
    extra = Example(**{"level": 1, "domain": "law", "text": "Everyone can use the archive.", **change})
    assert codes(with_criterion(clean, examples=(*clean.criteria[0].examples, extra))) == [code]


def test_examples_that_are_nearly_the_same(clean: Rubric) -> None:
    text = clean.criteria[0].examples[3].text.replace("The platform will be", "The platform would be")
    assert codes(with_example(clean, 4, text=text, near_miss=False)) == ["duplicate-example"]


def test_terms(clean: Rubric) -> None:
    terms = clean.criteria[0].terms
    assert codes(with_criterion(clean, terms=(*terms, "deaf"))) == ["repeated-term"]
    assert codes(with_criterion(clean, terms=(*terms, "WCAG"))) == ["capital-term"]
    assert codes(with_criterion(clean, terms=("zeppelin", "quark"))) == ["terms-miss"]
    assert codes(with_criterion(clean, terms=())) == []


def test_terms_match_the_beginnings_of_words_only(clean: Rubric) -> None:
    endings = tuple(
        term[1:] for term in ("screen", "wheelchair", "captions", "accessib", "disab", "everyone")
    )
    assert codes(with_criterion(clean, terms=endings)) == ["terms-miss"]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"accessibility": 0}, ["zero-profile"]),
        ({}, ["zero-profile"]),
        ({"accessibility": 0.9}, ["weights-do-not-add-up"]),
        ({"accessibility": 95}, ["weights-do-not-add-up"]),
        ({"accessibility": 100}, []),
        ({"accessibility": 2}, []),
        ({"accessibility": 0.5}, []),
    ],
)
def test_weights_of_dimensions(clean: Rubric, weights: dict[str, float], expected: list[str]) -> None:
    assert codes(with_profile(clean, dimensions=weights)) == expected


def test_a_dimension_that_counts_needs_a_criterion_that_counts(clean: Rubric) -> None:
    empty = Profile(
        id="none", description="None.", dimensions={"accessibility": 1}, criteria={"AC1": 0, "AC2": 0},
        reasons={"AC1": "So it is.", "AC2": "So it is."},
    )  # fmt: skip
    assert codes(clean.model_copy(update={"profiles": (*clean.profiles, empty)})) == ["zero-dimension"]


@pytest.mark.parametrize("criteria", [{"AC1": 2}, {"AC2": 0.5}])
def test_full_weighs_everything_equally(clean: Rubric, criteria: dict[str, float]) -> None:
    assert codes(with_profile(clean, criteria=criteria)) == ["unequal-full"]


def test_not_expected_needs_a_reason_and_a_reason_needs_a_zero(clean: Rubric) -> None:
    full, *rest = clean.profiles
    silent = rest[0].model_copy(update={"criteria": {"AC2": 0}, "reasons": {}})
    assert codes(clean.model_copy(update={"profiles": (full, silent)})) == ["unexplained-zero"]
    loud = rest[0].model_copy(update={"criteria": {}, "reasons": {"AC2": "Not here."}})
    assert codes(clean.model_copy(update={"profiles": (full, loud)})) == ["unused-reason"]


def test_signals_are_lower_case(clean: Rubric) -> None:
    kind = Kind(id="x", label="X", description="X.", profile="full", signals=Signals(headings=("Risks",)))
    findings = lint(clean.model_copy(update={"kinds": (*clean.kinds, kind)}))
    assert [(finding.criterion, finding.code) for finding in findings] == [("", "capital-signal")]


def test_levels_of_one_word_do_not_overlap_by_accident(clean: Rubric) -> None:
    levels = tuple(Level(level=n, description=f"Step {n}", feedback=f"At {n}.", next_step=f"Leave {n}.",
                         missing="" if n == 4 else f"step {n + 1}") for n in range(5))  # fmt: skip
    assert codes(with_criterion(clean, levels=levels)) == []


def test_shipped_rubrics_are_clean() -> None:
    assert [f"{each.criterion} {each.code}: {each.message}" for each in lint(load_rubric())] == []


def test_lint_reads_a_rubric_from_any_place(small: Path) -> None:
    assert "few-examples" in codes(load_rubric(small))
