"""What is kept of passages changes nothing, and spares every passage that was judged before."""

from pathlib import Path

import pytest

from grader.cache import Cache
from grader.readers import read_document
from grader.rubric import load_rubric
from grader.schema import Document
from grader.scoring import trained
from grader.scoring.scorer import Scorer

SENTENCE = "We chose a rule over a model, because nurses have to explain each entry; it costs 4 % of recall."
RISK = "We have not decided who looks after the list when the dispatchers are away."
REST = (
    "The list runs on the ward's tablets from May on, after two weeks on paper, and the head nurse can switch it off.",
    "In nine interviews most said that the old order is out of date by noon, and that nobody has time to correct it.",
    "Records come from three sites in one city, so rural wards are missing; two of them join in autumn.",
    "Corrections fall from forty a week to twenty by June, or we go back to paper and write down why it failed.",
)


def document(*paragraphs: str) -> Document:
    text = "# Plan\n\n## Options\n\n" + "\n\n".join([*paragraphs, *REST]) + "\n"
    return read_document(text.encode(), "plan.md")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts of the passages that go through the encoder, as they do."""
    seen: list[str] = []
    logits = trained._Network.logits

    def noted(self: trained._Network, context: str, text: str) -> object:
        seen.append(text)
        return logits(self, context, text)

    monkeypatch.setattr(trained._Network, "logits", noted)
    return seen


def test_kept_passages_give_the_same_bytes_and_only_changed_ones_are_judged(
    tmp_path: Path, judged: list[str], full_scorer: Scorer
) -> None:
    before, after = document(SENTENCE, RISK), document(SENTENCE.replace("nurses", "clerks"), RISK)
    wanted = [full_scorer.assess(each).model_dump_json() for each in (before, after)]
    rubric = load_rubric()
    first = Scorer(rubric, profile="full", kind="prd", entries=Cache(tmp_path))
    assert first.assess(before).model_dump_json() == wanted[0]
    del judged[:]
    second = Scorer(rubric, profile="full", kind="prd", entries=Cache(tmp_path))  # as in a new process
    assert second.assess(before).model_dump_json() == wanted[0]
    assert judged == []
    assert second.assess(after).model_dump_json() == wanted[1]
    assert judged == [SENTENCE.replace("nurses", "clerks")]
