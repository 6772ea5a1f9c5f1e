"""The contrast documents themselves, and how their figures come about; no models needed."""

import re

import numpy as np
import pytest

from benchmarks.contrast import FOLDER, Judged, figures, load_readings
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from training.own_documents import own_documents

FAMILIES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.md")))


def judged(marks: list[int], reaches: list[float], quoted: list[bool], grader: list[int] | None) -> Judged:
    """A document with one criterion, which its readers put at levels 0 and 2 of two core criteria."""
    return Judged(
        marks=np.array(marks)[:, None],
        quoted=np.array(quoted),
        reaches=np.array(reaches)[:, None],
        readers=np.array([0, 2]),
        grader=None if grader is None else np.array(grader),
    )


def test_empty_passages_that_are_taken_and_decided_ones_that_are_found_are_counted() -> None:
    one = judged([0, 1, 2, 3], [0.6, 0.1, 0.4, 0.9], [False] * 4, [1, 3])
    found = figures("one", [one])
    assert (found.empty, found.taken, found.decided, found.found) == (2, 1, 2, 1)
    assert found.auc == pytest.approx(0.75)
    assert found.bias == 1


def test_what_a_reader_quoted_is_neither_empty_nor_decided() -> None:
    found = figures("one", [judged([0, 1, 2], [0.9, 0.1, 0.8], [True, False, True], [0, 2])])
    assert (found.empty, found.taken, found.decided, found.auc) == (1, 0, 1, 1)
    assert found.kappa == 1


def test_a_document_without_levels_counts_for_its_passages_only() -> None:
    scored = judged([0, 2], [0.1, 0.9], [False, False], [0, 2])
    unscored = judged([0, 2], [0.7, 0.9], [False, False], None)
    found = figures("both", [scored, unscored])
    assert (found.empty, found.taken, found.kappa) == (2, 1, 1)


def test_every_document_was_read_and_its_quotes_stand_in_it() -> None:
    readings = load_readings(FOLDER)
    names = {f"{family}/{path.name}" for family in FAMILIES for path in (FOLDER / family).glob("*.md")}
    assert len(FAMILIES) == 8
    assert names == set(readings)
    for name, reading in readings.items():
        lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
        assert all(lines[number - 1].strip() for number in reading.quoted), name


@pytest.mark.parametrize("family", FAMILIES)
def test_marks_reach_their_passages(family: str) -> None:
    criteria = [criterion.id for criterion in load_rubric(DEFAULT_RUBRIC).criteria]
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / family).glob("*.md")]
    two_words = r"^.*\w[^\w\n{]+\w.*\{\{.*[1-4]\b.*\}\}$"  # single words are no passages
    marked = sum(len(re.findall(two_words, text, re.MULTILINE)) for text in texts)
    reached = sum(
        int(document.marks.any(axis=1).sum()) for document in own_documents(criteria, FOLDER / family)
    )
    assert marked > 100
    assert 0.98 * marked < reached < 1.02 * marked
