"""Tricks do not pay: a spread of the gaming cases on the real scorer (``python -m benchmarks.gaming`` runs all)."""

from collections.abc import Iterator

import pytest

from benchmarks.gaming_cases.case import Case, all_cases
from benchmarks.gaming_cases.judge import Judge
from grader.rubric import DEFAULT_RUBRIC, load_rubric

ALSO = frozenset(
    {
        "trade_offs-examples-4", "ethics_guardrails-level-texts", "metric_translation-next-steps",
        "failure_modes-keywords-bullets", "refills-three-times", "audio-guide-every-paragraph-twice",
        "school-bus-sentences-within-paragraphs", "allotments-all-sentences", "refills-all-words",
    }
)  # fmt: skip
"""Cases made from the rubric and the bases, beside the first written one of every class in each half."""

COLLECTION = all_cases(load_rubric(DEFAULT_RUBRIC))


def _spread() -> Iterator[Case]:
    seen: set[tuple[str, str]] = set()
    for case in COLLECTION.cases:
        key = (case.half, case.trick)
        if case.expect != "rate_only" and (key not in seen or case.id in ALSO):
            yield case
        seen.add(key)


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(load_rubric(DEFAULT_RUBRIC), COLLECTION.bases)


@pytest.mark.parametrize("case", _spread(), ids=lambda case: f"{case.half}-{case.id}")
def test_a_trick_does_not_pay(judge: Judge, case: Case) -> None:
    verdict = judge.judge(case.model_copy(update={"honest": ""}))
    assert verdict.passed, f"{verdict.change:+.1f} points, (base, trick) levels {dict(verdict.above)}"
