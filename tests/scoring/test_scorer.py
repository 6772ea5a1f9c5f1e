"""The whole scorer on real documents, with its real models."""

import json
from functools import lru_cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from samples_at_hand import EXPECTED, by_quality, sample

from grader.errors import ModelError
from grader.readers import read_document
from grader.rubric import load_rubric
from grader.rubric.template import new_rubric
from grader.schema import Assessment, CriterionScore, Document
from grader.scoring.judges import NOT_MEASURED
from grader.scoring.scorer import JOINED, Scorer

RUBRIC = load_rubric()
PAIRS: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("strong_and_generic.yaml")
)
KINDS = sorted({entry["kind"] for entry in EXPECTED.values()} - {"other"})
FILLER = (
    "The laundry service picks up linen from hotels in a town by the sea. Vans are white and have two seats. Bags are "
    "made of blue canvas. Each hotel has a door at the back where the bags stand in a row. The linen is washed in a "
    "long hall beside the railway. Sheets come first, then towels, then table cloths. The hall has eleven machines and "
    "a tall window. In summer the doors stand open. The clean linen is folded and put on trolleys. The trolleys are "
    "pushed onto the vans in the morning. The drivers know the town well and like the view over the bay."
)


def markdown(*paragraphs: str) -> Document:
    return read_document("\n\n".join(("# Hotel laundry", *paragraphs)).encode(), "laundry.md")


def as_json(assessment: Assessment) -> str:
    return json.dumps(assessment.model_dump(mode="json"), sort_keys=True)


@pytest.fixture(scope="session")
def graded(shipped_scorer: Scorer):  # type: ignore[no-untyped-def]
    """Sample name → its assessment; each is graded once."""
    return lru_cache(maxsize=64)(lambda name: shipped_scorer.assess(sample(name)))


def scores(assessment: Assessment) -> dict[str, CriterionScore]:
    return {score.id: score for score in assessment.criteria}


def value(scorer: Scorer, criterion: str, passage: str) -> float:
    found = scores(scorer.assess(markdown(FILLER, passage)))[criterion].value
    assert found is not None
    return found


@pytest.mark.parametrize("name", list(PAIRS))
def test_a_strong_passage_beats_a_generic_one(full_scorer: Scorer, name: str) -> None:
    criterion = name.split()[0]
    assert value(full_scorer, criterion, PAIRS[name]["strong"]) > value(
        full_scorer, criterion, PAIRS[name]["generic"]
    )


def test_every_criterion_has_a_pair_that_is_told_apart() -> None:
    assert {name.split()[0] for name in PAIRS} == {c.id for c in RUBRIC.criteria}


def test_filler_earns_next_to_nothing(full_scorer: Scorer) -> None:
    assessment = full_scorer.assess(markdown(FILLER))
    assert assessment.total is not None
    assert assessment.total < 20
    assert max(score.level or 0 for score in assessment.criteria) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_strong_samples_stand_above_hollow_ones(graded, kind: str) -> None:  # type: ignore[no-untyped-def]
    total = {quality: graded(name).total for quality, name in by_quality(kind).items()}
    assert total["strong"] > total["hollow"] + 15
    assert total["middling"] > total["hollow"]


def test_strong_samples_stand_above_middling_ones(graded) -> None:  # type: ignore[no-untyped-def]
    # Middling samples are short and some are dense: one kind may come out the other way round, narrowly.
    gaps = {k: graded(by_quality(k)["strong"]).total - graded(by_quality(k)["middling"]).total for k in KINDS}
    assert sum(gap <= 0 for gap in gaps.values()) <= 1, gaps
    assert min(gaps.values()) > -8, gaps
    assert sum(gaps.values()) / len(gaps) > 10, gaps


def test_the_same_document_gives_the_same_bytes_whatever_came_between(shipped_scorer: Scorer, graded) -> None:  # type: ignore[no-untyped-def]
    name = "prd-library-holds.md"
    first = as_json(graded(name))
    shipped_scorer.assess(markdown(FILLER, *[pair["strong"] for pair in PAIRS.values()]))
    assert as_json(shipped_scorer.assess(sample(name))) == first


@pytest.mark.parametrize("name", [n for k in KINDS for n in by_quality(k).values()])
def test_quotes_are_exact_short_and_few(graded, name: str) -> None:  # type: ignore[no-untyped-def]
    document = sample(name)
    for score in graded(name).criteria:
        assert len(score.evidence) <= 3
        assert bool(score.evidence) == bool(score.level), score.id
        for quote in score.evidence:
            block = document.blocks[quote.block]
            parts = [document.blocks[s.block].text[s.start : s.end] for s in quote.spans]
            assert JOINED.join(parts) == quote.quote
            assert len({document.blocks[s.block].path for s in quote.spans}) == 1
            assert 0 < sum(len(part.split()) for part in parts) <= 60
            assert block.type != "heading"
            assert quote.section == (block.path[-1] if block.path else "")
            assert quote.location == block.place(quote.start)
            assert quote.why


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_expected_has_a_reason_and_no_level(graded, kind: str) -> None:  # type: ignore[no-untyped-def]
    assessment = graded(by_quality(kind)["strong"])
    profile = RUBRIC.profile(assessment.profile)
    left_out = {c for c, weight in profile.criteria.items() if weight == 0}
    assert {score.id for score in assessment.criteria if score.state == "not_expected"} == left_out
    for score in assessment.criteria:
        assert score.reason
        if score.state == "not_expected":
            assert (score.level, score.value, score.confidence, score.evidence) == (None, None, None, ())
        else:
            assert score.level is not None
            assert abs(score.value - score.level) <= 0.5001
            assert score.next_step


def test_some_profile_leaves_something_out_and_full_nothing(full_scorer: Scorer) -> None:
    assert any(0 in profile.criteria.values() for profile in RUBRIC.profiles)
    assessment = full_scorer.assess(sample("postmortem-news-digest.mdx"))
    assert {score.state for score in assessment.criteria} == {"scored"}
    assert assessment.profile == "full"
    assert assessment.kind is not None
    assert (assessment.kind.name, assessment.kind.confidence) == ("prd", 1.0)


@pytest.mark.parametrize(
    "name", ["prd-hospital-triage.docx", "prd-personal-finance.md", "teardown-parking-app.txt"]
)
def test_no_sentence_stands_twice_in_a_report(graded, name: str) -> None:  # type: ignore[no-untyped-def]
    # What is said of the document itself must not be a phrase that every criterion repeats.
    feedback = [
        RUBRIC_LEVELS[score.id, score.level] for score in graded(name).criteria if score.level is not None
    ]
    steps = [score.next_step for score in graded(name).criteria if score.next_step]
    assert len(set(feedback)) == len(feedback)
    assert len(set(steps)) == len(steps)


RUBRIC_LEVELS = {(c.id, level.level): level.feedback for c in RUBRIC.criteria for level in c.levels}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("prd-blank-template.md", "unfilled_template"),
        ("prd-fahrradwerkstatt.md", "language"),
        ("note-dog-walking.md", "too_short"),
        ("recipe-lentil-soup.md", "no_product_document"),
    ],
)
def test_what_cannot_be_scored_has_a_reason_and_no_total(graded, name: str, code: str) -> None:  # type: ignore[no-untyped-def]
    assessment = graded(name)
    assert assessment.status == "not_scorable"
    assert assessment.reason is not None
    assert assessment.reason.code == code
    assert (assessment.total, assessment.total_range, assessment.criteria) == (None, None, ())


def test_samples_of_every_known_kind_are_scored(graded) -> None:  # type: ignore[no-untyped-def]
    assert all(graded(name).status == "graded" for name in EXPECTED)


def test_a_document_without_blocks_is_too_short(shipped_scorer: Scorer) -> None:
    empty = Document(source="a.md", format="markdown", sha256="0" * 64, blocks=())
    reason = shipped_scorer.assess(empty).reason
    assert reason is not None
    assert reason.code == "too_short"


def test_the_total_lies_in_its_range(graded) -> None:  # type: ignore[no-untyped-def]
    for kind in KINDS:
        for name in by_quality(kind).values():
            low, high = graded(name).total_range
            assert 0 <= low <= graded(name).total <= high <= 100


def test_unknown_kinds_and_profiles_are_refused() -> None:
    with pytest.raises(KeyError, match="novel"):
        Scorer(RUBRIC, kind="novel")
    with pytest.raises(KeyError, match="strict"):
        Scorer(RUBRIC, profile="strict")


def test_a_folder_without_a_model_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Scorer(RUBRIC, model=str(tmp_path))
    assert "no model.safetensors here" in str(caught.value)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError) as caught:
        Scorer(RUBRIC, model=str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_model_nobody_has_is_refused_in_one_line() -> None:
    with pytest.raises(ModelError, match="neither a folder nor a model in the local model cache") as caught:
        Scorer(RUBRIC, model="no-such-model-anywhere")
    assert "\n" not in str(caught.value)


def test_a_rubric_the_models_have_never_seen_is_graded_at_once(tmp_path: Path) -> None:
    file = tmp_path / "access.yaml"
    file.write_text(new_rubric("access"), encoding="utf-8")
    rubric = load_rubric(file)
    scorer = Scorer(rubric, kind=rubric.kinds[0].id)
    assert scorer.agreement == NOT_MEASURED
    strong = (
        "Guests who are blind cannot hear which linen bag is theirs, because the tags are only printed; 9 of 30 in our "
        "test picked the wrong one with a screen reader. Mara's team adds a spoken tag by 4 June and tests it again "
        "with six blind volunteers; if more than one fails, the release is stopped."
    )
    generic = "The service is accessible to everyone."
    high = scorer.assess(markdown(FILLER, strong))
    low = scorer.assess(markdown(FILLER, generic))
    assert high.status == low.status == "graded"
    assert high.total_range is None
    for criterion in rubric.criteria:
        assert (scores(high)[criterion.id].value or 0) > (scores(low)[criterion.id].value or 0)
