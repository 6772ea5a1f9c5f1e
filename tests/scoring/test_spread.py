"""The interval around a total."""

import pytest

from grader.rubric import load_rubric
from grader.rubric.profile import total
from grader.scoring.spread import total_range
from grader.scoring.weights import load_weights

RUBRIC = load_rubric()
FULL = RUBRIC.profile("full")
IDS = [criterion.id for criterion in RUBRIC.criteria]
WEIGHTS = load_weights()
RESIDUALS = {c: tuple(row[i] for row in WEIGHTS.residuals) for i, c in enumerate(WEIGHTS.trained)}


@pytest.mark.parametrize("profile", RUBRIC.profiles, ids=lambda profile: profile.id)
@pytest.mark.parametrize("level", range(5))
def test_the_interval_contains_the_total_and_stays_on_the_scale(profile, level: int) -> None:  # type: ignore[no-untyped-def]
    levels = {c: None if profile.criteria.get(c) == 0 else level for c in IDS}
    points = total(RUBRIC, profile, levels)
    interval = total_range(RUBRIC, profile, levels, points, RESIDUALS)
    assert interval is not None
    assert points is not None
    low, high = interval
    assert 0 <= low <= points <= high <= 100
    assert high - low > 0


def test_errors_of_one_level_everywhere_move_the_total_by_25_points() -> None:
    always_one_too_high = {c: (1,) * 10 for c in IDS}
    levels = dict.fromkeys(IDS, 2)
    interval = total_range(RUBRIC, FULL, levels, 50.0, always_one_too_high)
    assert interval == pytest.approx((25.0, 25.0), abs=0.5)


def test_without_errors_the_interval_is_the_total() -> None:
    assert total_range(RUBRIC, FULL, dict.fromkeys(IDS, 2), 50.0, {c: (0, 0) for c in IDS}) == (50.0, 50.0)


def test_there_is_none_where_errors_were_not_measured() -> None:
    levels = dict.fromkeys(IDS, 2)
    assert total_range(RUBRIC, FULL, levels, 50.0, {}) is None
    assert (
        total_range(RUBRIC, FULL, levels, 50.0, {c: r for c, r in RESIDUALS.items() if c != IDS[0]}) is None
    )
    assert total_range(RUBRIC, FULL, levels, None, RESIDUALS) is None
    assert total_range(RUBRIC, FULL, dict.fromkeys(IDS), 50.0, RESIDUALS) is None
