"""Grades the cases and says which tricks paid."""

from collections.abc import Iterator, Mapping

from benchmarks.gaming_cases.case import Base, Case, Collection, compose
from benchmarks.marking import Marker, Marks
from grader.schema import Frozen, Rubric

MAX_GAIN = 3.0
"""Points on the total that a trick may move."""


class Verdict(Frozen):
    """How one case ended.

    Attributes:
        change: total with the trick less total of the base, in points.
        above: targets that the trick lifted above level 1, with (base, trick) levels.
        elsewhere: the same for criteria it does not aim at; reported, and not counted as a failure.
        honest_missed: criterion → (expected, found) where the honest text did not get its level, or no
            more than the trick; None where the case has no honest text, or the document with it no score.
        honest_unscored: the document with the honest text got no score, for being too short, for example.
    """

    case: Case
    scorable: bool
    change: float
    above: Mapping[str, tuple[int, int]]
    elsewhere: Mapping[str, tuple[int, int]]
    honest_missed: Mapping[str, tuple[int, int]] | None
    honest_unscored: bool = False

    @property
    def passed(self) -> bool:
        if self.case.expect == "unchanged":
            return abs(self.change) <= MAX_GAIN
        return self.change <= MAX_GAIN and not self.above


class Judge:
    """Grades cases with the profile that expects everything."""

    def __init__(self, rubric: Rubric, bases: Mapping[str, Base]) -> None:
        self._marker = Marker(rubric)
        self._bases = bases

    def judge(self, case: Case) -> Verdict:
        """Grade the base, the trick on it and the honest text in its place."""
        base = self._bases[case.base].text if case.base else ""
        before = self._marker.marks(base)
        after = self._marker.marks(compose(base, case.where, case.text, case.repeat))
        lifted = dict(_lifted(before, after))
        aimed = set(case.targets) or set(lifted)
        honest = self._marker.marks(compose(base, case.where, case.honest)) if case.honest else None
        unscored = honest is not None and not honest.scorable
        return Verdict(
            case=case,
            scorable=after.scorable,
            change=round(after.total - before.total, 2),
            above={criterion: levels for criterion, levels in lifted.items() if criterion in aimed},
            elsewhere={criterion: levels for criterion, levels in lifted.items() if criterion not in aimed},
            honest_missed=None if honest is None or unscored else _missed(case, before, after, honest),
            honest_unscored=unscored,
        )


def _missed(case: Case, before: Marks, after: Marks, honest: Marks) -> dict[str, tuple[int, int]]:
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
