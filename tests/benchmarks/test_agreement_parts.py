"""The pure parts of the agreement benchmark against values worked out by hand."""

import math

import numpy as np
import pytest

from benchmarks.validity.agreement_figures import nearest_level, pearson
from benchmarks.validity.cache import Cache
from benchmarks.validity.confidence import expected_calibration_error, kappa_of_kept, reliability
from benchmarks.validity.evidence import is_hit
from benchmarks.validity.matching import matched_cuts, matched_levels
from benchmarks.validity.page import page
from benchmarks.validity.tables import Table, as_markdown, as_text, number, share
from benchmarks.validity.targets import Target
from training.measures import (
    adjacent,
    bootstrap_interval,
    exact,
    quadratic_weighted_kappa,
    ratio_of_deviations,
    standardised_mean_difference,
)

READER = np.array([0, 1, 2, 3])
GRADER = np.array([0, 1, 3, 1])


def test_kappa_by_hand() -> None:
    # observed (0+0+1+4)/4; by chance: all 16 pairs (0+1+9+1 + 1+0+4+0 + 4+1+1+1 + 9+4+0+4)/16
    assert quadratic_weighted_kappa(READER, GRADER) == pytest.approx(1 - (5 / 4) / (40 / 16))


def test_kappa_ends() -> None:
    assert quadratic_weighted_kappa(READER, READER) == 1
    assert quadratic_weighted_kappa(READER, READER[::-1]) == pytest.approx(-1)
    assert quadratic_weighted_kappa(READER, np.ones(4, dtype=int)) == 0
    assert math.isnan(quadratic_weighted_kappa(np.ones(4, dtype=int), np.ones(4, dtype=int)))


def test_other_measures_by_hand() -> None:
    assert exact(READER, GRADER) == 0.5
    assert adjacent(READER, GRADER) == 0.75
    assert standardised_mean_difference(READER, GRADER) == pytest.approx(-0.25 / math.sqrt(5 / 3))
    assert ratio_of_deviations(READER, GRADER) == pytest.approx(math.sqrt((4.75 / 3) / (5 / 3)))
    assert math.isnan(standardised_mean_difference(np.zeros(4), GRADER))


def test_bootstrap_holds_the_kappa_and_narrows_with_agreement() -> None:
    reader = np.tile(np.arange(5), 20)
    grader = np.clip(reader + np.tile([0, 1, 0, -1], 25), 0, 4)
    low, high = bootstrap_interval(reader, grader)
    assert low < quadratic_weighted_kappa(reader, grader) < high
    assert bootstrap_interval(reader, reader) == (1, 1)


def test_bootstrap_of_several_criteria_is_that_of_their_mean() -> None:
    reader = np.column_stack([np.tile(np.arange(5), 20)] * 2)
    assert bootstrap_interval(reader, reader) == (1, 1)
    grader = reader.copy()
    grader[:, 1] = 4 - grader[:, 1]
    low, high = bootstrap_interval(reader, grader)  # the mean of 1 and of a kappa just above −1
    assert 0 <= low < high < 0.1


def test_matched_levels_are_given_as_often_as_the_readers_gave_them() -> None:
    levels = np.array([0] * 5 + [1] * 3 + [3] * 2)
    predicted = np.arange(10) * 7.5
    given = (predicted[:, None] > matched_cuts(predicted, levels)).sum(axis=1)
    assert np.bincount(given, minlength=5).tolist() == [5, 3, 0, 2, 0]


def test_a_level_never_given_in_training_is_never_given() -> None:
    cuts = matched_cuts(np.arange(4.0), np.array([0, 0, 1, 1]))
    assert cuts[1:].tolist() == [np.inf] * 3
    assert cuts[0] < 1000


def test_cut_points_come_from_the_training_side_only() -> None:
    predicted = np.array([[0.0], [1.0], [2.0], [100.0]])
    levels = np.array([[0], [0], [4], [0]])
    given = matched_levels(predicted, levels, [(np.array([0, 1, 2]), np.array([3]))])
    assert given[3, 0] == 4
    given = matched_levels(predicted, np.zeros_like(levels), [(np.array([0, 1, 2]), np.array([3]))])
    assert given[3, 0] == 0


@pytest.mark.parametrize(
    ("shown", "readers", "hit"),
    [
        (["We gave up speed for accuracy."], ["gave up speed"], True),
        (["one two three four"], ["three four five six"], True),
        (["one two three four"], ["four five six seven"], False),
        (["first of all", "the threshold is 5%"], ["nothing here", "Threshold is 5% ... from May"], True),
        (["the the the"], ["the cat sat"], False),
        (["..."], ["..."], False),
        ([], ["anything"], False),
    ],
)
def test_hit(shown: list[str], readers: list[str], hit: bool) -> None:
    assert is_hit(shown, readers) is hit


def test_reliability_and_calibration_error() -> None:
    confidence = np.array([0.15, 0.15, 0.95, 1.0])
    agreed = np.array([False, True, True, True])
    assert reliability(confidence, agreed) == [
        (2, pytest.approx(0.15), 0.5),
        (2, pytest.approx(0.975), 1.0),
    ]
    assert expected_calibration_error(confidence, agreed) == pytest.approx((2 * 0.35 + 2 * 0.025) / 4)


def test_kept_levels_are_the_most_confident_of_each_criterion() -> None:
    reference = np.array([[0, 0], [4, 4], [0, 0], [4, 4]])
    levels = np.array([[0, 4], [4, 0], [4, 0], [0, 4]])
    confidence = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]])
    assert kappa_of_kept(reference, levels, confidence, 0.5).tolist() == [1, 1]
    assert kappa_of_kept(reference, levels, confidence, 1.0).tolist() == [0, 0]


def test_points_to_levels() -> None:
    assert nearest_level(np.array([0, 12.4, 12.5, 50, 87.5, 100])).tolist() == [0, 0, 1, 2, 4, 4]
    assert math.isnan(pearson(np.ones(3), np.arange(3.0)))


def test_a_target_may_be_an_upper_bound() -> None:
    assert Target(name="", wanted=0.75, found=0.75).reached
    assert not Target(name="", wanted=0.75, found=0.7499).reached
    assert Target(name="", wanted=0.15, found=0.15, at_most=True).reached
    assert not Target(name="", wanted=0.15, found=0.2, at_most=True).reached
    assert not Target(name="", wanted=0.75, found=float("nan")).reached


def test_tables_as_text_and_markdown() -> None:
    table = Table(
        title="T", note="N", header=("name", "x"), rows=(("a|b", number(float("nan"))), ("c", share(1)))
    )
    assert list(as_text(table)) == ["", "T", "=", "N", "name      x", "a|b       –", "c     100 %"]
    assert list(as_markdown(table)) == [
        "## T", "", "N", "", "| name | x |", "| --- | ---: |", "| a\\|b | – |", "| c | 100 % |", "",
    ]  # fmt: skip


def test_the_page_says_that_the_levels_are_not_human_grades() -> None:
    text = page([Table(title="T", header=("a",), rows=(("b",),))], "2026-01-02", "S.", {"labels": "f" * 64})
    assert "not human grades" in text
    assert "Measured on 2026-01-02. S." in text
    assert "## T" in text
    assert "sealed" in text


def test_the_cache_computes_once_for_the_same_origin(tmp_path) -> None:
    cache, calls = Cache(tmp_path), []

    def compute() -> np.ndarray:
        calls.append(1)
        return np.arange(3)

    for origin in (["a", "b"], ["a", "b"], ["ab"]):
        assert cache.array("x", origin, compute).tolist() == [0, 1, 2]
    assert len(calls) == 2
    Cache(None).array("x", ["a", "b"], compute)
    assert len(calls) == 3
