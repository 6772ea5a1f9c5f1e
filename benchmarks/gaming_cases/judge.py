"""Grades the cases and says which tricks paid."""

from collections.abc import Iterator, Mapping

from benchmarks.gaming_cases.case import Base, Case, Collection, compose
from grader.schema import Frozen, Rubric

MAX_GAIN = 3.0
"""Points on the total that a trick may move."""


class Marks(Frozen):
    """What a text earned; a text that is not scorable has a total of 0 and no levels."""

    total: float = 0.0
    levels: Mapping[str, int] = {}
    scorable: bool = False

    def level(self, criterion: str) -> int:
        return self.levels.get(criterion, 0)


class Verdict(Frozen):
    """How one case ended.

    Attributes:
        change: total with the trick less total of the base, in points.
        above: targets that the trick lifted above level 1, with (base, trick) levels.
        elsewhere: the same for criteria it does not aim at; reported, and not counted as a failure.
        honest_missed: criterion → (expected, found) where the honest text did not get its level, or no
            more than the trick; None where the case has no honest text.
    """

    case: Case
    scorable: bool
    change: float
    above: Mapping[str, tuple[int, int]]
    elsewhere: Mapping[str, tuple[int, int]]
    honest_missed: Mapping[str, tuple[int, int]] | None

    @property
    def passed(self) -> bool:
        if self.case.expect == "unchanged":
            return abs(self.change) <= MAX_GAIN
        return self.change <= MAX_GAIN and not self.above


class Judge:
    """Grades texts with the profile that expects everything; bases are graded once."""

    def __init__(self, rubric: Rubric, bases: Mapping[str, Base]) -> None:
        from grader.scoring import Scorer

        self._scorer = Scorer(rubric, profile="full")
        self._bases = bases
        self._known: dict[str, Marks] = {"": Marks()}

    def judge(self, case: Case) -> Verdict:
        """Grade the base, the trick on it and the honest text in its place."""
        base = self._bases[case.base].text if case.base else ""
        before = self.marks(base)
        after = self.marks(compose(base, case.where, case.text, case.repeat))
        lifted = dict(_lifted(before, after))
        aimed = set(case.targets) or set(lifted)
        return Verdict(
            case=case,
            scorable=after.scorable,
            change=round(after.total - before.total, 2),
            above={criterion: levels for criterion, levels in lifted.items() if criterion in aimed},
            elsewhere={criterion: levels for criterion, levels in lifted.items() if criterion not in aimed},
            honest_missed=self._honest_missed(case, base, before, after),
        )

    def marks(self, text: str) -> Marks:
        """What `text`, as a Markdown file, earns."""
        from grader.readers import read_document

        if text not in self._known:
            assessment = self._scorer.assess(read_document(text.encode(), "case.md"))
            levels = {score.id: score.level for score in assessment.criteria if score.level is not None}
            graded = assessment.status == "graded"
            self._known[text] = Marks(
                total=assessment.total or 0.0, levels=levels if graded else {}, scorable=graded
            )
        return self._known[text]

    def _honest_missed(
        self, case: Case, base: str, before: Marks, after: Marks
    ) -> dict[str, tuple[int, int]] | None:
        if not case.honest:
            return None
        honest = self.marks(compose(base, case.where, case.honest))
        return {
            criterion: (expected, honest.level(criterion))
            for criterion, expected in case.honest_levels.items()
            if not _earned(expected, before.level(criterion), after.level(criterion), honest.level(criterion))
        }


def collect(rubric: Rubric, collection: Collection) -> Iterator[Verdict]:
    """One verdict per case, in order."""
    judge = Judge(rubric, collection.bases)
    return (judge.judge(case) for case in collection.cases)


def _lifted(before: Marks, after: Marks) -> Iterator[tuple[str, tuple[int, int]]]:
    for criterion, level in after.levels.items():
        if level > max(1, before.level(criterion)):
            yield criterion, (before.level(criterion), level)


def _earned(expected: int, base: int, trick: int, found: int) -> bool:
    """Within one level of what is expected, and above the trick; the base may hold something better."""
    best = max(expected, base)
    return best - 1 <= found <= best + 1 and (found > trick or base >= expected)
