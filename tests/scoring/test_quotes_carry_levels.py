"""A level rests on what is quoted for it: without those passages it falls, with them alone it stays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from samples_at_hand import sample

from grader.analysis.analyse import analyse
from grader.rubric import load_rubric
from grader.scoring.combine import Combiner
from grader.scoring.judges import Judges
from grader.scoring.quotes import quotes
from grader.scoring.reading_rules import apply, caps

RUBRIC = load_rubric()
NAMES = (
    "prd-library-holds.md", "ethics-case-exam-proctoring.md", "datasheet-marsh-bird-recordings.md",
    "decision-record-ferry-booking.md", "postmortem-warehouse-outage.md", "prototype-court-interpreters.pptx",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One criterion of one document above level 0: its passages' probabilities (n, 4), and which are quoted."""

    criterion: str
    probabilities: NDArray[np.float64]
    quoted: NDArray[np.bool_]
    combiner: Combiner

    def level(self, rows: NDArray[np.bool_]) -> int:
        return self.combiner.judge(self.criterion, self.probabilities[rows]).level

    @property
    def whole(self) -> int:
        return self.level(np.ones(len(self.probabilities), dtype=bool))

    def nearly_best(self) -> NDArray[np.bool_]:
        """Passages at least a quarter as likely to reach the level as the best one."""
        reaches = self.probabilities[:, self.whole - 1]
        return np.asarray(reaches >= 0.25 * reaches.max())


def _cases() -> Iterator[Case]:
    judges = Judges(RUBRIC, None)
    for name in NAMES:
        document = sample(name)
        passages = analyse(document).passages
        raw = judges.probabilities(passages)
        probabilities = apply(caps(passages, raw[:, :, 0].max(axis=1)), raw)
        for column, criterion in enumerate(RUBRIC.criteria):
            runs = quotes(document, passages, probabilities[:, column])
            quoted = np.isin(np.arange(len(passages)), [i for run in runs for i in run])
            case = Case(criterion.id, probabilities[:, column], quoted, judges.combiner(criterion.id))
            if case.whole > 0:
                yield case


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(_cases())


def test_without_the_passages_that_reach_it_a_level_falls(cases: list[Case]) -> None:
    fell = np.array([case.level(~case.nearly_best()) < case.whole for case in cases])
    assert len(cases) >= 60
    # Many weak passages can together keep a level that strong ones reached: seldom, and never most of the time.
    assert fell.mean() >= 0.7, f"{fell.mean():.3f} of {len(cases)}"


def test_with_its_quotes_alone_a_level_stays(cases: list[Case]) -> None:
    drop = np.array([case.whole - case.level(case.quoted) for case in cases])
    assert (drop >= 0).all()
    assert (drop <= 1).mean() >= 0.9, f"{(drop <= 1).mean():.3f} of {len(cases)}"
    assert (drop == 0).mean() >= 0.6, f"{(drop == 0).mean():.3f} of {len(cases)}"
