"""Renews what README.md shows of the program: agreement, excerpt and pictures. Needs Chromium.

.venv/bin/python docs/renew.py
"""

import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from io import StringIO
from pathlib import Path

from rich.console import Console

from grader.pipeline import Settings, prepare_one
from grader.renderers.terminal import check_view
from grader.scoring.weights import load_weights

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLE = "samples/prd-library-holds.md"
PAGES = {"index": "index.html", "report": "feedback/prd-library-holds.md.html"}
TERMINAL_WIDTH = 100
PICTURE_SIZE = (1440, 1200)


def excerpt() -> str:
    """The beginning of what `grader check` prints for the sample, and its first finding with a place."""
    batch = prepare_one(ROOT / SAMPLE, Settings())
    console = Console(file=StringIO(), width=TERMINAL_WIDTH, no_color=True)
    console.print(check_view(next(iter(batch)).assessment, batch.rubric))
    assert isinstance(console.file, StringIO)
    lines = "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())
    paragraphs = lines.split("\n\n")
    finding = re.search(r"^\S+:\d+: (?:.*)(?:\n {4}.*)+", lines, re.M)
    return "\n\n".join(paragraphs[:3]) + (f"\n…\n{finding.group()}\n…" if finding else "\n…")


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
