"""`grader rubric …` as a teacher uses it."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.rubric import load_rubric
from grader.schema import Rubric

SMALL = Path(__file__).parents[1] / "rubric/small/rubric.yaml"


class ExampleResult(NamedTuple):
    criterion: str
    index: int
    expected: int
    got: int


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rubric", *map(str, arguments)])


def rows(output: str) -> list[list[str]]:
    """Cells of the lines of plain tables."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in output.splitlines()]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A freshly started rubric."""
    file = tmp_path / "course.yaml"
    assert run("new", file).exit_code == 0
    return file


def scored_as(monkeypatch: pytest.MonkeyPatch, shift: dict[str, int]) -> None:
    """Lets every example get its own level, but those of some criteria `shift` levels more."""

    def leave_one_out(rubric: Rubric) -> tuple[ExampleResult, ...]:
        return tuple(
            ExampleResult(criterion.id, index, example.level, example.level + shift.get(criterion.id, 0))
            for criterion in rubric.criteria
            for index, example in enumerate(criterion.examples)
        )

    module = ModuleType("grader.scoring.examples")
    module.leave_one_out = leave_one_out  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_list_names_the_shipped_rubrics() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert rows(result.output)[1] == ["decision-hygiene", "1.0.0", "24", "Decision hygiene"]


def test_show_gives_criteria_kinds_and_weights() -> None:
    result = run("show", SMALL)
    assert result.exit_code == 0
    table = rows(result.output)
    assert ["T2", "End", "Timing", "yes", "1"] in table
    assert ["P1", "Owner", "People", "no", "1"] in table
    assert ["plan", "Plan", "short"] in table
    assert ["short", "3", "1", "T2"] in table
    assert f"Hash: {load_rubric(SMALL).hash}" in result.output


def test_output_is_plain_when_it_is_not_a_terminal() -> None:
    output = run("show", SMALL).output
    assert "\x1b" not in output
    assert not set("─━│┃╭") & set(output)
    assert all(line == line.rstrip() for line in output.splitlines())


def test_show_takes_the_default_rubric() -> None:
    assert run("show").output == run("show", "decision-hygiene").output


def test_explain_whatever_the_case() -> None:
    result = run("explain", "t2", "--rubric", SMALL)
    assert result.exit_code == 0
    for part in (
        "T2 End (Timing)",
        "Level 2, specific\n  The day.\n  Next step: Say what ends it.",
        "“No end date yet.”",
        "Not expected in\n- short: Plans are written before the end is known.",
    ):
        assert part in result.output


def test_explain_an_unknown_criterion_lists_the_known_ones() -> None:
    result = run("explain", "T22", "--rubric", SMALL)
    assert result.exit_code == 2
    assert "no criterion 'T22' in small; did you mean 'T2'? Known: T1, T2, P1" in result.stderr


def test_rubric_text_is_not_read_as_markup(tmp_path: Path, new: Path) -> None:
    text = new.read_text(encoding="utf-8").replace("Access needs named", "'[red]Access[/red] :smile: needs'")
    new.write_text(text, encoding="utf-8")
    assert "AC1 [red]Access[/red] :smile: needs" in run("explain", "AC1", "--rubric", new).output


def test_check_a_clean_rubric(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scored_as(monkeypatch, {"AC2": 1})
    result = run("check", new)
    assert result.exit_code == 0
    assert "No findings." in result.output
    assert rows(result.output)[-1] == ["all", "24", "50.0%", "100.0%"]
    assert "off" not in result.output


def test_check_shows_examples_that_are_far_off(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scored_as(monkeypatch, {"AC1": -2})
    result = run("check", new)
    assert result.exit_code == 1
    assert "More than 1 level off" in result.output
    assert any(row[:1] == ["AC1"] and "Accessibility: to be filled in by design." in row[-1]
               for row in rows(result.output))  # fmt: skip


def test_check_counts_by_dimension(monkeypatch: pytest.MonkeyPatch) -> None:
    scored_as(monkeypatch, {"P1": 1, "T2": 2})
    table = rows(run("check", SMALL).output)
    assert ["timing", "3", "66.7%", "66.7%"] in table
    assert ["people", "1", "0.0%", "100.0%"] in table
    assert ["all", "4", "50.0%", "75.0%"] in table


def test_check_without_examples_needs_no_scoring(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grader.scoring.examples", None)
    result = run("check", new, "--no-examples")
    assert result.exit_code == 0
    assert result.output == "course 0.1.0: 2 criteria, 24 examples\nNo findings.\n"


def test_check_reports_findings(new: Path) -> None:
    text = new.read_text(encoding="utf-8").replace(
        "next_step: List three tasks", "next_step: List suitable tasks"
    )
    new.write_text(text, encoding="utf-8")
    result = run("check", new, "--no-examples")
    assert result.exit_code == 1
    assert rows(result.output)[-1] == [
        "AC2", "warning", "vague-wording",
        "level 1: next_step says 'suitable'; say what can be seen on the page",
    ]  # fmt: skip


def test_check_a_broken_rubric(new: Path) -> None:
    new.write_text(new.read_text(encoding="utf-8").replace("looks_for:", "look_for:", 1), encoding="utf-8")
    result = run("check", new, "--no-examples")
    assert result.exit_code == 2
    assert result.stdout == ""
    line = result.stderr.rstrip("\n")
    assert "\n" not in line
    assert f"{new}:" in line
    assert "criteria[AC1].look_for: unknown key; did you mean 'looks_for'?" in line


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_rubric_is_one_line(command: str) -> None:
    result = run(command, "hygiene")
    assert result.exit_code == 2
    assert "no rubric 'hygiene'" in result.stderr
    assert "Traceback" not in result.output


def test_new_leaves_an_existing_file_alone(new: Path) -> None:
    new.write_text("mine", encoding="utf-8")
    result = run("new", new)
    assert result.exit_code == 2
    assert f"{new} exists already; choose another name" in result.stderr
    assert new.read_text(encoding="utf-8") == "mine"


def test_new_wants_a_yaml_name_and_a_folder_that_exists(tmp_path: Path) -> None:
    assert "ends in .yaml" in run("new", tmp_path / "course").stderr
    missing = run("new", tmp_path / "nowhere/course.yaml")
    assert missing.exit_code == 2
    assert "cannot be written (No such file or directory)" in missing.stderr


def test_schema_to_stdout_and_to_a_folder(tmp_path: Path) -> None:
    assert json.loads(run("schema").stdout)["title"] == "RubricFile"
    assert json.loads(run("schema", "--dimension").stdout)["title"] == "Dimension"
    assert run("schema", "--out", tmp_path).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dimension.schema.json", "rubric.schema.json"]


def test_a_criterion_without_examples_is_left_out_of_the_check(new: Path) -> None:
    text = new.read_text(encoding="utf-8")
    before, mark, after = text.rpartition("        examples:\n")
    rest = after.partition("\nkinds:")
    new.write_text(f"{before}        examples: []\n\nkinds:{rest[2]}", encoding="utf-8")
    result = run("check", new)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert mark and "Examples, each scored without itself" in result.output
