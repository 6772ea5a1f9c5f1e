"""From levels to scores: the codebook's arithmetic, recomputed by hand."""

from itertools import permutations
from pathlib import Path

import pytest

from grader.rubric import load_rubric
from grader.rubric.profile import dimension_scores, dimension_weight, expected, shares, total
from grader.schema import Profile, Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Dimension timing with T1 and T2, dimension people with P1."""
    return load_rubric(Path(__file__).parent / "small/rubric.yaml")


def profile(dimensions: dict[str, float], criteria: dict[str, float] | None = None) -> Profile:
    return Profile(id="any", description="", dimensions=dimensions, criteria=criteria or {})


EQUAL = profile({"timing": 1, "people": 1})


def test_weights_that_are_not_written() -> None:
    assert expected(profile({}, {"T2": 0}), "T1") == 1
    assert expected(profile({}, {"T2": 0}), "T2") == 0
    assert dimension_weight(profile({"timing": 2}), "people") == 0


@pytest.mark.parametrize(
    ("levels", "dimensions", "whole"),
    [
        ({"T1": 4, "T2": 4, "P1": 4}, {"timing": 100.0, "people": 100.0}, 100.0),
        ({"T1": 0, "T2": 0, "P1": 0}, {"timing": 0.0, "people": 0.0}, 0.0),
        ({"T1": 2, "T2": 3, "P1": 1}, {"timing": 62.5, "people": 25.0}, 43.8),
        ({"T1": 2, "T2": None, "P1": 1}, {"timing": 50.0, "people": 25.0}, 37.5),
        ({"T1": 2, "P1": None}, {"timing": 50.0, "people": None}, 50.0),
        ({}, {"timing": None, "people": None}, None),
    ],
)
def test_equal_weights(
    rubric: Rubric, levels: dict[str, int | None], dimensions: dict[str, float | None], whole: float | None
) -> None:
    assert dimension_scores(rubric, EQUAL, levels) == dimensions
    assert total(rubric, EQUAL, levels) == whole


def test_unequal_weights(rubric: Rubric) -> None:
    weighted = profile({"timing": 3, "people": 1}, {"T1": 2, "T2": 0.5})
    levels = {"T1": 3, "T2": 1, "P1": 4}
    # timing: (2 × 75 + 0.5 × 25) / 2.5 = 65; total: (3 × 65 + 100) / 4 = 73.75
    assert dimension_scores(rubric, weighted, levels) == {"timing": 65.0, "people": 100.0}
    assert total(rubric, weighted, levels) == 73.8


def test_shares_say_what_a_level_is_worth(rubric: Rubric) -> None:
    weighted = profile({"timing": 3, "people": 1}, {"T1": 2, "T2": 0.5})
    assert shares(rubric, weighted, ["T1", "T2", "P1"]) == pytest.approx({"T1": 0.6, "T2": 0.15, "P1": 0.25})
    assert shares(rubric, weighted, ["T2", "P1"]) == {"T2": 0.75, "P1": 0.25}
    assert shares(rubric, weighted, ["P1"]) == {"P1": 1.0}
    assert shares(rubric, weighted, []) == {}
    assert shares(rubric, profile({"timing": 1}, {"T1": 0}), ["T1", "P1"]) == {}
    levels = {"T1": 3, "T2": 1, "P1": 4}
    points = sum(25 * level * shares(rubric, weighted, levels)[c] for c, level in levels.items())
    assert total(rubric, weighted, levels) == pytest.approx(points, abs=0.051)


def test_what_is_not_expected_changes_nothing(rubric: Rubric) -> None:
    narrow = profile({"timing": 1, "people": 1}, {"T2": 0})
    for level in (None, 0, 4):
        assert dimension_scores(rubric, narrow, {"T1": 3, "T2": level, "P1": 1})["timing"] == 75.0


def test_a_dimension_outside_the_profile_is_scored_but_does_not_count(rubric: Rubric) -> None:
    timing_only = profile({"timing": 1})
    levels = {"T1": 1, "T2": 1, "P1": 4}
    assert dimension_scores(rubric, timing_only, levels) == {"timing": 25.0, "people": 100.0}
    assert total(rubric, timing_only, levels) == 25.0
    assert total(rubric, timing_only, {"P1": 4}) is None


def test_the_total_is_rounded_once_and_halves_go_up(rubric: Rubric) -> None:
    thirds = profile({"timing": 1, "people": 2}, {"T1": 1, "T2": 2})
    # timing: 100 / 3 = 33.33…; people: 25; total: (33.33… + 50) / 3 = 27.77…
    assert dimension_scores(rubric, thirds, {"T1": 4, "T2": 0, "P1": 1}) == {"timing": 33.3, "people": 25.0}
    assert total(rubric, thirds, {"T1": 4, "T2": 0, "P1": 1}) == 27.8
    quarter = profile({"timing": 1, "people": 1}, {"T1": 3, "T2": 1})
    assert dimension_scores(rubric, quarter, {"T1": 1, "T2": 0})["timing"] == 18.8  # 18.75


def test_tenths_are_tenths_and_order_does_not_matter(rubric: Rubric) -> None:
    dimensions = rubric.dimensions
    for order in permutations(dimensions):
        shuffled = rubric.model_copy(update={"dimensions": order})
        weighted = profile({"timing": 0.1, "people": 0.2}, {"T1": 0.1, "T2": 0.3})
        # timing: (0.1 × 100 + 0.3 × 75) / 0.4 = 81.25; total: (8.125 + 0.2 × 50) / 0.3 = 60.416…
        assert dimension_scores(shuffled, weighted, {"T1": 4, "T2": 3, "P1": 2})["timing"] == 81.3
        assert total(shuffled, weighted, {"T1": 4, "T2": 3, "P1": 2}) == 60.4
