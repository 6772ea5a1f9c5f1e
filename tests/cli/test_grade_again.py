"""`grader grade` with a cache: a second run writes the same bytes, and renders and scores nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cache import CACHE_VARIABLE, NO_CACHE_VARIABLE
from grader.cli import main
from grader.duplicates import find, prose
from grader.renderers import html_index, html_report, tables

TEXT = "We chose the cheaper option because nurses wait for an answer; we accept a slower first screen."


def grade(folder: Path, out: Path, *options: str) -> dict[str, bytes]:
    done = CliRunner().invoke(main, ["grade", str(folder), "--out", str(out), "--jobs", "1", *options])
    assert done.exit_code == 0, done.output
    files = [path for path in out.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cohort"
    folder.mkdir()
    for number in range(2):
        (folder / f"draft-{number}.md").write_text(f"# Draft {number}\n\n{TEXT} In week {number}.\n")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(NO_CACHE_VARIABLE)
    return folder


def test_the_same_bytes_without_the_work(
    drafts: Path, tmp_path: Path, counting_scorer: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = grade(drafts, tmp_path / "without", "--no-cache")
    assert not (tmp_path / "cache").exists()
    first = grade(drafts, tmp_path / "first")

    def refuse(*_: object) -> None:
        raise AssertionError("done before")

    monkeypatch.setattr(counting_scorer, "assess", refuse)
    for room, name in ((html_report, "render_html"), (prose, "prose_of"), (find, "find_duplicates"),
                       (tables, "scores_frame"), (html_index, "render_index")):  # fmt: skip
        monkeypatch.setattr(room, name, refuse)
    assert grade(drafts, tmp_path / "second") == first == without
    info = CliRunner().invoke(main, ["cache", "info"])
    assert str(tmp_path / "cache") in info.output
    cleared = CliRunner().invoke(main, ["cache", "clear"])
    assert cleared.exit_code == 0 and "forgotten" in cleared.output
    assert CliRunner().invoke(main, ["cache", "dir"]).output.strip() == str(tmp_path / "cache")


@pytest.mark.usefixtures("counting_scorer")
def test_what_sums_up_follows_a_change_of_documents_and_of_options(drafts: Path, tmp_path: Path) -> None:
    grade(drafts, tmp_path / "first")
    assert grade(drafts, tmp_path / "ranked", "--rank") == grade(
        drafts, tmp_path / "a", "--rank", "--no-cache"
    )
    (drafts / "draft-1.md").write_text(f"# Draft 1\n\n{TEXT} In another week.\n")
    assert grade(drafts, tmp_path / "changed") == grade(drafts, tmp_path / "b", "--no-cache")
    (drafts / "draft-1.md").rename(drafts / "draft-0.txt")
    assert grade(drafts, tmp_path / "renamed") == grade(drafts, tmp_path / "c", "--no-cache")


@pytest.mark.usefixtures("counting_scorer")
def test_a_second_run_loads_neither_numbers_nor_tables_nor_pages(drafts: Path, tmp_path: Path) -> None:
    grade(drafts, tmp_path / "first")
    code = (
        "import sys; from grader.cli import main; main(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'numpy', 'pandas', 'pyarrow', 'jinja2', 'leather', 'spacy'} & set(sys.modules)))"
    )
    command = ["grade", str(drafts), "--out", str(tmp_path / "second"), "--quiet"]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
