"""Fitting on made-up passages whose levels are known."""

import numpy as np
import pytest

from grader.scoring.combine import pool
from training.fit import fit_calibration, fit_combiner, fit_depth, fit_relevance, judge_all, pooled

IDS = ("AA1", "AA2")


@pytest.fixture(scope="module")
def made() -> tuple[list[np.ndarray], np.ndarray]:
    """80 documents with 3 passages; the best passage shows the document's level, with noise."""
    random = np.random.default_rng(3)
    levels = random.integers(0, 5, size=(80, len(IDS)))
    documents = []
    for row in levels:
        p = random.uniform(0.02, 0.1, size=(3, len(IDS), 4))
        for column, level in enumerate(row):
            p[0, column, :level] = random.uniform(0.6, 0.95, size=level)
        documents.append(np.minimum.accumulate(p, axis=-1))
    return documents, levels


def test_pooled_is_pool_by_document_and_criterion(made: tuple[list[np.ndarray], np.ndarray]) -> None:
    documents, _ = made
    features = pooled(documents)
    assert features.shape == (80, 2, 4)
    assert features[7, 1].tolist() == pool(documents[7][:, 1]).tolist()


@pytest.mark.parametrize("own", [True, False])
def test_a_combiner_learns_what_passages_mean(made: tuple[list[np.ndarray], np.ndarray], own: bool) -> None:
    documents, levels = made
    combiner = fit_combiner(pooled(documents), levels, IDS, own)
    given, values, confidences = judge_all(combiner, pooled(documents), IDS)
    assert (given == levels).mean() > 0.9
    assert (abs(values - given) <= 0.5001).all()
    assert ((confidences >= 0) & (confidences <= 1)).all()
    assert set(combiner.cuts) == set(combiner.shifts) == (set(IDS) if own else set())


def test_cut_points_rise_even_where_a_level_was_never_given(
    made: tuple[list[np.ndarray], np.ndarray],
) -> None:
    documents, levels = made
    combiner = fit_combiner(pooled(documents), np.minimum(levels, 2), IDS, True)
    for cuts in (combiner.common_cuts, *combiner.cuts.values()):
        assert list(cuts) == sorted(set(cuts))
    given, _, _ = judge_all(combiner, pooled(documents), IDS)
    assert given.max() <= 2


def test_levels_are_given_about_as_often_as_the_readers_gave_them(
    made: tuple[list[np.ndarray], np.ndarray],
) -> None:
    documents, levels = made
    given, _, _ = judge_all(fit_combiner(pooled(documents), levels, IDS, True), pooled(documents), IDS)
    for level in range(5):
        assert abs((given == level).mean() - (levels == level).mean()) < 0.06


def test_calibration_rises_and_follows_the_share_of_agreement() -> None:
    raw = np.linspace(0, 1, 400)
    agreed = np.random.default_rng(0).random(400) < raw**2
    calibration = fit_calibration(raw, agreed)
    assert list(calibration.agreed) == sorted(calibration.agreed)
    assert len(calibration.raw) <= 12
    assert calibration(0.9) == pytest.approx(0.81, abs=0.15)
    assert 0 < calibration(0.0) < calibration(1.0) < 1


def test_one_odd_level_does_not_set_the_end_of_the_scale() -> None:
    raw = np.linspace(0, 1, 400)
    agreed = np.random.default_rng(0).random(400) < 0.5
    agreed[0] = False
    assert fit_calibration(raw, agreed)(0.0) > 0.3


def test_relevance_and_depth_learn_the_column_that_decides() -> None:
    random = np.random.default_rng(1)
    features = random.random((400, 9))
    relevance = fit_relevance(features, features[:, 4] > 0.5)
    assert np.argmax(relevance.weights) == 4
    found = relevance.probability(features)
    assert found[features[:, 4] > 0.7].min() > found[features[:, 4] < 0.3].max()

    signs = random.integers(0, 2, size=(400, 3)).astype(float)
    depth = fit_depth(signs, 1 + signs.sum(axis=1).astype(int))
    assert all(min(model.weights) > 0 for model in depth)
    assert depth[0].bias > depth[1].bias > depth[2].bias
