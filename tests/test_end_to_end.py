"""The real chain with its models, as a command: one process or several, the same bytes."""

import json
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "grade"]

CAREFUL = """\
# Shift swap for hospital nurses

## Problem
Nurses at two clinics in Leeds wait 4.2 hours for an answer to a swap request; 31 of 40 interviewed in
May said they gave up at least once a month. The planners read every request by hand.

## Options
We compared three: a shared spreadsheet, rules that approve swaps within a ward, and a model that ranks
candidates. Rules cover 70 % of last year's requests and cost nothing to run, so we start with them and
accept that swaps between wards stay manual. If fewer than half of the requests are answered within an
hour after six weeks, we go back.

## Risks
| risk | impact | mitigation | owner |
|---|---|---|---|
| a ward is left without a senior nurse | unsafe shift | the rule refuses and calls the planner | ward lead |
"""
HOLLOW = """\
# Smart scheduling platform

## Vision
We will build a world-class platform that delights users and drives engagement. It will be fast, secure
and scalable, and it will use the latest technology to create value for all stakeholders across the whole
journey.

## Risks
There may be some risks. We will monitor the system and handle errors gracefully. Privacy is very
important to us and we will ensure fairness and transparency. We will follow best practices and iterate
quickly based on user feedback.

## Success
Success means higher engagement, better satisfaction and a great experience for everyone who uses the
product.
"""


def test_graded_by_one_process_or_two_the_results_are_the_same_bytes(tmp_path: Path) -> None:
    cohort = tmp_path / "cohort"
    cohort.mkdir()
    (cohort / "careful.md").write_text(CAREFUL)
    (cohort / "hollow.txt").write_text(HOLLOW)
    (cohort / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (cohort / "short.md").write_text("# Coming soon\n")
    for jobs in ("1", "2"):
        arguments = [str(cohort), "--out", str(tmp_path / jobs), "--jobs", jobs]
        done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True)
        assert done.returncode == 1, done.stderr
    assert content(tmp_path / "1") == content(tmp_path / "2")

    lines = (tmp_path / "1" / "results.jsonl").read_text().splitlines()
    results = {result["source"]: result for result in map(json.loads, lines)}
    assert {source: result["status"] for source, result in results.items()} == {
        "broken.docx": "skipped",
        "careful.md": "graded",
        "hollow.txt": "graded",
        "short.md": "not_scorable",
    }
    assert results["careful.md"]["total"] > results["hollow.txt"]["total"]


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
