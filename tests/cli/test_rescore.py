"""`grader rescore`: the levels stand, what follows from them is made anew, and another measure is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import grader
from grader.cli import main

SMALL = Path(grader.__file__).parents[1] / "tests" / "rubric" / "small"
TEXT = "We begin in May, and start with one ward, because the nurses of that ward asked for it first of all."

pytestmark = pytest.mark.usefixtures("counting_scorer")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "small")
    return tmp_path / "small" / "rubric.yaml"


@pytest.fixture
def results(tmp_path: Path, rubric: Path) -> Path:
    (tmp_path / "plan.md").write_text(f"# Plan\n\n{TEXT}\n")
    done = run("grade", tmp_path / "plan.md", "--out", tmp_path / "out", "--rubric", rubric, "--kind", "plan",
               "--profile", "full", "--jobs", 1)  # fmt: skip
    assert done.exit_code == 0, done.output
    return tmp_path / "out"


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def the_result(folder: Path) -> dict[str, Any]:
    (line,) = (folder / "results.jsonl").read_text().splitlines()
    result: dict[str, Any] = json.loads(line)
    return result


def rescore(results: Path, rubric: Path, *options: object) -> Result:
    return run("rescore", results, "--out", results.with_name("new"), "--rubric", rubric, *options)


def test_other_weights_change_the_total_and_no_level(results: Path, rubric: Path) -> None:
    change(rubric, "dimensions: {timing: 1, people: 1}", "dimensions: {timing: 4, people: 1}")
    done = rescore(results, rubric, "--profile", "full")
    assert done.exit_code == 0, done.output
    old, new = the_result(results), the_result(results.with_name("new"))
    levels = {c["id"]: c["level"] for c in old["criteria"]}
    assert {c["id"]: c["level"] for c in new["criteria"]} == levels
    timing = 25 * (levels["T1"] + levels["T2"]) / 2
    assert new["total"] == pytest.approx((4 * timing + 25 * levels["P1"]) / 5, abs=0.05)
    assert [c["evidence"] for c in new["criteria"]] == [c["evidence"] for c in old["criteria"]]
    info = json.loads((results.with_name("new") / "run.json").read_text())
    assert info["models"] == json.loads((results / "run.json").read_text())["models"]
    assert (results.with_name("new") / "scores.csv").read_text().startswith("source,")


def test_feedback_and_next_steps_are_those_of_now(results: Path, rubric: Path) -> None:
    change(rubric, "No one is named., missing: a name, next_step: Name one.",
           "Nobody yet., missing: a role, next_step: Name a role.")  # fmt: skip
    assert rescore(results, rubric, "--profile", "full").exit_code == 0
    owner = the_result(results.with_name("new"))["criteria"][-1]
    assert (owner["level"], owner["missing"], owner["next_step"]) == (0, "a role", "Name a role.")
    assert owner["reason"].startswith("Nobody yet.")


def test_what_is_not_expected_any_more_loses_its_level(results: Path, rubric: Path) -> None:
    assert rescore(results, rubric).exit_code == 0  # the profile of the kind, which leaves T2 out
    states = {
        c["id"]: (c["state"], c["level"] is None) for c in the_result(results.with_name("new"))["criteria"]
    }
    assert states == {"T1": ("scored", False), "T2": ("not_expected", True), "P1": ("scored", False)}


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("description: Someone owns it.", "description: Some role owns it.", "P1"),
        ("Ann looks after the rota.", "Ann looks after the ward.", "all examples"),
        ("profile: short}", "profile: short, signals: {title: [plan]}}", "kinds"),
    ],
)
def test_another_measure_is_refused(results: Path, rubric: Path, before: str, after: str, named: str) -> None:
    change(rubric, before, after)
    done = rescore(results, rubric)
    assert done.exit_code == 2
    assert "grade the documents again" in done.output and f"({named})" in done.output
    assert not results.with_name("new").exists()


def test_results_that_do_not_say_what_was_measured_are_refused(results: Path, rubric: Path) -> None:
    (results / "run.json").unlink()
    assert rescore(results, rubric).exit_code == 2
    same = run("rescore", results, "--out", results, "--rubric", rubric)
    assert same.exit_code == 2 and "choose another folder" in same.output


def test_a_folder_that_was_graded_into_is_not_mixed_with(results: Path, rubric: Path, tmp_path: Path) -> None:
    graded = tmp_path / "graded"
    shutil.copytree(results, graded)
    (graded / "feedback").mkdir(exist_ok=True)
    before = (graded / "results.jsonl").read_bytes()
    done = run("rescore", results, "--out", graded, "--rubric", rubric)
    assert done.exit_code == 2
    assert "feedback of a run that graded; choose another folder" in done.output
    assert (graded / "results.jsonl").read_bytes() == before
