"""What `--resume` takes over, what it grades again, and what it refuses."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from known import DRAFT, FACTS, KnownBatch, Scorer, content, known_batch, opened, stopped_after, written

from grader.errors import UsageError
from grader.output import ResultsFolder, is_results_folder
from grader.pipeline import Settings

JOURNAL = ".grader-journal"


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "cohort"
    (folder / "bo").mkdir(parents=True)
    (folder / "ann.md").write_text(DRAFT)
    (folder / "bo" / "ann.md").write_text(DRAFT)
    (folder / "cy.md").write_text(DRAFT.replace("nurses", "couriers"))
    (folder / "dee.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture
def batch(cohort: Path, counting_scorer: Scorer) -> KnownBatch:
    return known_batch(cohort, counting_scorer)


@pytest.fixture
def whole(batch: KnownBatch, tmp_path: Path) -> dict[str, bytes]:
    """What a run that was never stopped leaves."""
    written(batch, tmp_path / "whole")
    return content(tmp_path / "whole")


@pytest.mark.parametrize("done", range(1, 5))
def test_a_stopped_run_goes_on_where_it_was(
    done: int, batch: KnownBatch, whole: dict[str, bytes], tmp_path: Path
) -> None:
    stopped_after(done, batch, tmp_path / "out")
    results = written(batch, tmp_path / "out", "continue")
    assert results.resumed == done
    assert content(tmp_path / "out") == whole


def test_twins_keep_a_result_each(batch: KnownBatch, tmp_path: Path) -> None:
    stopped_after(3, batch, tmp_path / "out")
    written(batch, tmp_path / "out", "continue")
    lines = (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    results = [json.loads(line) for line in lines]
    twins = [result for result in results if result["source"].endswith("ann.md")]
    assert [twin["source"] for twin in twins] == ["ann.md", "bo/ann.md"]
    assert twins[0]["sha256"] == twins[1]["sha256"]
    assert len(list((tmp_path / "out" / "feedback").glob("*ann.md*.html"))) == 2


def test_the_time_of_the_first_start_is_kept(batch: KnownBatch, tmp_path: Path) -> None:
    first = opened(batch, tmp_path / "out")
    first.run = first.run.model_copy(update={"started": "2001-01-01T00:00:00+00:00"})
    with pytest.raises(UsageError), first:
        next(first.fill())
        raise UsageError("stopped")
    written(batch, tmp_path / "out", "continue")
    assert json.loads((tmp_path / "out" / "run.json").read_text())["started"].startswith("2001")


def test_an_edited_document_is_graded_again(
    batch: KnownBatch, cohort: Path, counting_scorer: Scorer, tmp_path: Path
) -> None:
    stopped_after(3, batch, tmp_path / "out")
    (cohort / "bo" / "ann.md").write_text(DRAFT.replace("nurses", "drivers"))
    changed = known_batch(cohort, counting_scorer)
    results = written(changed, tmp_path / "out", "continue")
    assert results.resumed == 2
    written(changed, tmp_path / "anew")
    assert content(tmp_path / "out") == content(tmp_path / "anew")
    assert any("drivers" in path.read_text() for path in (tmp_path / "out" / "feedback").glob("bo*.html"))


def test_documents_that_came_and_went_are_as_in_a_run_begun_now(
    batch: KnownBatch, cohort: Path, counting_scorer: Scorer, tmp_path: Path
) -> None:
    stopped_after(3, batch, tmp_path / "out")
    (cohort / "ann.md").unlink()
    (cohort / "aaa.md").write_text(DRAFT + "One more.\n")
    changed = known_batch(cohort, counting_scorer)
    written(changed, tmp_path / "out", "continue")
    written(changed, tmp_path / "anew")
    assert content(tmp_path / "out") == content(tmp_path / "anew")


def test_a_page_that_was_changed_or_lost_is_written_again(
    batch: KnownBatch, whole: dict[str, bytes], tmp_path: Path
) -> None:
    stopped_after(3, batch, tmp_path / "out")
    (tmp_path / "out" / "feedback" / "ann.md.html").write_text("scribbled")
    (tmp_path / "out" / "feedback" / "cy.md.md").unlink()
    assert written(batch, tmp_path / "out", "continue").resumed == 1
    assert content(tmp_path / "out") == whole


def test_members_of_an_archive_are_kept_until_the_archive_changes(
    cohort: Path, counting_scorer: Scorer, tmp_path: Path
) -> None:
    def pack(text: str) -> None:
        with zipfile.ZipFile(cohort / "a.zip", "w") as archive:
            archive.writestr("one.md", text)

    pack(DRAFT)
    batch = known_batch(cohort, counting_scorer)
    stopped_after(1, batch, tmp_path / "out")
    with pytest.raises(UsageError), opened(batch, tmp_path / "out", "continue") as results:
        assert results.resumed == 1
        raise UsageError("seen")
    pack(DRAFT.replace("4 hours", "5 hours"))
    with pytest.raises(UsageError), opened(batch, tmp_path / "out", "continue") as results:
        assert results.resumed == 0
        raise UsageError("seen")


@pytest.mark.parametrize("damage", ["torn", "flipped", "garbage"])
def test_a_damaged_journal_keeps_what_stands_before_the_damage(
    damage: str, batch: KnownBatch, whole: dict[str, bytes], tmp_path: Path
) -> None:
    stopped_after(3, batch, tmp_path / "out")
    path = tmp_path / "out" / JOURNAL
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 4
    if damage == "torn":
        lines[3] = lines[3][: len(lines[3]) // 2]
    elif damage == "flipped":
        lines[3] = lines[3].replace(b"cy.md", b"cz.md")
    else:
        lines.insert(3, b"\x00" * 4096 + b"\n")
    path.write_bytes(b"".join(lines))
    assert written(batch, tmp_path / "out", "continue").resumed == 2
    assert content(tmp_path / "out") == whole


def test_an_unfinished_run_is_not_lost_without_being_asked(batch: KnownBatch, tmp_path: Path) -> None:
    stopped_after(2, batch, tmp_path / "out")
    before = content(tmp_path / "out")
    with pytest.raises(UsageError, match=r"unfinished run \(2 of 4 .*--resume.*--restart"):
        written(batch, tmp_path / "out")
    assert content(tmp_path / "out") == before


def test_restart_begins_again(batch: KnownBatch, whole: dict[str, bytes], tmp_path: Path) -> None:
    stopped_after(2, batch, tmp_path / "out")
    assert written(batch, tmp_path / "out", "restart").resumed == 0
    assert content(tmp_path / "out") == whole


def test_restart_drops_the_pages_of_the_run_that_was_given_up(
    batch: KnownBatch, cohort: Path, counting_scorer: Scorer, tmp_path: Path
) -> None:
    stopped_after(2, batch, tmp_path / "out")
    (cohort / "ann.md").unlink()
    written(known_batch(cohort, counting_scorer), tmp_path / "out", "restart")
    assert not (tmp_path / "out" / "feedback" / "ann.md.html").exists()


def test_with_nothing_to_go_on_with_everything_is_graded(
    batch: KnownBatch, whole: dict[str, bytes], tmp_path: Path
) -> None:
    for _ in range(2):
        assert written(batch, tmp_path / "out", "continue").resumed == 0
        assert content(tmp_path / "out") == whole


@pytest.mark.parametrize(
    "settings, word", [(Settings(profile="full"), "profile"), (Settings(kind="prd"), "settings")]
)
def test_a_run_with_other_settings_is_refused_in_one_line(
    settings: Settings, word: str, batch: KnownBatch, tmp_path: Path
) -> None:
    stopped_after(2, batch, tmp_path / "out")
    before = content(tmp_path / "out")
    with pytest.raises(UsageError, match=f"made with other .*{word}") as error:
        written(replace(batch, settings=settings), tmp_path / "out", "continue")
    assert "\n" not in str(error.value)
    assert content(tmp_path / "out") == before


def test_another_rubric_or_program_is_refused(
    batch: KnownBatch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_after(2, batch, tmp_path / "out")
    other = batch.rubric.model_copy(update={"hash": "1" * 64})
    with pytest.raises(UsageError, match="made with other rubric;"):
        written(replace(batch, rubric=other), tmp_path / "out", "continue")
    monkeypatch.setattr("grader.output.resume.program_hash", lambda: "2" * 64)
    with pytest.raises(UsageError, match="made with other version of grader;"):
        written(batch, tmp_path / "out", "continue")


def test_another_model_is_refused_before_anything_is_written(batch: KnownBatch, tmp_path: Path) -> None:
    stopped_after(2, batch, tmp_path / "out")
    before = content(tmp_path / "out")
    facts = replace(FACTS, models={"counting": "1" * 64})
    outcomes = {source: replace(graded, scorer=facts) for source, graded in batch.outcomes.items()}
    with pytest.raises(UsageError, match="other models"):
        written(replace(batch, outcomes=outcomes), tmp_path / "out", "continue")
    assert content(tmp_path / "out") == before


def test_a_second_run_into_the_same_folder_is_refused_in_one_line(batch: KnownBatch, tmp_path: Path) -> None:
    with opened(batch, tmp_path / "out") as results:
        lines = results.fill()
        next(lines)
        with pytest.raises(UsageError, match="another run is writing there"):
            written(batch, tmp_path / "out", "continue")
        assert len(list(lines)) == 3
    written(batch, tmp_path / "out")  # the lock is gone


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_the_lock_goes_with_a_killed_process(batch: KnownBatch, tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from grader.output.durable import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    (tmp_path / "out").mkdir()
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "out")], check=False)
    assert done.returncode == -9 and (tmp_path / "out" / ".grader.lock").exists()
    written(batch, tmp_path / "out")
    assert not (tmp_path / "out" / ".grader.lock").exists()


def test_a_folder_made_for_nothing_goes_again(batch: KnownBatch, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), opened(batch, tmp_path / "out"):
        raise KeyboardInterrupt
    assert not (tmp_path / "out").exists()


def test_a_planted_link_is_never_written_through(batch: KnownBatch, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    for name in (".results.jsonl.partial", ".run.json.partial", ".grader.lock", JOURNAL):
        (out / name).symlink_to(victim)
    with pytest.raises(UsageError):
        written(batch, out)
    (out / ".grader.lock").unlink()
    with pytest.raises(UsageError):
        written(batch, out)
    (out / JOURNAL).unlink()
    written(batch, out)
    assert victim.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_place_of_the_journal_does_not_hold_up(batch: KnownBatch, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / JOURNAL)
    with pytest.raises(UsageError):
        written(batch, tmp_path / "out", "continue")


def test_the_folder_is_known_as_ours_from_the_first_write(batch: KnownBatch, tmp_path: Path) -> None:
    stopped_after(1, batch, tmp_path / "out")
    assert is_results_folder(tmp_path / "out")


def test_what_is_kept_in_memory_does_not_grow_with_texts(batch: KnownBatch, tmp_path: Path) -> None:
    results: ResultsFolder = written(batch, tmp_path / "out")
    scores = [score for kept in results.summaries for score in kept.criteria]
    assert len(scores) > 40
    assert not any(score.reason or score.next_step or score.missing or score.evidence for score in scores)
