"""The engine on Ray answers like the ones at home; without Ray installed, only what needs none is tested."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import grader.station
from benchmarks.speed_cases.documents import short
from grader.cli import main
from grader.errors import GraderError, ModelError, UsageError
from grader.on_ray import actors, answers, connected
from grader.pipeline import Chain, Graded, Settings, prepare
from grader.rubric import load_rubric
from grader.schema import Assessment, Document, Rubric
from grader.station import Program, Station
from grader.submissions import Submission, scan


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    pytest.importorskip("ray", reason='needs pip install "grader[ray]"')
    here = Path(__file__).parent
    with pytest.MonkeyPatch.context() as patch:
        # actors import the functions below from this module
        patch.setenv("PYTHONPATH", os.pathsep.join([str(here), str(here.parent)]))
        with connected():
            yield


def start_squaring() -> Callable[[object], object]:
    return squared


def squared(item: object) -> object:
    if item == "no model":
        raise ModelError("weights are not the expected ones")
    if not isinstance(item, int):
        raise IndexError("list index out of range")
    return item * item


def start_without_model() -> Callable[[object], object]:
    raise ModelError("model not found")


@pytest.mark.usefixtures("cluster")
def test_items_are_answered_in_order_and_a_defect_costs_one() -> None:
    items = [*range(40), "defect", 41]
    *before, broken, after = answers(start_squaring, items, actors("auto", len(items)))
    assert [answer.result for answer in before] == [n * n for n in range(40)]
    assert after.result == 41 * 41
    assert broken.crash is not None and broken.crash.startswith("IndexError in test_on_ray.py, line ")


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("start, items", [(start_squaring, [1, "no model", 2]), (start_without_model, [1])])
def test_an_error_that_no_item_can_survive_is_raised(start: object, items: list[object]) -> None:
    with pytest.raises(ModelError):
        list(answers(start, items, 1))  # type: ignore[arg-type]


@pytest.mark.usefixtures("cluster")
def test_there_are_no_more_actors_than_cores_and_items() -> None:
    assert actors("auto", 1) == actors(10_000, 1) == 1
    assert actors(10_000, 10_000) == actors("auto", 10_000)
    with pytest.raises(UsageError, match="--jobs must be at least 1"):
        actors(0, 5)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = short(tmp_path_factory.mktemp("cohort"), 4)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a container")
    (folder / "stub.md").write_text("# Too short\n")
    return folder


def outcomes(cohort: Path, settings: Settings) -> list[tuple[str, str, object]]:
    def text(graded: Graded) -> tuple[str, str, object]:
        document = graded.document.model_dump_json() if graded.document else ""
        return graded.assessment.model_dump_json(), document, graded.scorer

    return [text(graded) for graded in prepare([cohort], settings)]


@pytest.fixture(scope="module")
def at_home(cohort: Path) -> list[tuple[str, str, object]]:
    return outcomes(cohort, Settings(jobs=1))


@pytest.mark.parametrize("engine, jobs", [("local", 2), ("ray", 1), ("ray", 2)])
def test_every_engine_and_number_of_jobs_gives_the_same(
    cohort: Path, at_home: list[object], engine: str, jobs: int, request: pytest.FixtureRequest
) -> None:
    if engine == "ray":
        request.getfixturevalue("cluster")
    assert len(at_home) == 6
    assert outcomes(cohort, Settings(engine=engine, jobs=jobs)) == at_home  # type: ignore[arg-type]


def test_actors_import_nothing_from_the_folder_they_are_asked_for_in(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason='needs pip install "grader[ray]"')
    cohort = tmp_path / "cohort"
    cohort.mkdir()
    (cohort / "a.md").write_text("# Shift swap\n\nWe compared two options.\n")
    for name in ("multiprocessing", "spacy", "json", "numpy"):
        (cohort / f"{name}.py").write_text("open('was-run', 'w').close(); raise SystemExit")
    command = [sys.executable, "-P", "-c", "from grader.cli import main; main()", "grade", "."]
    options = ["--out", "../out", "--engine", "ray", "--jobs", "1", "--quiet", "--no-cache"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*command, *options], cwd=cohort, env=environment, capture_output=True, text=True, timeout=300
    )
    assert (tmp_path / "out/results.jsonl").is_file(), done.stderr
    assert not (cohort / "was-run").exists()


def dying_chain(rubric: Rubric, settings: Settings) -> Callable[[object], Graded]:
    chain = Chain.__new__(Chain)
    return lambda read: _die_or_pass(read, chain)


def _die_or_pass(read: object, chain: Chain) -> Graded:
    if isinstance(read, Document) and "segfault" in read.blocks[-1].text:
        os._exit(11)
    return Graded(Assessment.skipped("a.md", None, "passed", "by"))


def test_a_document_that_takes_its_process_down_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("a.md", "Fine."), ("b.md", "segfault"), ("c.md", "Fine.")):
        (tmp_path / name).write_text(f"# Plan\n\n{text}\n")
    monkeypatch.setattr(grader.station, "Chain", dying_chain)
    station = Station(load_rubric(), Settings(), Program())
    a, b, c = (station(submission).assessment for submission in scan([tmp_path]).submissions)
    assert (
        a.reason is not None
        and c.reason is not None
        and (a.reason.code, c.reason.code) == ("passed", "passed")
    )
    assert b.reason is not None and b.reason.code == "crashed" and "exit code 11" in b.reason.text
    assert (b.source, len(b.sha256)) == ("b.md", 64)


def test_a_node_with_another_program_is_refused() -> None:
    here = Program()
    assert here.differs_in(Program()) == ""
    older = Program(libraries={**here.libraries, "spacy": "3.0.0"})
    assert older.differs_in(here).startswith("spacy 3.0.0, not ")
    other = Program(arithmetic="arm64 cpu, float32")
    assert other.differs_in(here) == "a processor of another kind (arm64 cpu, float32)"
    assert Program(hash="0" * 64).differs_in(here) == "another version of grader"
    with pytest.raises(GraderError, match="every node needs the same"):
        Station(load_rubric(), Settings(), Program(python="3.9.0"))


def test_without_ray_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    monkeypatch.setitem(sys.modules, "ray", None)
    submission = Submission("a.md", tmp_path / "a.md")
    with pytest.raises(UsageError, match=r'pip install "grader\[ray\]"'):
        list(grader.station.graded_on_ray([submission], load_rubric(), Settings(engine="ray")))


def test_an_address_without_the_engine_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    with pytest.raises(SystemExit) as ended:
        main(["grade", str(tmp_path), "--out", str(tmp_path / "out"), "--ray-address", "127.0.0.1:6379"])
    assert ended.value.code == 2
    assert "needs --engine ray" in capsys.readouterr().err
