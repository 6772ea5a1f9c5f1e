"""Engines keep the order, survive what items do to them, and leave no process behind."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from grader.errors import GraderError, ModelError, UsageError
from grader.execution import ENGINES, auto_jobs, processes, run
from grader.workers import AHEAD_PER_WORKER, Crew

LOCAL = ("in_process", "process_pool")
"""The other one, on Ray, has the same questions put to it in ``tests/test_on_ray.py``."""


def start_squaring() -> Callable[[object], object]:
    return squared


def squared(item: object) -> object:
    match item:
        case "exit":
            os._exit(3)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "defect":
            raise IndexError("list index out of range")
        case "no model":
            raise ModelError("weights are not the expected ones")
        case "pid":
            return os.getpid()
        case int():
            return item * item
    raise AssertionError(item)


def start_without_model() -> Callable[[object], object]:
    raise ModelError("model not found; run 'make setup'")


def start_dying() -> Callable[[object], object]:
    os._exit(9)


def start_slow_first(pause: float) -> Callable[[object], object]:
    return partial(slow_first, pause)


def slow_first(pause: float, item: object) -> object:
    if item == 0:
        time.sleep(pause)
    return item


@pytest.mark.parametrize("engine", LOCAL)
def test_every_engine_answers_each_item_in_order(engine: str) -> None:
    answers = ENGINES[engine](start_squaring, range(20), 2)
    assert [answer.result for answer in answers] == [n * n for n in range(20)]


@pytest.mark.parametrize("engine", LOCAL)
def test_no_items_give_no_answers(engine: str) -> None:
    assert list(ENGINES[engine](start_squaring, [], 2)) == []


@pytest.mark.parametrize("engine", LOCAL)
def test_a_defect_costs_one_item_and_names_its_place(engine: str) -> None:
    before, broken, after = ENGINES[engine](start_squaring, [2, "defect", 3], 1)
    assert (before.result, after.result) == (4, 9)
    assert broken.crash is not None
    assert broken.crash.startswith("IndexError in test_execution.py, line ")
    assert broken.crash.endswith(": list index out of range")


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("start, items", [(start_squaring, [1, "no model", 2]), (start_without_model, [1])])
def test_an_error_that_no_item_can_survive_is_raised(engine: str, start: object, items: list[object]) -> None:
    with pytest.raises(ModelError):
        list(ENGINES[engine](start, items, 2))  # type: ignore[arg-type]


def test_results_that_come_early_wait_for_their_turn() -> None:
    answers = run(partial(start_slow_first, 0.3), list(range(10)), count=2)
    assert [answer.result for answer in answers] == list(range(10))


@pytest.mark.parametrize("death, words", [("exit", "exit code 3"), ("killed", "signal 9")])
def test_a_dead_worker_costs_exactly_its_item(death: str, words: str) -> None:
    answers = list(run(start_squaring, [1, 2, death, 3, 4, death, 5], count=2))
    assert [answer.result for answer in answers] == [1, 4, None, 9, 16, None, 25]
    assert [answer.crash for answer in answers if answer.crash] == [
        f"the process working on it ended ({words})"
    ] * 2


def test_a_worker_that_dies_while_idle_costs_no_item() -> None:
    with Crew(start_squaring, 1) as crew:
        (pid,) = [answer.result for answer in crew.answers(["pid"])]
        os.kill(pid, signal.SIGKILL)
        crew._workers[0].process.join()
        assert [answer.result for answer in crew.answers([2, 3])] == [4, 9]


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(GraderError, match=r"could not start|before it could start"):
        list(run(start_dying, [1, 2, 3], count=2))


def test_items_are_drawn_only_a_little_ahead() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for number in itertools.count():
            drawn.append(number)
            yield number

    answers = ENGINES["process_pool"](start_squaring, items(), 2)
    for _ in range(5):
        next(answers)
    answers.close()
    assert len(drawn) <= 5 + 2 * AHEAD_PER_WORKER + 2


def test_closing_early_ends_the_workers() -> None:
    answers = ENGINES["process_pool"](start_squaring, ["pid"] * 8, 2)
    pids = {next(answers).result, next(answers).result}
    answers.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(
    "items, cores, jobs",
    [
        (0, 2, 1),
        (1, 64, 1),
        (7, 2, 1),
        (8, 2, 2),
        (1000, 2, 2),
        (1000, 1, 1),
        (40, 64, 10),
        (10_000, 64, 64),
    ],
)
def test_auto_starts_a_process_only_where_it_pays(items: int, cores: int, jobs: int) -> None:
    assert auto_jobs(items, cores) == jobs


def test_fewer_jobs_than_one_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 1"):
        processes(0, 10)


def heed_ctrl_c() -> None:
    """Undo what a shell does to jobs in the background: there Ctrl-C is ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def in_a_terminal(script: Path) -> "subprocess.Popen[str]":
    """The script running in a process group of its own, to which Ctrl-C can be sent."""
    return subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=heed_ctrl_c,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_ctrl_c_ends_parent_and_workers_without_noise(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
            import os, time
            from grader.execution import run

            def start():
                return work

            def work(item):
                if item:
                    time.sleep(60)
                return os.getpid()

            if __name__ == "__main__":
                for answer in run(start, [0, 0, 1, 1], count=2):
                    print(answer.result, flush=True)
        """)
    )
    with in_a_terminal(script) as process:
        assert process.stdout and process.stderr
        pids = {int(process.stdout.readline()) for _ in range(2)}
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the parent and all workers
        errors = process.stderr.read()
    assert process.returncode != 0
    assert errors.count("Traceback") == 1  # the parent's own KeyboardInterrupt
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_ctrl_c_while_workers_start_ends_all_without_noise(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
            from grader.execution import run

            def start():
                return abs

            if __name__ == "__main__":
                print("begins", flush=True)
                for answer in run(start, list(range(1000)), count=2):
                    pass
        """)
    )
    with in_a_terminal(script) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        errors = process.stderr.read()  # to its end: all that could write to it have ended
    assert process.returncode != 0
    assert errors.count("Traceback") == 1 and "KeyboardInterrupt" in errors


def test_workers_import_nothing_from_the_folder_they_are_started_in(tmp_path: Path) -> None:
    script, cohort = tmp_path / "script.py", tmp_path / "cohort"
    script.write_text(
        textwrap.dedent("""
            from grader.execution import run

            def start():
                return abs

            if __name__ == "__main__":
                print([answer.result for answer in run(start, [-1, 2, -3], count=2)])
        """)
    )
    cohort.mkdir()
    for name in ("multiprocessing", "spacy", "json", "numpy"):
        (cohort / f"{name}.py").write_text("open('was-run', 'w').close(); raise SystemExit")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=cohort, capture_output=True, text=True, timeout=120
    )
    assert done.stdout == "[1, 2, 3]\n", done.stderr
    assert not (cohort / "was-run").exists()
