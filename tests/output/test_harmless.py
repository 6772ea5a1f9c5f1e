"""Hostile names and contents through the real command: nothing that is written can harm the one who opens it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.robustness_cases import markup, names
from benchmarks.robustness_cases.case import NOT_A_RESULT, SHORT, Case
from benchmarks.robustness_cases.outputs import findings, page_findings, steering, table_findings
from grader.cli import main

CASES = [*names.cases(), *markup.cases()]


def made(cases: list[Case], folder: Path) -> list[Case]:
    """Those that this file system can hold."""
    found = []
    for case in cases:
        try:
            case.write(folder)
        except (OSError, UnicodeError):
            continue
        found.append(case)
    return found


@pytest.fixture
def graded(tmp_path: Path, counting_scorer: type) -> tuple[list[Case], Path, Result]:
    cases = made(CASES, tmp_path / "submissions-of-ann")
    arguments = ["grade", str(tmp_path / "submissions-of-ann"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    return cases, tmp_path / "out", CliRunner().invoke(main, arguments)


def test_hostile_names_and_contents_give_a_result_each_and_harm_nobody(
    graded: tuple[list[Case], Path, Result], tmp_path: Path
) -> None:
    cases, out, result = graded
    assert result.exit_code == 0
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = sorted(case.source for case in cases if case.outcome != NOT_A_RESULT)
    assert sorted(json.loads(line)["source"] for line in lines) == wanted
    assert len({path.name.casefold() for path in (out / "feedback").glob("*.html")}) == len(wanted)
    assert list(findings(out, [str(tmp_path), "submissions-of-ann"])) == []
    assert list(steering(result.stdout)) == [] and list(steering(result.stderr)) == []


def test_the_table_of_a_terminal_has_one_line_end_per_row(graded: tuple[list[Case], Path, Result]) -> None:
    _, _, result = graded
    assert "\r" not in result.stdout and "\x0b" not in result.stdout
    assert "INFO 150 graded" not in [line.strip() for line in result.stdout.splitlines()]


def test_json_lines_on_stdout_stay_lines(tmp_path: Path, counting_scorer: type) -> None:
    cases = made([case for case in CASES if case.group == "markup"], tmp_path / "in")
    arguments = [
        "grade",
        str(tmp_path / "in"),
        "--out",
        str(tmp_path / "out"),
        "--format",
        "json",
        "--jobs",
        "1",
    ]
    result = CliRunner().invoke(main, arguments)
    assert len(result.stdout.splitlines()) == len(cases)
    assert list(steering(result.stdout)) == []
    assert all(json.loads(line) for line in result.stdout.split("\n") if line)


@pytest.mark.parametrize("name", ["\x1b[31mno.yaml", "no\nsuch.yaml", "\u202eno.yaml"])
def test_an_error_is_one_harmless_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SHORT)
    arguments = ["grade", str(tmp_path), "--out", str(tmp_path / "out"), "--rubric", name]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert list(steering(result.stderr)) == []


@pytest.mark.parametrize(
    "text, word",
    [
        ("a\x1b[0m", "control"),
        ("\u202ea", "direction"),
        ("a\rb", "control"),
    ],
)
def test_the_check_sees_what_steers(text: str, word: str) -> None:
    assert word in next(steering(text))


def test_the_check_sees_formulas_in_tables() -> None:
    assert len(list(table_findings('a,b\n=1+1,"+2"\n-1.5,x\n'))) == 2


@pytest.mark.parametrize(
    "page, word",
    [
        ("<p>no policy</p>", "no policy"),
        ("<script>alert(1)</script>", "does not name"),
        ('<img src="http://127.0.0.1/a.png">', "leads to"),
        ('<a href="javascript:alert(1)">x</a>', "leads to"),
        ('<p onclick="x()">x</p>', "has onclick"),
        ("<iframe></iframe>", "iframe"),
    ],
)
def test_the_check_sees_what_acts_in_a_page(page: str, word: str) -> None:
    assert any(word in line for line in page_findings(page))
