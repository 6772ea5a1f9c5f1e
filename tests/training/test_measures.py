"""Measures of agreement, against figures worked out by hand and against scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from training.measures import (
    adjacent,
    bootstrap_interval,
    exact,
    quadratic_weighted_kappa,
    ratio_of_deviations,
    standardised_mean_difference,
)

READER = np.array([0, 1, 2, 3, 4, 2])
levels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


@given(levels)
@settings(deadline=None)
def test_kappa_is_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    reader, grader = np.array(pairs).T
    ours = quadratic_weighted_kappa(reader, grader)
    if len(set(reader) | set(grader)) == 1:
        assert math.isnan(ours)
    else:
        theirs = cohen_kappa_score(reader, grader, weights="quadratic", labels=range(5))
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_perfect_reversed_and_constant_levels() -> None:
    assert quadratic_weighted_kappa(READER, READER) == 1
    assert quadratic_weighted_kappa(READER, 4 - READER) == pytest.approx(-1)
    assert quadratic_weighted_kappa(READER, np.full(6, 2)) == pytest.approx(0)
    assert math.isnan(quadratic_weighted_kappa(np.ones(3, dtype=int), np.ones(3, dtype=int)))


def test_exact_and_adjacent_shares() -> None:
    grader = np.array([0, 2, 4, 3, 4, 0])
    assert exact(READER, grader) == pytest.approx(3 / 6)
    assert adjacent(READER, grader) == pytest.approx(4 / 6)


def test_a_grader_one_level_too_high_is_seen_in_the_difference_and_not_in_the_spread() -> None:
    assert standardised_mean_difference(READER, READER + 1) == pytest.approx(1 / READER.std(ddof=1))
    assert ratio_of_deviations(READER, READER + 1) == pytest.approx(1)
    assert ratio_of_deviations(READER, np.full(6, 2)) == 0
    assert math.isnan(standardised_mean_difference(np.ones(3, dtype=int), np.arange(3)))
    assert math.isnan(ratio_of_deviations(np.ones(3, dtype=int), np.arange(3)))


def test_the_bootstrap_interval_holds_the_kappa_and_repeats() -> None:
    reader = np.tile(READER, 10)
    grader = np.clip(reader + np.tile([0, 0, 1, 0, -1], 12), 0, 4)
    low, high = bootstrap_interval(reader, grader, n=200)
    assert low < quadratic_weighted_kappa(reader, grader) < high < 1
    assert (low, high) == bootstrap_interval(reader, grader, n=200)
    assert (low, high) != bootstrap_interval(reader, grader, n=200, seed=1)
