"""`grader grade` as a process of its own: workers, Ctrl-C, a terminal. The scorer counts words, slowly."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SCRIPT = """
import time

import grader.scoring
from conftest import CountingScorer


class SlowScorer(CountingScorer):
    def assess(self, document):
        if "bad pointer" in document.blocks[-1].text:
            import os
            os.kill(os.getpid(), 11)
        time.sleep(PAUSE)
        return super().assess(document)


grader.scoring.Scorer = SlowScorer  # also in worker processes, which import this file

if __name__ == "__main__":
    from grader.cli import main

    main()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "cohort"
    folder.mkdir()
    for number in range(12):
        text = (
            "We chose the cheaper option because nurses wait for an answer; we accept a slower first screen."
        )
        (folder / f"draft-{number:02}.md").write_text(f"# Draft {number}\n\n{text} In week {number}.\n")
    return folder


def command(tmp_path: Path, pause: float, *arguments: object) -> list[str]:
    script = tmp_path / "slow_grader.py"
    script.write_text(SCRIPT.replace("PAUSE", str(pause)))
    return [sys.executable, str(script), "grade", *map(str, arguments)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TESTS)}


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_number_of_workers_changes_nothing(cohort: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2", "3"):
        out = tmp_path / jobs
        done = subprocess.run(
            command(tmp_path, 0, cohort, "--out", out, "--jobs", jobs), env=ENVIRONMENT, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    assert content(tmp_path / "1") == content(tmp_path / "2") == content(tmp_path / "3")


def test_a_worker_that_dies_costs_one_document(cohort: Path, tmp_path: Path) -> None:
    (cohort / "draft-03.md").write_text("# A bad pointer\n")
    done = subprocess.run(
        command(tmp_path, 0, cohort, "--out", tmp_path / "out", "--jobs", "2"),
        env=ENVIRONMENT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "11 graded, 1 skipped" in done.stdout
    lines = (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    crashed = json.loads(lines[3])
    assert (crashed["source"], crashed["reason"]["code"]) == ("draft-03.md", "crashed")
    assert "signal 11" in crashed["reason"]["text"]


def heed_ctrl_c() -> None:
    """Undo what a shell does to jobs in the background: there Ctrl-C is ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_what_is_done_valid(cohort: Path, tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(
        command(tmp_path, 0.5, cohort, "--out", out, "--jobs", jobs),
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=heed_ctrl_c,
    ) as process:  # fmt: skip
        while process.poll() is None and not (out / "feedback" / "draft-01.md.md").exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors and "interrupted" in errors
    done = len((out / "results.jsonl").read_text().splitlines())
    assert 1 <= done < 12
    run = json.loads((out / "run.json").read_text())
    assert run["counts"] == {"graded": done, "not_reached": 12 - done}
    assert len((out / "scores.csv").read_text().splitlines()) == 1 + done
    assert len(list((out / "feedback").glob("*.html"))) == done
    assert not list(out.rglob("*.partial"))


def test_a_terminal_sees_the_progress(cohort: Path, tmp_path: Path) -> None:
    leader, follower = os.openpty()
    arguments = command(tmp_path, 0.1, cohort, "--out", tmp_path / "out", "--jobs", "1")
    environment = {**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.DEVNULL, stderr=follower, close_fds=True
    ) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
    os.close(leader)
    assert process.returncode == 0
    assert b"Grading" in shown and b"12/12" in shown and b"/min" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux's way to say that the other end is closed
        return b""
