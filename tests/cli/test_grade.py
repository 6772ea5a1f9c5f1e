"""`grader grade`: options in, files, exit code and one-line errors out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)

pytestmark = pytest.mark.usefixtures("counting_scorer")


def grade(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["grade", "--jobs", "1", *map(str, arguments)])


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "cohort"
    folder.mkdir()
    for name in ("ann", "bo", "cy"):
        (folder / f"{name}.md").write_text(DRAFT)
    return folder


def test_all_graded_is_exit_0_with_a_table(cohort: Path, tmp_path: Path) -> None:
    result = grade(cohort, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "ann.md" in result.stdout and "3 graded" in result.stdout
    assert str(tmp_path / "out" / "index.html") in result.stdout
    assert "\x1b" not in result.output
    assert result.stderr == ""


def test_one_bad_file_is_exit_1_and_the_rest_is_graded(cohort: Path, tmp_path: Path) -> None:
    (cohort / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    (cohort / "photo.png").write_bytes(b"\x89PNG")
    result = grade(cohort, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "3 graded, 1 skipped" in result.stdout
    assert "Left out, no documents: 1" in result.stdout
    assert len((tmp_path / "out" / "results.jsonl").read_text().splitlines()) == 4


def test_a_total_under_the_bar_is_exit_1(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    grade(cohort, "--out", out)
    lowest = min(json.loads(line)["total"] for line in (out / "results.jsonl").read_text().splitlines())
    assert lowest > 0
    assert grade(cohort, "--out", out, "--fail-under", lowest).exit_code == 0
    assert grade(cohort, "--out", out, "--fail-under", lowest + 0.1).exit_code == 1


def test_json_prints_the_lines_of_the_results(cohort: Path, tmp_path: Path) -> None:
    result = grade(cohort, "--out", tmp_path / "out", "--format", "json")
    assert result.stdout == (tmp_path / "out" / "results.jsonl").read_text()


def test_quiet_prints_nothing(cohort: Path, tmp_path: Path) -> None:
    result = grade(cohort, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--kind", "novel"], "case_study"),
        (["--profile", "strict"], "full"),
        (["--rubric", "decision-hygine"], "decision-hygiene"),
        (["--rubric", "missing.yaml"], "missing.yaml"),
    ],
)
def test_unknown_names_are_one_line_that_lists_the_known(
    cohort: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    result = grade(cohort, "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("grader: ") and result.stderr.count("\n") == 1
    assert words in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--jobs", "0"], ["--jobs", "many"], ["--fail-under", "101"], ["--format", "xml"], ["--nope"]],
)
def test_wrong_options_are_exit_2(cohort: Path, tmp_path: Path, arguments: list[str]) -> None:
    assert grade(cohort, "--out", tmp_path / "out", *arguments).exit_code == 2


def test_a_missing_path_or_out_is_exit_2(cohort: Path, tmp_path: Path) -> None:
    missing = grade(tmp_path / "nowhere", "--out", tmp_path / "out")
    assert missing.exit_code == 2 and "nowhere" in missing.stderr
    assert grade(cohort).exit_code == 2
    assert grade("--out", tmp_path / "out").exit_code == 2


def test_an_error_message_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = grade(tmp_path / "\x1b[2Jgone\nforged: line", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr and result.stderr.count("\n") == 1


def test_nothing_in_a_submission_configures_the_run(cohort: Path, tmp_path: Path) -> None:
    plain = grade(cohort, "--out", tmp_path / "plain", "--format", "json").stdout
    (cohort / "pyproject.toml").write_text("[tool.grader]\nrubric = 'mine.yaml'\n")
    (cohort / "decision-hygiene.yaml").write_text("id: mine\n")
    (cohort / "grader.toml").write_text("fail_under = 0\n")
    assert grade(cohort, "--out", tmp_path / "configured", "--format", "json").stdout == plain


def test_results_of_an_earlier_run_are_left_out_and_said_so(cohort: Path) -> None:
    grade(cohort, "--out", cohort / "out")
    result = grade(cohort, "--out", cohort / "again")
    assert "3 graded" in result.stdout
    assert "results of an earlier run: 8" in result.stdout  # three reports in two formats, and the index


def test_results_of_others_are_not_replaced(cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "scores.csv").write_text("mine")
    result = grade(cohort, "--out", tmp_path / "out")
    assert result.exit_code == 2 and "scores.csv" in result.stderr
    assert (tmp_path / "out" / "scores.csv").read_text() == "mine"


def test_a_path_that_the_system_refuses_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A")
    for arguments in (["check", "x" * 300], ["grade", str(tmp_path), "--out", "y" * 300]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 2, done.exception
        assert done.output.count("\n") == 1 and "File name too long" in done.output
