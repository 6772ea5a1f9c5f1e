"""The gaming cases themselves, and the rules by which they are judged; no models needed."""

import pytest

from benchmarks.gaming_cases.case import HALVES, Base, Case, Collection, all_cases, compose
from benchmarks.gaming_cases.judge import Judge, Verdict
from benchmarks.marking import Marks
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from grader.schema import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(DEFAULT_RUBRIC)


@pytest.fixture(scope="module")
def collection(rubric: Rubric) -> Collection:
    return all_cases(rubric)


def test_there_are_at_least_two_hundred_cases_and_every_class_is_in_both_halves(
    collection: Collection,
) -> None:
    assert len(collection.cases) >= 200
    classes = [{case.trick for case in collection.cases if case.half == half} for half in HALVES]
    assert classes[0] == classes[1]
    assert len(classes[0]) == 18


def test_cases_name_known_criteria_and_have_ids_of_their_own(rubric: Rubric, collection: Collection) -> None:
    known = {criterion.id for criterion in rubric.criteria}
    assert all(known.issuperset([*case.targets, *case.honest_levels]) for case in collection.cases)
    assert all(bool(case.honest) == bool(case.honest_levels) for case in collection.cases)
    keys = [(case.half, case.id) for case in collection.cases]
    assert len(keys) == len(set(keys))


def test_generated_cases_are_the_same_every_time(rubric: Rubric, collection: Collection) -> None:
    assert all_cases(rubric).cases == collection.cases


@pytest.mark.parametrize(
    ("where", "repeat", "expected"),
    [("append", 2, "base\n\nnew\n\nnew\n"), ("prepend", 1, "new\n\nbase\n"), ("replace", 1, "new\n")],
)
def test_compose(where: str, repeat: int, expected: str) -> None:
    assert compose("base\n", where, "new\n", repeat) == expected


class KnownMarks:
    """Stands for the marker: marks by whole text."""

    def __init__(self, marks: dict[str, Marks]) -> None:
        self._marks = marks

    def marks(self, text: str) -> Marks:
        return self._marks.get(text.strip(), Marks())


def _verdict(monkeypatch: pytest.MonkeyPatch, case: Case, **marks: tuple[float, int]) -> Verdict:
    """The verdict where the texts ``b``, ``b t`` and ``b h`` earn (total, level of X)."""
    texts = {"base": "b", "trick": "b\n\nt", "honest": "b\n\nh"}
    known = {
        texts[name]: Marks(total=total, levels={"X": level}, scorable=True)
        for name, (total, level) in marks.items()
    }
    monkeypatch.setattr("benchmarks.gaming_cases.judge.Marker", lambda rubric: KnownMarks(known))
    judge = Judge(Rubric.model_construct(), {"b": Base(id="b", quality="poor", text="b")})
    return judge.judge(case)


CASE = Case(id="c", trick="negation", base="b", text="t", targets=("X",))


@pytest.mark.parametrize(
    ("base", "trick", "passed"),
    [
        ((10.0, 0), (13.0, 1), True),
        ((10.0, 0), (13.1, 1), False),
        ((10.0, 0), (11.0, 2), False),
        ((10.0, 2), (11.0, 2), True),
        ((10.0, 2), (11.0, 3), False),
        ((50.0, 2), (0.0, 0), True),
    ],
)
def test_a_trick_must_not_gain(
    monkeypatch: pytest.MonkeyPatch, base: tuple[float, int], trick: tuple[float, int], passed: bool
) -> None:
    assert _verdict(monkeypatch, CASE, base=base, trick=trick).passed is passed


@pytest.mark.parametrize(("total", "passed"), [(53.0, True), (47.0, True), (46.9, False), (53.1, False)])
def test_an_unchanged_document_moves_neither_way(
    monkeypatch: pytest.MonkeyPatch, total: float, passed: bool
) -> None:
    case = CASE.model_copy(update={"expect": "unchanged"})
    assert _verdict(monkeypatch, case, base=(50.0, 2), trick=(total, 2)).passed is passed


@pytest.mark.parametrize(
    ("base", "trick", "honest", "missed"),
    [(0, 1, 3, {}), (0, 1, 2, {}), (0, 1, 1, {"X": (3, 1)}), (0, 3, 3, {"X": (3, 3)}), (3, 3, 3, {})],
)
def test_honest_text_gets_its_level_and_more_than_the_trick(
    monkeypatch: pytest.MonkeyPatch, base: int, trick: int, honest: int, missed: dict[str, tuple[int, int]]
) -> None:
    case = CASE.model_copy(update={"honest": "h", "honest_levels": {"X": 3}})
    verdict = _verdict(monkeypatch, case, base=(9.0, base), trick=(9.0, trick), honest=(9.0, honest))
    assert verdict.honest_missed == missed
