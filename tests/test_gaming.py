"""Tricks do not pay: a spread of the gaming cases on the real scorer (``python -m benchmarks.gaming`` runs all)."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

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

STILL_PAYS = frozenset(
    {
        "unseen-offtopic-01",
        "unseen-framework-01",
        "unseen-numbers-01",
        "seen-numbers-loose",
        "seen-questions-bare",
        "seen-padding-recipe",
        "seen-refills-sentences-within-paragraphs",
        "seen-allotments-all-sentences",
        "seen-trade_offs-examples-2",
    }
)
"""Tricks that still earn points, or that cost an honest text some. Whoever closes one takes it off this list."""

COLLECTION = all_cases(load_rubric(DEFAULT_RUBRIC))


def _spread() -> Iterator[ParameterSet]:
    seen: set[tuple[str, str]] = set()
    for case in COLLECTION.cases:
        key = (case.half, case.trick)
        if case.expect != "rate_only" and (key not in seen or case.id in ALSO):
            name = f"{case.half}-{case.id}"
            known = pytest.mark.xfail(strict=True, reason="this trick still pays")
            yield pytest.param(case, id=name, marks=[known] if name in STILL_PAYS else [])
        seen.add(key)


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(load_rubric(DEFAULT_RUBRIC), COLLECTION.bases)


@pytest.mark.parametrize("case", list(_spread()))
def test_a_trick_does_not_pay(judge: Judge, case: Case) -> None:
    verdict = judge.judge(case.model_copy(update={"honest": ""}))
    assert verdict.passed, f"{verdict.change:+.1f} points, (base, trick) levels {dict(verdict.above)}"
