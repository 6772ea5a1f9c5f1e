from itertools import cycle

import pytest

from grader.renderers.changes import TARGETS, gains_per_level, top_changes
from grader.rubric import load_rubric
from grader.rubric.profile import total
from grader.schema import Assessment, CriterionScore, KindGuess, Rubric


@pytest.fixture(scope="module")
def shipped() -> Rubric:
    return load_rubric()


def scored(rubric: Rubric, profile: str, levels: dict[str, int], **changes: object) -> Assessment:
    """An assessment with those levels of everything that the profile expects."""
    weights = rubric.profile(profile).criteria
    scores = tuple(
        CriterionScore(
            id=c.id, dimension=d.id, state="scored", level=levels[c.id], value=levels[c.id], reason=""
        )
        for d in rubric.dimensions
        for c in d.criteria
        if weights.get(c.id, 1) > 0
    )
    points = total(rubric, rubric.profile(profile), {s.id: s.level for s in scores})
    return Assessment(
        source="a.md", status="graded", total=points, profile=profile, criteria=scores
    ).model_copy(update=changes)


def test_a_gain_is_the_rise_of_the_total_by_the_weights_of_what_was_scored(
    graded: Assessment, rubric: Rubric
) -> None:
    gains = gains_per_level(graded, rubric.profile("plan"))
    # choices weighs 3 of 4, CH2 weighs 2 of 3 in it; HA1 is all that was scored of harm.
    assert gains == pytest.approx({"CH1": 25 / 3 * 3 / 4, "CH2": 50 / 3 * 3 / 4, "HA1": 25 / 4})


def test_gains_add_up_to_the_points_of_one_whole_level(graded: Assessment, rubric: Rubric) -> None:
    assert sum(gains_per_level(graded, rubric.profile("full")).values()) == pytest.approx(25)


def test_the_points_of_a_change_are_what_the_total_would_rise_by(shipped: Rubric) -> None:
    for start, profile in enumerate(shipped.profiles):
        pattern = cycle((0, 1, 2, 3, 4, 0, 2)[start % 7 :] or (0,))
        levels = {criterion.id: next(pattern) for criterion in shipped.criteria}
        assessment = scored(shipped, profile.id, levels)
        for change in top_changes(assessment, shipped, profile, n=24):
            after = {s.id: s.level for s in assessment.criteria} | {change.score.id: change.target}
            rise = (total(shipped, profile, after) or 0) - (assessment.total or 0)
            assert change.gain == pytest.approx(rise, abs=0.1001)  # totals have one decimal


def test_what_builds_on_something_absent_waits_for_it(shipped: Rubric) -> None:
    first = next(c for c in shipped.criteria if any(each.builds_on == c.id for each in shipped.criteria))
    waiting = {c.id for c in shipped.criteria if c.builds_on == first.id}
    levels = dict.fromkeys([c.id for c in shipped.criteria], 4) | dict.fromkeys([first.id, *waiting], 0)
    profile = shipped.profile("full")
    (change,) = top_changes(scored(shipped, "full", levels), shipped, profile, n=1)
    assert change.score.id == first.id
    levels[first.id] = 2
    (change,) = top_changes(scored(shipped, "full", levels), shipped, profile, n=1)
    assert change.score.id in waiting


def test_no_change_ends_at_a_generic_sentence_or_skips_more_than_one_level() -> None:
    assert all(2 <= target <= level + 2 for level, target in TARGETS.items())


def test_a_passage_made_specific_gets_its_reason_in_the_same_go(graded: Assessment, rubric: Rubric) -> None:
    by_id = {c.score.id: c for c in top_changes(graded, rubric, rubric.profile("plan"))}
    assert by_id["CH1"].steps == ("Write more on other options.", "Compare other options.")
    assert by_id["HA1"].steps == ("Write more on ways it fails.",)
    assert (by_id["CH1"].target, by_id["CH2"].target, by_id["HA1"].target) == (3, 4, 2)


def test_the_largest_gain_comes_first(graded: Assessment, rubric: Rubric) -> None:
    changes = top_changes(graded, rubric, rubric.profile("full"))
    # harm counts half; HA1 is all that was scored of it, so one level of it is worth two of choices
    assert [change.score.id for change in changes] == ["HA1", "CH1", "CH2"]
    assert [change.gain for change in changes] == pytest.approx([25, 12.5, 6.25])


def test_an_unsure_level_gives_way_to_a_sure_one_of_equal_worth(shipped: Rubric) -> None:
    assessment = scored(shipped, "full", dict.fromkeys([c.id for c in shipped.criteria], 0))
    unsure = tuple(
        s.model_copy(update={"confidence": 0.9 if s.id in ("TO2", "FM1", "DP1") else 0.4, "value": 0.2})
        for s in assessment.criteria
    )
    changes = top_changes(
        assessment.model_copy(update={"criteria": unsure}), shipped, shipped.profile("full")
    )
    assert {change.score.id for change in changes} == {"TO2", "FM1", "DP1"}


def test_no_two_changes_say_the_same_words(graded: Assessment, rubric: Rubric) -> None:
    same = tuple(
        level.model_copy(update={"next_step": "Write more.", "next_step_for": {}})
        for level in rubric.criteria[0].levels
    )
    dimensions = tuple(
        d.model_copy(update={"criteria": tuple(c.model_copy(update={"levels": same}) for c in d.criteria)})
        for d in rubric.dimensions
    )
    changes = top_changes(
        graded, rubric.model_copy(update={"dimensions": dimensions}), rubric.profile("plan")
    )
    assert [change.steps for change in changes] == [("Write more.",), ("Write more.", "Write more.")]


def test_the_words_are_those_of_the_kind_of_document(graded: Assessment, rubric: Rubric) -> None:
    story = graded.model_copy(update={"kind": KindGuess(name="story", confidence=1)})
    by_id = {c.score.id: c for c in top_changes(story, rubric, rubric.profile("plan"))}
    assert by_id["HA1"].next_step == "Tell of ways it fails."
    assert by_id["CH1"].next_step == "Write more on other options. Then: Compare other options."


def test_a_change_quotes_what_it_builds_on(graded: Assessment, rubric: Rubric) -> None:
    by_id = {c.score.id: c for c in top_changes(graded, rubric, rubric.profile("plan"))}
    assert by_id["CH1"].quote == "We chose rules over a model because"
    assert (by_id["CH1"].where, by_id["CH1"].anchor) == ("build on “Fit finder”, line 6", "CH1-1")
    assert (by_id["HA1"].where, by_id["HA1"].quote) == ("a new passage on ways it fails", "")


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
