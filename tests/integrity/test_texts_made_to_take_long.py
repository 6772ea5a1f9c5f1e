"""Texts that once took minutes, or would: nothing looks at the same place again and again."""

import subprocess
import sys
from pathlib import Path

PLAN = "# Ticket router\n\n" + (
    "We route tickets of the housing office to nine desks, and we compared rules with a classifier that two clerks "
    "had checked on 900 tickets. We took rules, because clerks can read them, and we accept that one ticket in ten "
    "goes to a wrong desk. If more than 8 % of the tickets of a week are passed on by hand, the lead of the desk "
    "switches back to the queue on the same day. Tenants can ask for a person at any time; nobody is refused a repair "
    "by the router alone. Names are not read, since the desk follows from the kind of repair.\n\n"
)
TEXTS = {
    "no-full-stop": "word " * 6000 + "\nend",
    "one-word": "é" + "a" * 40_000,
    "brackets": "We do not know " + "(" * 18_000,
    "escapes": "## " + "\x9d" * 40_000,
    "slots": "[add] x. " * 4000,
    "stops": ". " * 20_000,
}


def test_they_are_graded_like_any_other(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(f"{PLAN}{text}\n", encoding="utf-8")
    command = [sys.executable, "-c", "from grader.cli import main; main()", "grade", str(tmp_path)]
    options = ["--out", str(tmp_path / "out"), "--jobs", "1", "--no-cache", "--quiet"]
    subprocess.run([*command, *options], check=False, timeout=300)  # one of them alone used to take longer
    lines = (tmp_path / "out/results.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(TEXTS)
    assert all('"skipped"' not in line for line in lines)
