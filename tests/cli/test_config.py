"""Settings from a file: what goes before what, where they come from, and that no submission has a say."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.cli.configured import ConfiguredCommand
from grader.configuration.settings import SECTIONS, keys_for

DRAFT = "# Shift swap\n\nWe compared two alternatives with doing nothing, because nurses wait 4 hours for an answer.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def shown(*arguments: object) -> dict[str, tuple[object, str]]:
    result = run("config", "show", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {each["key"]: (each["value"], each["from"]) for each in json.loads(result.stdout)["settings"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a draft in a folder of its own."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/plan.md").write_text(DRAFT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_is_an_option_of_its_command(section: str) -> None:
    command = main.commands[section]
    assert isinstance(command, ConfiguredCommand)
    options = {
        opt.removeprefix("--") for p in command.params if isinstance(p, click.Option) for opt in p.opts
    }
    only_for_many = {"jobs"} if section == "check" else set()
    assert set(keys_for(section)) - options == only_for_many


def test_command_line_before_file_before_default(folder: Path) -> None:
    (folder / "grader.toml").write_text(
        'kind = "prd"\nprofile = "full"\n\n[check]\nmin-level = { FM3 = 3 }\nselect = ["FM", "TO2"]\n'
    )
    settings = shown("check", "drafts/plan.md", "--kind", "memo")
    assert settings["kind"] == ("memo", "command line")
    assert settings["profile"] == ("full", "grader.toml:2")
    assert settings["check.min-level"] == (["FM3=3"], "grader.toml:5")
    assert settings["check.select"] == (["FM", "TO2"], "grader.toml:6")
    assert settings["rubric"] == ("decision-hygiene", "default")
    assert settings["check.fail-under"] == (None, "default")


def test_check_looks_beside_the_draft_and_grade_where_it_works(folder: Path) -> None:
    (folder / "drafts/grader.toml").write_text('kind = "memo"')
    assert shown("check", "drafts/plan.md")["kind"] == ("memo", "drafts/grader.toml:1")
    assert shown("grade", "drafts")["kind"] == (None, "default")
    assert shown("check", "drafts/plan.md", "--no-config")["kind"] == (None, "default")
    named = shown("grade", "drafts", "--config", "drafts/grader.toml")
    assert named["kind"] == ("memo", "drafts/grader.toml:1")


def test_without_a_command_every_setting_is_shown(folder: Path) -> None:
    (folder / "grader.toml").write_text("jobs = 2\n[grade]\nfail-under = 40\n")
    result = run("config", "show")
    rows = [line.split() for line in result.stdout.splitlines()[2:]]
    assert result.stdout.splitlines()[0] == f"Configuration: {folder}/grader.toml"
    assert ["jobs", "2", "grader.toml:1"] in rows and ["grade.fail-under", "40.0", "grader.toml:3"] in rows
    assert {row[0] for row in rows[1:]} == {key for section in SECTIONS for key in keys_for(section).values()}


def test_drafts_under_different_files_are_refused(folder: Path) -> None:
    (folder / "drafts/grader.toml").write_text("")
    (folder / "other.md").write_text(DRAFT)
    result = run("check", "drafts/plan.md", "other.md")
    assert result.exit_code == 2
    assert result.stderr == (
        "grader: the drafts fall under different settings (drafts/grader.toml and none); name one with --config\n"
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ("kind = ", "grader.toml: not valid TOML"),
        ('kind = "nope"', "grader.toml:1: kind nope: not in this rubric"),
        ('[check]\nformat = "xml"', "grader.toml:2: check.format: 'xml' is not one of"),
        ('[check]\nignore = ["FM99"]', "grader.toml:2: ignore FM99: no criterion or dimension"),
        ('[check]\nbaseline = "gone.json"', "grader.toml:2: baseline "),
        ("memory-limit = 1", "grader.toml:1: memory-limit: 1 is not in the range"),
    ],
)
def test_a_bad_setting_names_its_place_and_ends_before_any_work(folder: Path, text: str, said: str) -> None:
    (folder / "drafts/grader.toml").write_text(text)
    result = run("check", "drafts/plan.md")
    assert result.exit_code == 2
    assert said in result.stderr and result.stderr.count("\n") == 1


def test_help_needs_no_sound_configuration(folder: Path) -> None:
    (folder / "grader.toml").write_text("broken =")
    assert run("grade", "--help").exit_code == 0
    assert run("grade", "drafts", "--out", "out").exit_code == 2


def test_show_refuses_what_the_command_would_refuse(folder: Path) -> None:
    assert run("config", "show", "doctor").exit_code == 2
    assert run("config", "show", "check", "--no-such-option").exit_code == 2
    assert run("config", "show", "check", "--fail-under", "400").exit_code == 2


@pytest.mark.usefixtures("counting_scorer")
def test_a_submission_has_no_say_in_how_it_is_graded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = folder / "drafts/grader.toml"
    planted.write_text('kind = "teardown"\n[grade]\nfail-under = 100\n')
    from_above = run("grade", "drafts", "--out", "out", "--jobs", "1", "--format", "json")
    monkeypatch.chdir(folder / "drafts")
    from_within = run("grade", ".", "--out", "../out2", "--jobs", "1", "--format", "json")
    (draft,) = Path().glob("*.md")
    by_name = run("grade", draft, "--out", "../out4", "--jobs", "1", "--format", "json")
    for result in (from_above, from_within, by_name):
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["kind"]["name"] == "prd"
    assert "grader.toml lies among the submissions and is not used" in from_within.stderr
    assert "grader.toml lies among the submissions and is not used" in by_name.stderr
    named = run("grade", ".", "--out", "../out3", "--jobs", "1", "--format", "json", "--config", planted)
    assert named.exit_code == 1
    assert json.loads(named.stdout)["kind"] == {"name": "teardown", "confidence": 1.0}


@pytest.mark.usefixtures("counting_scorer")
def test_settings_of_the_working_folder_apply_to_grade(folder: Path) -> None:
    (folder / "grader.toml").write_text('kind = "teardown"\njobs = 1\n[grade]\nformat = "json"\n')
    result = run("grade", "drafts", "--out", "out")
    assert json.loads(result.stdout)["kind"]["name"] == "teardown"
    run_json = json.loads((folder / "out/run.json").read_text())
    assert run_json["settings"]["kind"] == "teardown"
