"""A configuration file is typed settings with their lines, or one line that says what is wrong where."""

from pathlib import Path

import pytest

from grader.configuration import load_configuration
from grader.errors import ConfigurationError

WHOLE = """\
rubric = "rubrics/ours.yaml"
kind = "prd"
jobs = 2

[grade]
fail-under = 40

[check]
select = ["FM", "TO2"]
min-level = { FM3 = 3 }
format = "json"
baseline = "old.json"
"""


def write(folder: Path, text: str, name: str = "grader.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def error_of(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(path)
    return str(caught.value)


def test_what_a_file_gives_to_each_command(tmp_path: Path) -> None:
    configuration = load_configuration(write(tmp_path, WHOLE))
    check, grade = configuration.given("check"), configuration.given("grade")
    assert {key: each.value for key, each in grade.items()} == {
        "rubric": str(tmp_path / "rubrics/ours.yaml"),
        "kind": "prd",
        "jobs": 2,
        "fail-under": 40,
    }
    assert check["select"].value == ("FM", "TO2") and check["min-level"].value == {"FM3": 3}
    assert check["baseline"].value == str(tmp_path / "old.json")
    assert "fail-under" not in check and "select" not in grade
    assert (check["format"].key, check["format"].place) == ("check.format", f"{tmp_path}/grader.toml:11")


def test_the_id_of_a_rubric_is_no_path(tmp_path: Path) -> None:
    given = load_configuration(write(tmp_path, 'rubric = "decision-hygiene"')).given("check")
    assert given["rubric"].value == "decision-hygiene"


def test_our_table_of_a_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "site"\n\n[tool.grader]\nkind = "prd"\n\n[tool.grader.check]\nignore = []\n'
    given = load_configuration(write(tmp_path, text, "pyproject.toml")).given("check")
    assert {key: each.value for key, each in given.items()} == {"kind": "prd", "ignore": ()}
    assert given["kind"].place.endswith("pyproject.toml:5")


@pytest.mark.parametrize(
    "text, said",
    [
        (f"jobs = {'9' * 5000}\n", "grader.toml: not valid TOML: Exceeds the limit"),
        ("kind = \n", "grader.toml: not valid TOML: Invalid value (at line 1, column 8)"),
        (
            "\nkinds = 1",
            "grader.toml:2: kinds: unknown key; did you mean 'kind'? Known: rubric, profile, kind,",
        ),
        (
            "[check]\nselct = []",
            "grader.toml:2: check.selct: unknown key; did you mean 'select'? Known: select,",
        ),
        ("[chck]\nselect = []", "grader.toml:1: chck: unknown key; did you mean 'check'?"),
        ('model = "x"', "grader.toml:1: model: unknown key"),
        ("kind = 3", "grader.toml:1: kind: expected text in quotes, found 3"),
        ("jobs = 0", 'grader.toml:1: jobs: expected a whole number from 1, or "auto", found 0'),
        ("jobs = true", 'grader.toml:1: jobs: expected a whole number from 1, or "auto", found true'),
        ("check = 3", "grader.toml:1: check: expected a table with select, ignore,"),
        ('[check]\nselect = "FM"', "grader.toml:2: check.select: expected a list such as"),
        ("[check]\nselect = [3]", "grader.toml:2: check.select: expected text in quotes, found 3"),
        ("[check]\nmin-level = { FM3 = 9 }", "grader.toml:2: check.min-level: expected a level from 0 to 4"),
        ("[check.min-level]\nFM3 = 1.5", "grader.toml:1: check.min-level: expected a level from 0 to 4"),
        ("[grade]\nfail-under = 101", "grader.toml:2: grade.fail-under: expected 100 or less, found 101"),
        ("[grade]\nfail-under = nan", "grader.toml:2: grade.fail-under:"),
        ("kind = 2026-01-01\njobs = 1.5", "grader.toml:2: jobs: expected a whole number"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    message = error_of(write(tmp_path, text))
    assert said in message and "\n" not in message


def test_files_that_are_none(tmp_path: Path) -> None:
    assert "no such file" in error_of(tmp_path / "missing.toml")
    assert "no such file" in error_of(tmp_path)
    assert "has no [tool.grader]" in error_of(write(tmp_path, "[project]\n", "pyproject.toml"))
    latin = tmp_path / "grader.toml"
    latin.write_bytes(b"# caf\xc3\xa9\nkind = 'caf\xe9'\n")
    assert "grader.toml:2: not UTF-8" in error_of(latin)
    latin.write_bytes(b"#" * 1_000_001)
    assert "larger than" in error_of(latin)
    latin.write_text("a = " + "[" * 5000)
    assert "\n" not in error_of(latin)
