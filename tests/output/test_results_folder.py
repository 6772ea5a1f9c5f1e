"""The out folder: whole files, stable bytes, nothing of others touched."""

import csv
import json
import os
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.output import ResultsFolder, Unfinished, is_report
from grader.output.durable import write_atomically
from grader.pipeline import Settings, prepare
from grader.provenance import run_info
from grader.renderers.json_lines import from_line

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)

pytestmark = pytest.mark.usefixtures("counting_scorer")


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "cohort"
    (folder / "bo").mkdir(parents=True)
    (folder / "ann.md").write_text(DRAFT)
    (folder / "bo" / "prd.md").write_text(DRAFT.replace("nurses", "couriers"))
    (folder / "cy draft.md").write_text("# Too short\n")
    (folder / "dee.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


def opened(cohort: Path, out: Path, unfinished: Unfinished = "refuse") -> ResultsFolder:
    settings = Settings()
    batch = prepare([cohort], settings, leave_out=is_report)
    return ResultsFolder(out, batch, run_info(batch.rubric, settings), unfinished)


def graded_into(
    cohort: Path, out: Path, stop_after: int | None = None, unfinished: Unfinished = "refuse"
) -> ResultsFolder:
    with opened(cohort, out, unfinished) as results:
        lines = results.fill()
        for done in range(len(results)):
            if done == stop_after:
                raise KeyboardInterrupt
            next(lines)
    return results


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_folder_holds_what_the_contract_says(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    graded_into(cohort, out)
    files = content(out)
    reports = [name for name in files if name.startswith("feedback/")]
    assert set(files) - set(reports) == {
        "duplicates.csv",
        "index.html",
        "results.jsonl",
        "run.json",
        "scores.csv",
        "scores.parquet",
        "summary.md",
    }
    assert sorted(name for name in reports if "~" not in name) == [
        f"feedback/{name}.{suffix}"
        for name in ("ann.md", "bo__prd.md", "dee.docx")
        for suffix in ("html", "md")
    ]
    assert len(reports) == 2 * 4

    results = [from_line(line) for line in files["results.jsonl"].decode().splitlines()]
    assert [(r.source, r.status) for r in results] == [
        ("ann.md", "graded"),
        ("bo/prd.md", "graded"),
        ("cy draft.md", "not_scorable"),
        ("dee.docx", "skipped"),
    ]
    assert results[0].criteria[0].evidence[0].quote == "Shift swap"
    rows = list(csv.DictReader(files["scores.csv"].decode().splitlines()))
    assert [row["source"] for row in rows] == [r.source for r in results]
    assert rows[3]["total"] == "" and rows[0]["total"] != ""
    assert "feedback/bo__prd.md.html" in files["index.html"].decode()
    assert "Shift swap" in files["feedback/ann.md.md"].decode()


def test_run_json_says_what_was_graded_with_what(cohort: Path, tmp_path: Path) -> None:
    graded_into(cohort, tmp_path / "out")
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run["rubric_id"] == "decision-hygiene" and len(run["rubric_hash"]) == 64
    assert run["models"] == {"counting": "0" * 64}
    assert run["versions"]["pydantic"] and run["versions"]["python"]
    assert run["counts"] == {"graded": 2, "not_reached": 0, "not_scorable": 1, "skipped": 1}
    assert run["started"] <= run["finished"]


def test_the_same_input_gives_the_same_bytes_but_for_the_times(cohort: Path, tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    graded_into(cohort, once)
    results = opened(cohort, again)
    results.run = results.run.model_copy(update={"started": "2001-01-01T00:00:00+00:00"})
    with results:
        assert len(list(results.fill())) == 4
    first, second = content(once), content(again)
    assert first.pop("run.json") != second.pop("run.json")
    assert first == second


def test_a_later_run_replaces_results_and_drops_reports_of_documents_that_are_gone(
    cohort: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    graded_into(cohort, out)
    (out / "feedback" / "note.txt").write_text("mine")
    (out / "README.md").write_text("mine")
    (cohort / "ann.md").unlink()
    graded_into(cohort, out)
    files = content(out)
    assert "feedback/ann.md.html" not in files and "feedback/ann.md.md" not in files
    assert "feedback/bo__prd.md.html" in files
    assert files["feedback/note.txt"] == files["README.md"] == b"mine"
    assert len(files["results.jsonl"].splitlines()) == 3


def test_files_of_others_are_never_replaced(cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("my site")
    with pytest.raises(UsageError, match=r"index\.html.*choose another folder"):
        graded_into(cohort, tmp_path / "site")
    assert content(tmp_path / "site") == {"index.html": b"my site"}


def test_out_must_not_be_a_file(cohort: Path) -> None:
    with pytest.raises(UsageError, match="is a file"):
        graded_into(cohort, cohort / "ann.md")


def test_a_folder_that_cannot_be_written_is_one_clear_error(cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write"):
        graded_into(cohort, tmp_path / "file" / "out")


def test_an_interrupted_run_sums_up_what_was_done(cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    graded_into(cohort, out)
    with pytest.raises(KeyboardInterrupt):
        graded_into(cohort, out, stop_after=2)
    files = content(out)
    assert len(files["results.jsonl"].splitlines()) == 2
    assert sorted(name for name in files if name.startswith("feedback/")) == [
        f"feedback/{name}.{suffix}" for name in ("ann.md", "bo__prd.md") for suffix in ("html", "md")
    ]
    assert json.loads(files["run.json"])["counts"] == {"graded": 2, "not_reached": 2}
    assert not any(name.endswith(".partial") for name in files)
    assert ".grader-journal" in files


def test_a_run_interrupted_before_its_first_result_leaves_the_folder_alone(
    cohort: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    graded_into(cohort, out)
    before = content(out)
    with pytest.raises(KeyboardInterrupt):
        graded_into(cohort, out, stop_after=0)
    assert content(out) == before


def test_results_inside_the_submissions_are_not_graded(cohort: Path) -> None:
    graded_into(cohort, cohort / "results")
    again = graded_into(cohort, cohort / "results")
    assert len(again.summaries) == 4
    other = graded_into(cohort, cohort / "other")
    assert len(other.summaries) == 4


def test_a_submission_beside_the_results_is_graded(cohort: Path) -> None:
    graded_into(cohort, cohort / "results")
    (cohort / "results" / "late.md").write_text(DRAFT)
    assert len(graded_into(cohort, cohort / "results").summaries) == 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_strange_run_json_neither_blocks_nor_counts(tmp_path: Path) -> None:
    for name in ("pipe", "giant", "list", "deep"):
        (tmp_path / name).mkdir()
    os.mkfifo(tmp_path / "pipe" / "run.json")
    with (tmp_path / "giant" / "run.json").open("wb") as file:
        file.truncate(2**40)
    (tmp_path / "list" / "run.json").write_text("[1]")
    (tmp_path / "deep" / "run.json").write_text("[" * 100_000)
    for name in ("pipe", "giant", "list", "deep"):
        assert not is_report(tmp_path / name / "index.html")


def test_atomic_write_leaves_the_old_file_when_the_new_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new")
    assert path.read_text() == "old" and not list(tmp_path.glob(".*"))
