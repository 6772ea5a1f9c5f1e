"""Judging by description and examples alone: features, and a rubric's own examples left out one by one."""

from pathlib import Path

import numpy as np
import pytest

from grader.analysis.cues import cue_names
from grader.analysis.embedding import SentenceEncoder
from grader.rubric import load_rubric
from grader.rubric.template import new_rubric
from grader.schema import Rubric
from grader.scoring.by_example import LENGTH_CAP, Anchors, depth_features, similarity
from grader.scoring.examples import ExampleResult, leave_one_out

Results = tuple[ExampleResult, ...]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    file: Path = tmp_path_factory.mktemp("rubric") / "tiny.yaml"
    file.write_text(new_rubric("tiny"), encoding="utf-8")
    return load_rubric(file)


@pytest.fixture(scope="module")
def results(tiny: Rubric) -> Results:
    return leave_one_out(tiny)


@pytest.fixture(scope="module")
def encode() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(encode: SentenceEncoder) -> None:
    texts = ["Riders wait.", "The gate of the yard is shut at night, so riders wait outside.", "Riders wait."]
    vectors = encode(texts)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0].tobytes() == vectors[2].tobytes()
    assert encode(texts).tobytes() == vectors.tobytes()


def test_an_example_is_closest_to_its_own_criterion(tiny: Rubric, encode: SentenceEncoder) -> None:
    for criterion in tiny.criteria:
        anchors = Anchors(criterion, encode)
        text = next(example.text for example in criterion.examples if example.level == 4)
        own, foreign = similarity(anchors, encode([text, "The bread is baked at six in the morning."]))
        assert own > foreign
        index = [example.text for example in criterion.examples].index(text)
        assert similarity(anchors.without(index), encode([text]))[0] < own - 0.01


def test_every_example_is_scored_once_in_the_order_of_the_rubric(results: Results, tiny: Rubric) -> None:
    wanted = [(c.id, i, e.level) for c in tiny.criteria for i, e in enumerate(c.examples)]
    assert [(result.criterion, result.index, result.expected) for result in results] == wanted
    assert all(0 <= result.got <= 4 for result in results)


def test_most_examples_land_within_one_level(results: Results) -> None:
    assert np.mean([abs(result.expected - result.got) <= 1 for result in results]) >= 0.65


def test_depth_sees_signs_and_ignores_length_beyond_the_cap() -> None:
    words = "rider " * LENGTH_CAP
    plain, longer, deep, empty = depth_features(
        [words, words * 5, "If errors pass 3 %, the on-call engineer rolls back within 1 hour.", ""]
    )
    assert plain.shape == (len(cue_names()) + 3,)
    assert plain.tolist() == longer.tolist()
    assert deep[-1] > plain[-1] == empty[-1] == 0
    assert deep[-2] == 1
