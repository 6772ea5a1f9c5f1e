import pytest

from grader.renderers.changes import gains_per_level, top_changes
from grader.schema import Assessment, Rubric


def test_a_gain_is_the_rise_of_the_total_by_the_weights_of_what_was_scored(
    graded: Assessment, rubric: Rubric
) -> None:
    gains = gains_per_level(graded, rubric.profile("plan"))
    # choices weighs 3 of 4, CH2 weighs 2 of 3 in it; HA1 is all that was scored of harm.
    assert gains == pytest.approx({"CH1": 25 / 3 * 3 / 4, "CH2": 50 / 3 * 3 / 4, "HA1": 25 / 4})


def test_gains_add_up_to_the_points_of_one_whole_level(graded: Assessment, rubric: Rubric) -> None:
    assert sum(gains_per_level(graded, rubric.profile("full")).values()) == pytest.approx(25)


def test_the_largest_gain_comes_first_and_the_lowest_level_among_equals(
    graded: Assessment, rubric: Rubric
) -> None:
    changes = top_changes(graded, rubric, rubric.profile("plan"))
    assert [change.score.id for change in changes] == ["CH2", "HA1", "CH1"]
    assert changes[0].where == "build on “Fit finder”, line 6"
    assert changes[0].anchor == "CH2-1"
    assert changes[1].where == "a new passage on ways it fails"


def test_without_a_passage_of_its_own_it_goes_beside_the_best_of_its_dimension(
    graded: Assessment, rubric: Rubric
) -> None:
    bare = graded.criteria[0].model_copy(update={"evidence": ()})
    changed = graded.model_copy(update={"criteria": (bare, *graded.criteria[1:])})
    by_id = {c.score.id: c for c in top_changes(changed, rubric, rubric.profile("plan"))}
    assert by_id["CH1"].where == "beside “Fit finder”, line 6, where CH2 stands"
    assert by_id["CH1"].anchor == "CH2-1"


def test_the_top_of_the_ladder_and_weight_zero_cannot_rise(graded: Assessment, rubric: Rubric) -> None:
    best = graded.criteria[1].model_copy(update={"level": 4, "value": 4.0})
    changed = graded.model_copy(update={"criteria": (graded.criteria[0], best, *graded.criteria[2:])})
    profile = rubric.profile("plan").model_copy(update={"dimensions": {"choices": 1, "harm": 0}})
    assert [c.score.id for c in top_changes(changed, rubric, profile)] == ["CH1"]


def test_there_are_no_changes_without_a_total_or_a_profile(
    graded: Assessment, not_scorable: Assessment, rubric: Rubric
) -> None:
    assert top_changes(not_scorable, rubric, rubric.profile("full")) == []
    assert top_changes(graded, rubric, None) == []
