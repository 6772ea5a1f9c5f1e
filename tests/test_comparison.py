"""Two gradings side by side: levels, quotes, totals within and beyond their range, and what cannot be compared."""

import pytest

from grader.comparison import Grading, compare
from grader.schema import (
    Assessment,
    Block,
    CriterionScore,
    Document,
    Evidence,
    KindGuess,
    Location,
    Reason,
    RunInfo,
)

RUN = RunInfo(
    program="1.0",
    rubric_id="r",
    rubric_version="1",
    rubric_hash="ab" * 32,
    models={"m": "cd" * 32},
    settings={"kind": None, "time_limit": 20.0},
    started="2026-01-01T00:00:00Z",
)


def quote(text: str) -> Evidence:
    return Evidence(
        quote=text, block=0, start=0, end=len(text), location=Location(line=3), section="S", why=""
    )


def score(name: str, level: int | None, *quotes: str) -> CriterionScore:
    state = "not_expected" if level is None else "scored"
    return CriterionScore(
        id=name, dimension="d", state=state, level=level, reason="", evidence=tuple(map(quote, quotes))
    )


def assessment(total: float | None = 50.0, *criteria: CriterionScore, **changes: object) -> Assessment:
    given = {
        "source": "a.md",
        "status": "graded",
        "kind": KindGuess(name="prd", confidence=1.0),
        "profile": "prd",
        "total": total,
        "total_range": None if total is None else (max(total - 10, 0), min(total + 10, 100)),
        "criteria": criteria,
    }
    return Assessment.model_validate({**given, **changes})


def document(text: str) -> Document:
    return Document(source="a.md", format="markdown", sha256="", blocks=(Block(type="paragraph", text=text),))


def grading(*assessments: Assessment, run: RunInfo | None = RUN, text: str | None = None) -> Grading:
    documents = {} if text is None else {("a.md", None): document(text)}
    return Grading("g", assessments, run, documents)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (50.0, 59.0, "within_range"),
        (50.0, 60.0, "within_range"),
        (50.0, 60.1, "higher"),
        (50.0, 39.9, "lower"),
        (50.0, 50.0, "within_range"),
        (50.0, None, "no_score"),
    ],
)
def test_a_change_inside_the_range_is_not_called_better(old: float, new: float | None, verdict: str) -> None:
    (change,) = compare(grading(assessment(old)), grading(assessment(new))).documents
    assert change.verdict == verdict
    assert change.change == (None if new is None else round(new - old, 1))


def test_one_range_that_covers_the_other_total_is_enough() -> None:
    sure = assessment(50.0, total_range=(49.0, 51.0))
    unsure = assessment(60.0, total_range=(45.0, 75.0))
    assert compare(grading(sure), grading(unsure)).documents[0].verdict == "within_range"


def test_without_any_range_nothing_is_called_better() -> None:
    old, new = assessment(10.0, total_range=None), assessment(90.0, total_range=None)
    assert compare(grading(old), grading(new)).documents[0].verdict == "no_range"


def test_directions_follow_the_levels() -> None:
    old = assessment(
        50.0,
        score("A", 1),
        score("B", 3),
        score("C", 2),
        score("D", None),
        score("E", 0),
        score("F", None),
        score("G", 2),
    )
    new = assessment(
        50.0, score("A", 2), score("B", 2), score("C", 2), score("D", 0), score("E", None), score("F", None)
    )
    (change,) = compare(grading(old), grading(new)).documents
    assert [(c.id, c.direction) for c in change.criteria] == [
        ("A", "rose"),
        ("B", "fell"),
        ("C", "same"),
        ("D", "gained"),
        ("E", "lost"),
        ("F", "unscored"),
        ("G", "lost"),
    ]
    assert change.criteria[-1].new is None


def test_quotes_are_the_same_whatever_their_case_and_spaces() -> None:
    old = assessment(50.0, score("A", 2, "We chose  rules", "It was cheap"))
    new = assessment(50.0, score("A", 2, "we chose\nrules", "It fails at night"))
    (criterion,) = compare(grading(old), grading(new)).documents[0].criteria
    assert [q.evidence.quote for q in criterion.appeared] == ["It fails at night"]
    assert [q.evidence.quote for q in criterion.went] == ["It was cheap"]
    assert criterion.went[0].in_other is None  # the text is not at hand


def test_a_quote_that_went_can_still_stand_in_the_text() -> None:
    old = grading(assessment(50.0, score("A", 2, "It was cheap", "Gone now")), text="It was cheap. Gone now.")
    new = grading(assessment(50.0, score("A", 2, "Strong words")), text="Strong words. It was  CHEAP.")
    (criterion,) = compare(old, new).documents[0].criteria
    assert [(q.evidence.quote, q.in_other) for q in criterion.went] == [
        ("It was cheap", True),
        ("Gone now", False),
    ]
    assert criterion.appeared[0].in_other is False


@pytest.mark.parametrize(
    ("update", "said"),
    [
        (
            {"rubric_hash": "ef" * 32, "rubric_version": "2"},
            "The rubrics differ: r 1 (abababab) before, r 2 (efefefef) now.",
        ),
        ({"models": {"m": "00" * 32}}, "The models differ"),
        ({"program": "2.0"}, "The versions of grader differ: 1.0 before, 2.0 now."),
        (
            {"settings": {"kind": "prd", "time_limit": 20.0}},
            "The setting kind differs: not given before, prd now.",
        ),
    ],
)
def test_gradings_made_differently_are_named_and_not_judged(update: dict[str, object], said: str) -> None:
    other = RUN.model_copy(update=update)
    found = compare(grading(assessment(10.0)), grading(assessment(90.0), run=other))
    assert len(found.caveats) == 1 and found.caveats[0].startswith(said)
    assert found.documents[0].verdict == "not_comparable"


def test_limits_of_reading_do_not_make_two_gradings_different() -> None:
    other = RUN.model_copy(update={"settings": {"kind": None, "time_limit": 60.0}})
    assert compare(grading(assessment(10.0)), grading(assessment(90.0), run=other)).caveats == ()


def test_results_of_unknown_making_are_not_judged() -> None:
    found = compare(grading(assessment(10.0), run=None), grading(assessment(90.0)))
    assert "How the old grading was made is not known" in found.caveats[0]
    assert found.documents[0].verdict == "not_comparable"


def test_another_kind_of_document_is_not_judged() -> None:
    other = assessment(90.0, kind=KindGuess(name="memo", confidence=0.4), profile="memo")
    (change,) = compare(grading(assessment(10.0)), grading(other)).documents
    assert change.verdict == "not_comparable" and "Taken for prd" in change.caveats[0]


def test_two_drafts_are_matched_whatever_their_names() -> None:
    found = compare(grading(assessment(source="v1.md")), grading(assessment(source="v2.md")))
    assert [(d.old.name, d.new.name) for d in found.documents] == [("v1.md", "v2.md")]


def test_documents_of_two_runs_are_matched_by_name_and_the_rest_is_listed() -> None:
    old = grading(*(assessment(source=name) for name in ("c.md", "a.md", "b.md")))
    new = grading(
        assessment(source="z.zip", member="a.md"), assessment(source="a.md"), assessment(source="c.md")
    )
    found = compare(old, new)
    assert [d.new.name for d in found.documents] == ["a.md", "c.md"]
    assert found.only_old == ("b.md",) and found.only_new == ("z.zip › a.md",)


def test_a_document_that_was_skipped_has_no_change() -> None:
    skipped = Assessment.skipped("a.md", None, "encrypted", "The file is encrypted.")
    (change,) = compare(grading(assessment(50.0, score("A", 1))), grading(skipped)).documents
    assert change.verdict == "no_score" and change.new.reason == Reason(
        code="encrypted", text="The file is encrypted."
    )
    assert [c.direction for c in change.criteria] == ["lost"]
