"""`grader grade` stopped for real (killed, Ctrl-C, no room) and resumed. The scorer counts words, slowly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("sends POSIX signals", allow_module_level=True)

import resource

TESTS = Path(__file__).parents[1]
SCRIPT = """
import time

import grader.scoring
from conftest import CountingScorer


class SlowScorer(CountingScorer):
    def assess(self, document):
        time.sleep(PAUSE)
        return super().assess(document)


grader.scoring.Scorer = SlowScorer

if __name__ == "__main__":
    from grader.cli import main

    main()
"""
DOCUMENTS = 6


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "cohort"
    folder.mkdir()
    text = "We chose the cheaper option because nurses wait for an answer; we accept a slower first screen."
    for number in range(DOCUMENTS):
        (folder / f"draft-{number}.md").write_text(f"# Draft {number}\n\n{text} In week {number}.\n")
    return folder


def started(
    tmp_path: Path, *arguments: object, pause: float = 0, before: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    script = tmp_path / f"grader_{pause}.py"
    script.write_text(SCRIPT.replace("PAUSE", str(pause)))
    command = [sys.executable, str(script), "grade", str(tmp_path / "cohort"), *map(str, arguments)]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(TESTS)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, preexec_fn=before,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def wait_for(path: Path, process: "subprocess.Popen[str]") -> None:
    while process.poll() is None and not path.exists():
        time.sleep(0.01)


def heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_stopped_by_a_signal_ends_as_if_it_never_had_been(
    how: signal.Signals, cohort: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = started(tmp_path, "--out", out, "--jobs", "1", pause=0.3, before=heed_ctrl_c)
    wait_for(out / "feedback" / "draft-2.md.md", process)
    os.killpg(process.pid, how)
    code, _, errors = ended(process)
    assert code == (130 if how == signal.SIGINT else -how), errors
    assert (out / ".grader-journal").exists()

    code, _, errors = ended(started(tmp_path, "--out", out, "--jobs", "1", pause=0.3))
    assert code == 2 and "--resume" in errors and errors.count("\n") == 1

    code, output, errors = ended(started(tmp_path, "--out", out, "--jobs", "1", "--resume", pause=0.3))
    assert code == 0, errors
    assert errors.startswith("grader: going on; ") and errors.endswith(f" of {DOCUMENTS} are done\n")
    assert f"{DOCUMENTS} graded" in output
    assert ended(started(tmp_path, "--out", tmp_path / "whole", "--jobs", "1", pause=0.3))[0] == 0
    assert content(out) == content(tmp_path / "whole")


def test_where_there_is_no_room_the_run_says_so_and_can_go_on(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ended(started(tmp_path, "--out", tmp_path / "whole", "--jobs", "1"))[0] == 0
    page = (tmp_path / "whole" / "feedback" / "draft-0.md.html").stat().st_size

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (page + 1000, page + 1000))

    code, _, errors = ended(started(tmp_path, "--out", out, "--jobs", "1", before=little_room))
    assert code == 2, errors
    assert errors.startswith(f"grader: --out {out}: cannot write ") and errors.count("\n") == 1
    assert "go on with --resume" in errors and not list(out.rglob("*.partial"))
    assert ended(started(tmp_path, "--out", out, "--jobs", "1", "--resume", "--quiet"))[0] == 0
    assert content(out) == content(tmp_path / "whole")


def test_json_lines_of_a_resumed_run_are_all_of_them(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(tmp_path, "--out", out, "--jobs", "1", pause=0.3)
    wait_for(out / "feedback" / "draft-1.md.md", process)
    process.kill()
    ended(process)
    arguments = ("--out", out, "--jobs", "1", "--resume", "--format", "json")
    code, output, _ = ended(started(tmp_path, *arguments, pause=0.3))
    assert code == 0 and output == (out / "results.jsonl").read_text()


def test_two_runs_into_one_folder_do_not_mix(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = started(tmp_path, "--out", out, "--jobs", "1", pause=0.5)
    wait_for(out / ".grader.lock", first)
    code, _, errors = ended(started(tmp_path, "--out", out, "--jobs", "1", "--resume"))
    assert code == 2 and errors == (
        f"grader: --out {out}: another run is writing there; wait for it or choose another folder\n"
    )
    assert ended(first)[0] == 0
