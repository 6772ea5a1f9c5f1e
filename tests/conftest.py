"""What tests of several rooms share."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import grader.scoring
from grader.cache import NO_CACHE_VARIABLE
from grader.schema import (
    Assessment,
    CriterionScore,
    Document,
    Evidence,
    KindGuess,
    Profile,
    Reason,
    Rubric,
)

if TYPE_CHECKING:
    from grader.scoring.scorer import Scorer

settings.register_profile("steady", derandomize=True)  # the same tests pass on every machine
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

os.environ[NO_CACHE_VARIABLE] = "1"  # tests see what is computed, and leave the user's cache alone


class CountingScorer:
    """Scores without models: the level of a criterion is the number of its terms that the text holds.

    It has the interface of the real scorer, and is quick, so that tests of what stands around it can use
    many documents.
    """

    models = {"counting": "0" * 64}
    agreement = "Not measured: this scorer counts words."

    def __init__(
        self, rubric: Rubric, model: str | None = None, profile: str | None = None, kind: str | None = None,
        entries: object = None,
    ) -> None:  # fmt: skip
        self._rubric = rubric
        self._kind = kind
        self._profile: Profile = rubric.profile(profile or "full")

    def assess(self, document: Document) -> Assessment:
        common = {"source": document.source, "member": document.member, "sha256": document.sha256,
                  "title": document.title, "language": "en"}  # fmt: skip
        text = " ".join(block.text for block in document.blocks).lower()
        if "segfault the grader" in text:
            raise IndexError("a defect")
        if len(text.split()) < 10:
            reason = Reason(code="too_short", text="under 10 words")
            return Assessment(status="not_scorable", reason=reason, **common)
        scores = tuple(self._scores(document, text))
        levels = [score.level for score in scores if score.level is not None]
        return Assessment(
            status="graded",
            total=25 * sum(levels) / len(levels),
            kind=KindGuess(name=self._kind or "prd", confidence=1.0 if self._kind else 0.5),
            profile=self._profile.id,
            dimensions={d.id: 50.0 for d in self._rubric.dimensions},
            criteria=scores,
            **common,
        )

    def _scores(self, document: Document, text: str) -> Iterator[CriterionScore]:
        first = document.blocks[0]
        quote = Evidence(quote=first.text, block=0, start=0, end=len(first.text), location=first.location,
                         section="", why="it comes first")  # fmt: skip
        for dimension in self._rubric.dimensions:
            for criterion in dimension.criteria:
                level = min(4, sum(term in text for term in criterion.terms))
                yield CriterionScore(id=criterion.id, dimension=dimension.id, state="scored", level=level,
                                     value=float(level), confidence=0.5, reason="terms counted",
                                     evidence=(quote,))  # fmt: skip


@pytest.fixture
def counting_scorer(monkeypatch: pytest.MonkeyPatch) -> type[CountingScorer]:
    """Replaces the scorer, in this process only: use it with one job."""
    monkeypatch.setattr(grader.scoring, "Scorer", CountingScorer, raising=False)
    return CountingScorer


@pytest.fixture(scope="session")
def shipped_scorer() -> "Scorer":
    """The real scorer with the shipped rubric, by kind of document. Loading it takes seconds: one for all tests."""
    from grader.rubric import load_rubric
    from grader.scoring.scorer import Scorer

    return Scorer(load_rubric())


@pytest.fixture(scope="session")
def full_scorer() -> "Scorer":
    """As `shipped_scorer`, with every criterion expected of every document and none refused for its kind."""
    from grader.rubric import load_rubric
    from grader.scoring.scorer import Scorer

    return Scorer(load_rubric(), profile="full", kind="prd")
