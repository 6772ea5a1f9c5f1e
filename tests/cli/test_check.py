"""`grader check` and `grader doctor`: what they print, and that they write nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import __version__
from grader.analysis import embedding
from grader.cli import main

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT)
    return path


@pytest.mark.usefixtures("counting_scorer")
def test_check_shows_findings_and_writes_nothing(draft: Path) -> None:
    result = run("check", draft)
    assert result.exit_code == 0, result.output
    assert "draft.md" in result.stdout and "of 100" in result.stdout
    assert [path.name for path in draft.parent.iterdir()] == ["draft.md"]


@pytest.mark.usefixtures("counting_scorer")
def test_check_json_is_one_line_of_the_contract(draft: Path) -> None:
    result = run("check", draft, "--format", "json", "--kind", "teardown")
    assert result.stdout.count("\n") == 1
    assert json.loads(result.stdout)["kind"] == {"name": "teardown", "confidence": 1.0}


@pytest.mark.usefixtures("counting_scorer")
def test_check_says_why_a_draft_has_no_score(tmp_path: Path) -> None:
    (tmp_path / "short.md").write_text("# Nothing yet\n")
    (tmp_path / "deck.pptx").write_bytes(b"PK\x03\x04 broken")
    short, broken = run("check", tmp_path / "short.md"), run("check", tmp_path / "deck.pptx")
    assert short.exit_code == broken.exit_code == 1
    assert "under 10 words" in short.stdout
    assert "deck.pptx" in broken.stdout


def test_check_of_a_missing_file_is_exit_2(tmp_path: Path) -> None:
    result = run("check", tmp_path / "no.md")
    assert result.exit_code == 2 and result.stderr.startswith("grader: ")


def test_doctor_finds_everything_in_place() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert embedding.MINILM_SHA256 in result.stdout and "nothing is missing" in result.stdout


def test_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = embedding.ModelStatus(name="all-MiniLM-L6-v2", ok=False, problem="weights are not there")
    monkeypatch.setattr(embedding, "model_status", lambda: (gone,))
    result = run("doctor")
    assert result.exit_code == 1
    assert "missing: all-MiniLM-L6-v2: weights are not there" in result.stderr


def test_version() -> None:
    assert run("--version").stdout == f"grader, version {__version__}\n"
