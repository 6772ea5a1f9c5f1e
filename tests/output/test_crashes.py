"""Whatever a run is doing when it is killed, when the disk is full or Ctrl-C comes: resumed, it ends the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from known import DRAFT

HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@pytest.mark.parametrize("kind, step, end", [("kill", 4, "-9"), ("full", 7, "3"), ("interrupt", 7, "130")])
def test_a_run_that_fails_at_any_change_to_the_disk_can_go_on(
    tmp_path: Path, kind: str, step: int, end: str
) -> None:
    cohort, folder = tmp_path / "cohort", tmp_path / "folder"
    (cohort / "twin").mkdir(parents=True)
    folder.mkdir()
    (cohort / "a.md").write_text(DRAFT)
    (cohort / "twin" / "a.md").write_text(DRAFT)
    (cohort / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    command = [sys.executable, str(HERE / "crashing.py"), str(cohort), str(folder), kind, str(step)]
    path = os.pathsep.join(map(str, (HERE.parents[1], HERE.parent, HERE)))
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["differing"] == []
    assert found["changes"] > 50 and found["ends"][end] >= 0.8 * sum(found["ends"].values())
