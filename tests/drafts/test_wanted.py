"""What is looked at, and the level wanted of it."""

import pytest

from grader.drafts import Wanted, wanted_levels
from grader.errors import UsageError
from grader.rubric import load_rubric
from grader.schema import Rubric


@pytest.fixture(scope="module")
def shipped() -> Rubric:
    return load_rubric()


def test_specific_is_wanted_of_every_criterion(shipped: Rubric) -> None:
    assert wanted_levels(shipped, Wanted()) == {criterion.id: 2 for criterion in shipped.criteria}


def test_a_criterion_has_the_word_over_its_dimension_in_any_order(shipped: Rubric) -> None:
    for names in ({"FM3": 1, "failure_modes": 4}, {"failure_modes": 4, "FM3": 1}):
        wanted = wanted_levels(shipped, Wanted(level=0, levels=names))
        assert (wanted["FM3"], wanted["FM1"], wanted["TO1"]) == (1, 4, 0)


def test_select_and_ignore_take_criteria_and_dimensions_in_any_case(shipped: Rubric) -> None:
    wanted = wanted_levels(shipped, Wanted(select=("Trade_Offs", "fm3"), ignore=("to2",)))
    assert list(wanted) == ["TO1", "TO3", "TO4", "FM3"]


@pytest.mark.parametrize("setting", [{"select": ("TO9",)}, {"ignore": ("TO9",)}, {"levels": {"TO9": 2}}])
def test_an_unknown_name_is_refused_with_the_known_ones(shipped: Rubric, setting: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"TO9: no criterion or dimension .* Known: TO1, .*trade_offs"):
        wanted_levels(shipped, Wanted.model_validate(setting))
