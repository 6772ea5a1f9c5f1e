"""Renews what README.md shows of the program: agreement, excerpt and pictures. Needs Chromium.

.venv/bin/python docs/renew.py
"""

import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from grader.drafts import Wanted, check_batch, wanted_levels
from grader.pipeline import Settings, prepare_one
from grader.renderers.check_text import render_text
from grader.renderers.look import Look
from grader.schema import CheckedDraft
from grader.scoring.weights import load_weights

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLE = "samples/prd-library-holds.md"
PAGES = {"index": "index.html", "report": "feedback/prd-library-holds.md.html"}
TERMINAL_WIDTH = 100
FINDINGS_SHOWN = 3
PICTURE_SIZE = (1440, 1200)


def excerpt() -> str:
    """What `grader check` prints for the sample: its first findings, and where it stands."""
    batch = prepare_one(ROOT / SAMPLE, Settings())
    check = check_batch(batch, wanted_levels(batch.rubric, Wanted()))
    shown = check.model_copy(update={"drafts": tuple(map(_from_the_root, check.drafts))})
    head, *others = render_text(shown, Look(columns=TERMINAL_WIDTH)).rstrip("\n").split("\n\n")
    return "\n\n".join([head, *others[:FINDINGS_SHOWN], "…", others[-1]])


def _from_the_root(draft: CheckedDraft) -> CheckedDraft:
    return draft.model_copy(update={"path": SAMPLE})


def renewed(text: str) -> str:
    """README with the current excerpt and agreement."""
    shown = f"$ grader check {SAMPLE}\n{excerpt()}\n```"
    text = re.sub(rf"\$ grader check {SAMPLE}\n.*?```", lambda _: shown, text, count=1, flags=re.S)
    quote = "\n".join(f"> {line}" for line in textwrap.wrap(load_weights().agreement, 118))
    return re.sub(r"^> .*(?:\n> .*)*", lambda _: quote, text, count=1, flags=re.M)


def take_pictures() -> None:
    """Grade all samples and show the index and one report in a browser."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is missing; README.md is renewed, its pictures are not")
    with tempfile.TemporaryDirectory() as folder:
        grading = [Path(sys.executable).with_name("grader"), "grade", "samples", "--out", folder, "--quiet"]
        subprocess.run(grading, cwd=ROOT, check=False)  # exit code 1: some samples have no score
        for name, page in PAGES.items():
            subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 f"--user-data-dir={folder}/.browser", f"--window-size={PICTURE_SIZE[0]},{PICTURE_SIZE[1]}",
                 f"--screenshot={ROOT / 'docs/images' / name}.png", (Path(folder) / page).as_uri()],
                check=True, capture_output=True,
            )  # fmt: skip


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    take_pictures()
