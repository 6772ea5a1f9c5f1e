"""Hostile readers in the real processes: each costs its own document, is named, and the next one is read."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.reading import ReadAhead, ReadingProcess
from grader.schema import Assessment, Document, Limits
from grader.submissions import Submission, scan

HOSTILE = [sys.executable, str(Path(__file__).with_name("hostile_server.py"))]
LIMITS = Limits(memory_mib=256, output_mib=1)
HURRIED = Limits(seconds=2, memory_mib=256, output_mib=1)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the limits are those of POSIX systems")


def written(folder: Path, text: str, name: str = "a.txt") -> Submission:
    (folder / name).write_text(text)
    return Submission(name, folder / name)


@pytest.fixture(scope="module")
def hostile() -> Iterator[ReadingProcess]:
    with ReadingProcess(LIMITS, HOSTILE) as process:
        yield process


@pytest.mark.parametrize("does", ["hang", "spin"])
def test_what_takes_too_long_is_given_up(tmp_path: Path, does: str) -> None:
    with ReadingProcess(HURRIED, HOSTILE) as process:
        outcome = process.read(written(tmp_path, does))
        assert isinstance(outcome, Assessment) and outcome.reason is not None
        assert outcome.reason.code == "timeout"
        assert "2 s" in outcome.reason.text and "--time-limit" in outcome.reason.text
        assert isinstance(process.read(written(tmp_path, "an honest text", "b.txt")), Document)


@pytest.mark.parametrize(
    "does, code, words",
    [
        ("allocate", "out_of_memory", "256 MiB"),
        ("flood", "too_much_text", "1 MiB"),
        ("segfault", "reader_crashed", "signal 11"),
        ("abort", "reader_crashed", "signal 6"),
        ("leave", "reader_crashed", "no sensible answer"),
        ("leave_with_a_code", "reader_crashed", "exit code 3"),
        ("answer_for_the_server", "reader_crashed", "no sensible answer"),
        ("end_the_server", "reader_crashed", "ended"),
        ("recurse", "too_deep", "nested"),
        ("refuse", "damaged", "damaged"),
        ("defect", "crashed", "IndexError in hostile_server.py"),
        ("write_file", "crashed", "may not do this"),
        ("connect", "crashed", "may not do this"),
        ("start_process", "crashed", "may not do this"),
        ("read_other_file", "crashed", "may not do this"),
    ],
)
def test_what_a_reader_does_is_the_outcome_of_its_document(
    hostile: ReadingProcess, tmp_path: Path, does: str, code: str, words: str
) -> None:
    outcome = hostile.read(written(tmp_path, does))
    assert isinstance(outcome, Assessment) and outcome.reason is not None
    assert (outcome.status, outcome.source, outcome.reason.code) == ("skipped", "a.txt", code)
    assert words in outcome.reason.text and "\n" not in outcome.reason.text
    after = hostile.read(written(tmp_path, "an honest text", "b.txt"))
    assert isinstance(after, Document) and after.blocks[0].text == "an honest text"
    assert not Path("written-by-a-reader").exists()


def test_the_hash_is_known_even_where_reading_fails(hostile: ReadingProcess, tmp_path: Path) -> None:
    import hashlib

    outcome = hostile.read(written(tmp_path, "segfault"))
    assert outcome.sha256 == hashlib.sha256(b"segfault").hexdigest()


def test_what_a_reader_prints_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with ReadingProcess(LIMITS, HOSTILE) as process:
        assert isinstance(process.read(written(tmp_path, "print_much")), Document)
    assert capfd.readouterr() == ("", "")


def test_a_batch_keeps_its_order_around_what_fails(tmp_path: Path) -> None:
    texts = ["one", "segfault", "two", "leave", "three", "hang", "four", "five"]
    submissions = [written(tmp_path, text, f"{n}.txt") for n, text in enumerate(texts)]
    for count in (1, 2):
        with ReadAhead(submissions, HURRIED, count, HOSTILE) as reads:
            outcomes = [r.blocks[0].text if isinstance(r, Document) else r.reason.code for r in reads]  # type: ignore[union-attr]
        assert outcomes == [
            "one",
            "reader_crashed",
            "two",
            "reader_crashed",
            "three",
            "timeout",
            "four",
            "five",
        ]


def test_leaving_early_leaves_no_process_behind(tmp_path: Path) -> None:
    submissions = [written(tmp_path, "hang", f"{n}.txt") for n in range(5)]
    with ReadAhead(submissions, Limits(seconds=3600), 2, HOSTILE) as reads:
        pids = [process._process.pid for process in reads._processes if process._process]
        children = [pid for parent in pids for pid in waited_for_children(parent)]
    assert len(pids) == 2 and len(children) == 2
    for pid in pids + children:
        assert is_gone(pid)


def test_a_grader_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    submission = written(tmp_path, "hang")
    code = f"""
import time
from pathlib import Path
from grader.reading import ReadAhead
from grader.schema import Limits
from grader.submissions import Submission
with ReadAhead([Submission("a.txt", Path({str(submission.path)!r}))], Limits(seconds=3600), 1, {HOSTILE!r}) as reads:
    print(reads._processes[0]._process.pid, flush=True)
    time.sleep(3600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout
        server = int(grader.stdout.readline())
        (child,) = waited_for_children(server)
        grader.kill()
    assert is_gone(server) and is_gone(child)


def waited_for_children(parent: int) -> list[int]:
    for _ in range(600):
        found = [
            int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if parent_of(stat) == parent
        ]
        if found:
            return found
        time.sleep(0.05)
    return []


def parent_of(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_server_that_cannot_start_ends_the_run(tmp_path: Path) -> None:
    with (
        ReadingProcess(LIMITS, [sys.executable, "-c", "raise SystemExit(1)"]) as process,
        pytest.raises(GraderError, match="could not start"),
    ):
        process.read(written(tmp_path, "one"))


def test_the_real_server_loads_no_model_and_reads_like_this_process(tmp_path: Path) -> None:
    from grader.readers import read_document

    text = "---\ntitle: Ein Plan\n---\n# Plan 😀\n\n- [x] chose\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    submission = written(tmp_path, text, "plan.md")
    with ReadingProcess(Limits()) as process:
        document = process.read(submission)
        maps = Path(f"/proc/{process._process.pid}/maps").read_text() if process._process else ""
    assert document == read_document(text.encode(), "plan.md")
    assert "torch" not in maps and "spacy" not in maps and "python" in maps


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')")
    (tmp_path / "grader.py").write_text("raise SystemExit('imported')")
    submission = written(tmp_path, "# A plan\n", "plan.md")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    with ReadingProcess(Limits()) as process:
        assert isinstance(process.read(submission), Document)


def test_names_that_are_no_text_reach_the_reader(tmp_path: Path) -> None:
    for name in (b"\xff.md", b"new\nline.md", b"-x.md", b"quote'\".md", b"a" * 252 + b".md"):
        (tmp_path / os.fsdecode(name)).write_text("# A plan\n")
    with ReadingProcess(Limits()) as process:
        documents = [process.read(item) for item in scan([tmp_path]).submissions]
    assert len(documents) == 5 and all(isinstance(document, Document) for document in documents)


def test_archives_are_listed_in_a_process_of_their_own(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        archive.writestr("b.md", "# B\n")
        archive.writestr("../a.md", "# A\n")
        archive.writestr("p.png", "")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    with ReadingProcess(Limits()) as process:
        assert scan([tmp_path], process.documents_in) == scan([tmp_path])
        (document,) = [process.read(s) for s in scan([tmp_path]).submissions if s.member == "b.md"]
    assert isinstance(document, Document) and document.title == "B"
