"""`grader grade` with a cache: a second run writes the same bytes, and renders and scores nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cache import CACHE_VARIABLE, NO_CACHE_VARIABLE
from grader.cli import main
from grader.renderers import html_report

TEXT = "We chose the cheaper option because nurses wait for an answer; we accept a slower first screen."


def grade(folder: Path, out: Path, *options: str) -> dict[str, bytes]:
    done = CliRunner().invoke(main, ["grade", str(folder), "--out", str(out), "--jobs", "1", *options])
    assert done.exit_code == 0, done.output
    files = [path for path in out.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_the_same_bytes_without_the_work(
    tmp_path: Path, counting_scorer: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cohort"
    folder.mkdir()
    for number in range(2):
        (folder / f"draft-{number}.md").write_text(f"# Draft {number}\n\n{TEXT} In week {number}.\n")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(NO_CACHE_VARIABLE)
    without = grade(folder, tmp_path / "without", "--no-cache")
    assert not (tmp_path / "cache").exists()
    first = grade(folder, tmp_path / "first")

    def refuse(*_: object) -> None:
        raise AssertionError("done before")

    monkeypatch.setattr(counting_scorer, "assess", refuse)
    monkeypatch.setattr(html_report, "render_html", refuse)
    assert grade(folder, tmp_path / "second") == first == without
    info = CliRunner().invoke(main, ["cache", "info"])
    assert str(tmp_path / "cache") in info.output
    cleared = CliRunner().invoke(main, ["cache", "clear"])
    assert cleared.exit_code == 0 and "forgotten" in cleared.output
    assert CliRunner().invoke(main, ["cache", "dir"]).output.strip() == str(tmp_path / "cache")
