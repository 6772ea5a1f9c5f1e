"""The numbers that ship: for the criteria that ship, and for the wording they were learned on."""

import hashlib
from importlib.resources import files

import pytest

from grader.errors import ModelError
from grader.rubric import load_rubric
from grader.schema import Criterion
from grader.scoring.trained import WEIGHTS, TrainedJudge
from grader.scoring.weights import fingerprint, load_weights

CRITERIA = load_rubric().criteria


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.id)
def test_every_shipped_criterion_was_trained_in_its_present_words(criterion: Criterion) -> None:
    weights = load_weights()
    assert criterion.id in weights.trained
    assert weights.fingerprints[criterion.id] == fingerprint(criterion), (
        f"{criterion.id} asks for something else than the weights were trained on: train again"
    )


def test_the_shipped_encoder_is_the_one_the_numbers_belong_to() -> None:
    data = files("grader.scoring").joinpath(WEIGHTS).read_bytes()
    assert hashlib.sha256(data).hexdigest() == load_weights().encoder_sha256


def test_errors_and_cuts_are_sound() -> None:
    weights = load_weights()
    assert all(len(row) == len(weights.trained) for row in weights.residuals)
    assert all(-4 <= error <= 4 for row in weights.residuals for error in row)
    for combiner in (weights.by_training, weights.by_example):
        for cuts in (combiner.common_cuts, *combiner.cuts.values()):
            assert list(cuts) == sorted(set(cuts))
            assert 0 <= cuts[0] < cuts[-1] <= 4
        assert all(slope >= 0 for slope in combiner.slopes)
        assert list(combiner.calibration.raw) == sorted(combiner.calibration.raw)
    assert set(weights.by_training.cuts) == set(weights.by_training.shifts) == set(weights.trained)
    assert weights.agreement.strip()


def changed_level(criterion: Criterion, **update: str) -> Criterion:
    first, *rest = criterion.levels
    return criterion.model_copy(update={"levels": (first.model_copy(update=update), *rest)})


def test_a_fingerprint_stands_for_what_is_asked() -> None:
    criterion = CRITERIA[0]
    before = fingerprint(criterion)
    assert fingerprint(changed_level(criterion, feedback="Other words.")) == before
    assert fingerprint(changed_level(criterion, next_step="Write more.")) == before
    assert fingerprint(changed_level(criterion, missing="all of it")) == before
    assert fingerprint(criterion.model_copy(update={"examples": criterion.examples[1:]})) == before
    assert fingerprint(changed_level(criterion, description="Something else is on the page.")) != before
    for key in ("title", "description", "looks_for"):
        assert fingerprint(criterion.model_copy(update={key: "Something else."})) != before


def test_no_two_criteria_share_a_fingerprint() -> None:
    assert len({fingerprint(criterion) for criterion in CRITERIA}) == len(CRITERIA)


def test_other_weights_than_expected_are_refused_in_one_line() -> None:
    with pytest.raises(
        ModelError, match=r"^the fine-tuned encoder has sha256 \w{12}…, expected 000000000000…: .*$"
    ):
        TrainedJudge(load_weights().trained, ["TO1"], "0" * 64)
