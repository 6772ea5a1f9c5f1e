"""From passages to a level: what may never happen, whatever the learned numbers are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from grader.rubric import load_rubric
from grader.scoring.combine import DECAY, Calibration, Combiner, narrowness, pool
from grader.scoring.weights import load_weights

Floats = NDArray[np.float64]
SIMPLE = Combiner(slopes=(1, 1, 1, 1), intercepts=(0, 0, 0, 0), common_cuts=(0.5, 1.5, 2.5, 3.5))
IDS = [criterion.id for criterion in load_rubric().criteria]
COMBINERS = [SIMPLE, load_weights().by_training, load_weights().by_example]

probabilities = st.integers(0, 14).flatmap(
    lambda n: arrays(np.float64, (n, 4), elements=st.floats(0, 1)).map(lambda a: -np.sort(-a, axis=1))
)
combiners = st.sampled_from(COMBINERS)
ids = st.sampled_from(["unknown", *IDS])


@given(probabilities, combiners, ids, st.data())
@settings(max_examples=200, deadline=None)
def test_a_better_passage_never_lowers_a_document(
    p: Floats, combiner: Combiner, name: str, data: st.DataObject
) -> None:
    if not len(p):
        return
    raised = p.copy()
    row, column = data.draw(st.integers(0, len(p) - 1)), data.draw(st.integers(0, 3))
    raised[row, : column + 1] = np.maximum(p[row, : column + 1], data.draw(st.floats(0, 1)))
    before, after = combiner.judge(name, p), combiner.judge(name, raised)
    assert after.level >= before.level
    assert after.value >= before.value - 1e-4


@given(probabilities, arrays(np.float64, (1, 4), elements=st.floats(0, 1)), combiners, ids)
@settings(max_examples=200, deadline=None)
def test_one_more_passage_never_lowers_a_document(
    p: Floats, extra: Floats, combiner: Combiner, name: str
) -> None:
    before = combiner.judge(name, p)
    after = combiner.judge(name, np.vstack([p, -np.sort(-extra, axis=1)]))
    assert after.level >= before.level
    assert after.value >= before.value - 1e-4


@given(probabilities, combiners, ids)
@settings(max_examples=200, deadline=None)
def test_value_rounds_to_the_level_and_stays_on_the_ladder(p: Floats, combiner: Combiner, name: str) -> None:
    judged = combiner.judge(name, p)
    assert 0 <= judged.value <= 4
    assert 0 <= judged.confidence <= 1
    assert abs(judged.value - judged.level) <= 0.5 + 1e-4


@given(probabilities)
@settings(deadline=None)
def test_the_order_of_passages_does_not_matter(p: Floats) -> None:
    assert np.allclose(pool(p), pool(p[::-1]))


@pytest.mark.parametrize("combiner", COMBINERS)
def test_nothing_is_level_0_for_every_criterion(combiner: Combiner) -> None:
    for name in IDS:
        assert combiner.judge(name, np.zeros((0, 4))) == combiner.judge(name, np.zeros((3, 4)))
        assert combiner.judge(name, np.zeros((0, 4))).level == 0


def test_pool_of_nothing_is_nothing_and_of_one_is_itself() -> None:
    assert pool(np.zeros((0, 4))).tolist() == [0, 0, 0, 0]
    assert pool(np.array([[0.9, 0.5, 0.2, 0.1]])) == pytest.approx([0.9, 0.5, 0.2, 0.1])


def test_the_second_passage_counts_less_and_the_eleventh_not_at_all() -> None:
    one = np.array([[0.5, 0.5, 0.5, 0.5]])
    assert pool(np.vstack([one, one]))[0] == pytest.approx(1 - 0.5 * (1 - 0.9 * 0.5))
    ten = np.repeat(one, len(DECAY), axis=0)
    assert pool(np.vstack([ten, one])).tolist() == pool(ten).tolist()


def test_cut_points_decide_the_level() -> None:
    low = np.array([[0.6, 0.2, 0.1, 0.0]])  # expected level 0.9
    assert SIMPLE.judge("any", low).level == 1
    own = SIMPLE.model_copy(update={"cuts": {"AB1": (0.95, 1.5, 2.5, 3.5)}})
    assert own.judge("AB1", low).level == 0
    assert own.judge("any", low).level == 1


def test_a_shift_belongs_to_its_criterion() -> None:
    shifted = SIMPLE.model_copy(update={"shifts": {"AB1": 3.0}})
    p = np.array([[0.5, 0.4, 0.3, 0.2]])
    assert shifted.judge("AB1", p).value > shifted.judge("any", p).value == SIMPLE.judge("any", p).value


def test_confidence_is_read_off_the_calibration() -> None:
    timid = SIMPLE.model_copy(update={"calibration": Calibration(raw=(0, 1), agreed=(0.2, 0.4))})
    assert 0.2 <= timid.judge("any", np.array([[1.0, 1.0, 1.0, 1.0]])).confidence <= 0.4


def test_narrowness_is_one_where_a_level_is_certain_and_zero_where_the_ends_are_as_likely() -> None:
    assert narrowness(np.array([1.0, 1.0, 0.0, 0.0])) == 1
    assert narrowness(np.array([0.5, 0.5, 0.5, 0.5])) == 0
    assert 0.5 < narrowness(np.array([1.0, 1.0, 0.5, 0.0])) < 1
