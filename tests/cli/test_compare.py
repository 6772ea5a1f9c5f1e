"""`grader compare`: drafts and results in, every format out, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.renderers.json_lines import to_line
from grader.schema import Assessment, CriterionScore, RunInfo

OLD = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)
NEW = (
    OLD + "\nAn error is caught by a fallback: a person approves each swap, and an outage pages the owner.\n"
)

pytestmark = pytest.mark.usefixtures("counting_scorer")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "v1.md", tmp_path / "v2.md"
    old.write_text(OLD)
    new.write_text(NEW)
    return old, new


def results(folder: Path, **levels: int) -> Path:
    """An out folder with one document per keyword argument, whose criteria all have that level."""
    folder.mkdir()
    run_info = RunInfo(program="1", rubric_id="r", rubric_version="1", rubric_hash="ab" * 32, started="2026")
    (folder / "run.json").write_text(run_info.model_dump_json(by_alias=True))
    lines = [to_line(assessment(f"{name}.md", level)) for name, level in levels.items()]
    (folder / "results.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return folder


def assessment(source: str, level: int) -> Assessment:
    score = CriterionScore(id="FM3", dimension="failure_modes", state="scored", level=level, reason="")
    total = 25.0 * level
    around = (max(total - 10, 0.0), min(total + 10, 100.0))
    return Assessment(
        source=source, status="graded", profile="prd", total=total, total_range=around, criteria=(score,)
    )


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    return results(tmp_path / "old", a=1, b=2, gone=1), results(tmp_path / "new", a=2, b=1, late=2)


def test_two_drafts_show_what_rose_and_write_nothing(drafts: tuple[Path, Path]) -> None:
    result = run("compare", *drafts)
    assert result.exit_code == 0, result.output
    assert "v1.md → v2.md" in result.stdout and "Rose" in result.stdout and "Fell" not in result.stdout
    assert "FM3 " in result.stdout and "\x1b" not in result.stdout
    assert sorted(path.name for path in drafts[0].parent.iterdir()) == ["v1.md", "v2.md"]


def test_the_same_draft_twice_has_no_change(drafts: tuple[Path, Path]) -> None:
    result = run("compare", drafts[0], drafts[0])
    assert result.exit_code == 0 and "±0" in result.stdout and "the same total" in result.stdout
    assert "Rose" not in result.stdout and "Fell" not in result.stdout


def test_two_runs_are_a_table_with_what_is_in_one_only(runs: tuple[Path, Path]) -> None:
    result = run("compare", *runs)
    assert result.exit_code == 0, result.output
    assert "a.md" in result.stdout and "b.md" in result.stdout
    assert (
        "25 (15–35) → 50 (40–60)" in result.stdout and "higher" in result.stdout and "lower" in result.stdout
    )
    assert "Only in the old one: gone.md" in result.stdout and "Only in the new one: late.md" in result.stdout
    assert "caution" not in result.stdout


def test_a_folder_and_its_results_file_are_the_same(runs: tuple[Path, Path]) -> None:
    files = [folder / "results.jsonl" for folder in runs]
    by_folder, by_file = (
        json.loads(run("compare", *paths, "--format", "json").stdout) for paths in (runs, files)
    )
    assert by_folder["documents"] == by_file["documents"] and by_folder["caveats"] == by_file["caveats"] == []


def test_a_draft_can_be_held_against_a_run(runs: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NEW)
    data = json.loads(run("compare", runs[0], tmp_path / "a.md", "--format", "json").stdout)
    assert [(d["old"]["name"], d["new"]["name"]) for d in data["documents"]] == [("a.md", "a.md")]
    assert data["only_old"] == ["b.md", "gone.md"]
    assert data["caveats"] and data["documents"][0]["verdict"] == "not_comparable"


def test_another_rubric_is_said_so(runs: tuple[Path, Path]) -> None:
    path = runs[1] / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"rubric_hash": "0" * 64}))
    result = run("compare", *runs)
    assert result.exit_code == 0
    assert "caution: The rubrics differ" in result.stdout
    assert "neither higher nor lower can be said" in result.stdout


@pytest.mark.parametrize("style", ["text", "json", "html", "markdown"])
def test_every_format_can_be_written_to_a_file(style: str, runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "comparison"
    result = run("compare", *runs, "--format", style, "--output", out)
    assert result.exit_code == 0 and result.stdout == ""
    assert "late.md" in out.read_text(encoding="utf-8")


def test_nothing_in_common_is_exit_1(tmp_path: Path, runs: tuple[Path, Path]) -> None:
    result = run("compare", runs[0], results(tmp_path / "other", x=1, y=2))
    assert result.exit_code == 1 and "No document is in both" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty", None, "holds no results.jsonl; grade it first"),
        ("bad.jsonl", "{}\n", "bad.jsonl:1: not a result of this version"),
        ("none.jsonl", "\n", "holds no results"),
        ("not-utf-8.jsonl", b"\xff", "cannot be read"),
        ("missing.jsonl", None, "holds no results.jsonl"),
        ("missing.md", None, "no such file"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_exit_2(
    name: str, content: str | bytes | None, said: str, drafts: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / name
    if name == "empty":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("compare", drafts[0], path)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith("grader: ") and said in result.stderr and result.stderr.count("\n") == 1


def test_a_broken_run_json_is_exit_2(runs: tuple[Path, Path]) -> None:
    (runs[0] / "run.json").write_text('{"program": 1}')
    result = run("compare", *runs)
    assert result.exit_code == 2 and "run.json" in result.stderr
