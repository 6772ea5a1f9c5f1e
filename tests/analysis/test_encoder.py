"""The encoder works without leaving anything behind or asking anyone."""

import os
import subprocess
import sys
from pathlib import Path

RUN = """
from grader.analysis.embedding import SentenceEncoder
assert len(SentenceEncoder()(["The porter opens the gate at nine."])) == 1
"""


def test_onnx_runtime_keeps_no_identity_of_this_machine_and_no_reports_to_send(tmp_path: Path) -> None:
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {**os.environ, **places}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
