"""The report in a real browser, where one is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from grader.renderers.html_report import render_html
from grader.schema import Assessment, Document, Rubric, RunInfo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def opened(page: Path, address: str) -> tuple[BeautifulSoup, str]:
    """The page after its script has run, and what the browser's console said."""
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            "--dump-dom",
            f"--user-data-dir={page.parent / 'profile'}",
            f"{page.as_uri()}{address}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return BeautifulSoup(done.stdout, "html.parser"), console


@pytest.fixture
def page(tmp_path: Path, document: Document, graded: Assessment, rubric: Rubric, run: RunInfo) -> Path:
    path = tmp_path / "report.html"
    path.write_text(render_html(document, graded, rubric, run), encoding="utf-8")
    return path


def test_the_script_runs_under_the_policy_and_follows_the_address(page: Path) -> None:
    soup, console = opened(page, "?show=below#c-CH2")
    assert console == ""
    assert soup.select_one("#c-CH2").has_attr("open")
    assert soup.select_one("#c-CH2").has_attr("hidden") and not soup.select_one("#c-CH1").has_attr("hidden")
    assert not soup.select_one("#tools").has_attr("hidden")


def test_all_parts_of_a_quote_are_highlighted(page: Path) -> None:
    soup, console = opened(page, "#e-CH2-2")
    assert console == ""
    assert [mark.text for mark in soup.select("mark.current")] == ["CH2Returns rise", "Hide the advice"]
