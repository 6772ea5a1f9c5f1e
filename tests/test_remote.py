"""Documents at an address or in a table, and results at an address: the same as from and to a folder."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grader.cache import CACHE_VARIABLE
from grader.cli import main
from grader.errors import UsageError
from grader.output import staged
from grader.pipeline import Settings, grade
from grader.remembered import Remembered, entries_for
from grader.remote import filesystem, is_url
from grader.rubric import load_rubric
from grader.submissions import scan
from grader.submissions.found import Place

fsspec = pytest.importorskip("fsspec", reason='needs pip install "grader[ray]"')

TEXT = "# Shift swap\n\nNurses wait 4 hours for an answer, so we compared two alternatives and chose the cheaper {}.\n"

pytestmark = pytest.mark.usefixtures("counting_scorer")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty object store in this process: ``memory://``."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them in a folder below, one that is none, and one that cannot be read."""
    cohort = tmp_path / "cohort"
    (cohort / "b").mkdir(parents=True)
    (cohort / "a.md").write_text(TEXT.format("option"))
    (cohort / "b" / "c.md").write_text(TEXT.format("one"))
    (cohort / "broken.docx").write_bytes(b"PK\x03\x04 not a container")
    (cohort / "photo.png").write_bytes(b"\x89PNG")
    return cohort


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["grade", *map(str, arguments), "--jobs", "1", "--quiet"])
    return int(ended.value.code or 0)


def as_json(path: Path | str) -> list[str]:
    return [graded.assessment.model_dump_json() for graded in grade([path], Settings())]


@pytest.mark.parametrize(
    "path, expected",
    [("s3://b/x", True), ("file:///x", True), ("a/b.md", False), ("C:\\x", False), ("://x", False)],
)
def test_an_address_is_known_by_its_scheme(path: str, expected: bool) -> None:
    assert is_url(path) is expected


def test_documents_at_an_address_are_graded_like_those_of_a_folder(store: Any, folder: Path) -> None:
    store.put(str(folder), "/bucket/cohort", recursive=True)
    store.pipe("/bucket/cohort/.hidden.md", b"# no")
    assert as_json("memory://bucket/cohort") == as_json(folder)
    found = scan(["memory://bucket/cohort"])
    assert [ignored.source for ignored in found.ignored] == ["photo.png"]


def test_one_object_is_a_document(store: Any) -> None:
    store.pipe("/bucket/a.md", TEXT.encode())
    (submission,) = scan(["memory://bucket/a.md"]).submissions
    assert submission.source == "a.md"


def test_an_archive_at_an_address_is_refused_by_name(store: Any) -> None:
    store.pipe("/bucket/work.zip", b"PK")
    (outcome,) = grade(["memory://bucket"])
    assert outcome.assessment.reason is not None
    assert "unpack it there" in outcome.assessment.reason.text


def test_an_object_that_is_gone_when_it_is_read_is_skipped(store: Any) -> None:
    for name in ("a.md", "b.md"):
        store.pipe(f"/bucket/{name}", TEXT.encode())
    outcomes = grade(["memory://bucket"])
    store.rm("/bucket/b.md")
    a, b = (outcome.assessment for outcome in outcomes)
    assert a.status == "graded"
    assert b.status == "skipped" and b.reason is not None and "cannot be fetched: memory://" in b.reason.text


@pytest.mark.parametrize("url, words", [("memory://nothing", "nothing is there"), ("nope://x/y", "nope")])
def test_an_address_that_cannot_be_used_is_one_line(store: Any, url: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as error:
        grade([url])
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
def test_a_table_is_graded_like_the_folder_it_was_made_of(tmp_path: Path, folder: Path, kind: object) -> None:
    names = ["a.md", "b/c.md", "broken.docx"]
    contents = pa.array([(folder / name).read_bytes() for name in names], kind)
    pq.write_table(pa.table({"content": contents, "source": names}), tmp_path / "t.parquet", row_group_size=2)
    assert as_json(tmp_path / "t.parquet") == as_json(folder)


def test_a_table_at_an_address_and_of_text(store: Any, folder: Path) -> None:
    table = pa.table({"source": ["a.md", "a.md"], "content": [TEXT.format("option"), None]})
    with store.open("/bucket/t.parquet", "wb") as stream:
        pq.write_table(table, stream)
    first, second = grade(["memory://bucket/t.parquet"])
    assert first.assessment.status == "graded"
    assert second.assessment.reason is not None
    assert "nothing in column 'content'" in second.assessment.reason.text
    assert first.assessment.source != second.assessment.source


@pytest.mark.parametrize(
    "table, words",
    [
        ({"source": ["a.md"], "text": ["x"]}, "no column 'content'"),
        ({"source": [None], "content": ["x"]}, "row 0 of group 0 has no name"),
        ({"source": [3], "content": ["x"]}, "row 0 of group 0 has no name"),
    ],
)
def test_a_table_that_is_none_of_documents_is_refused(
    tmp_path: Path, table: dict[str, Any], words: str
) -> None:
    pq.write_table(pa.table(table), tmp_path / "t.parquet")
    with pytest.raises(UsageError, match=words):
        scan([tmp_path / "t.parquet"])


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(UsageError, match=r"t\.parquet: Arrow"):
        scan([tmp_path / "t.parquet"])


def test_results_at_an_address_are_those_of_a_folder(store: Any, folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--out", tmp_path / "out") == run(folder, "--out", "memory://bucket/out") == 1
    names = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")]
    assert sorted(store.find("/bucket/out")) == sorted(f"/bucket/out/{name}" for name in names)
    for name in set(names) - {"run.json"}:
        assert store.cat(f"/bucket/out/{name}") == (tmp_path / "out" / name).read_bytes(), name
    assert not list((tmp_path / "cache" / "staged").iterdir())


def test_reports_of_an_earlier_run_go_and_other_objects_stay(store: Any, folder: Path) -> None:
    run(folder, "--out", "memory://bucket/out")
    store.pipe("/bucket/out/feedback/notes.html", b"mine")
    run(folder / "b", "--out", "memory://bucket/out")
    left = [name.rpartition("/")[2] for name in store.find("/bucket/out/feedback")]
    assert sorted(left) == ["c.md.html", "c.md.md", "notes.html"]


def test_objects_that_are_not_ours_are_not_written_over(
    store: Any, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.pipe("/bucket/out/index.html", b"mine")
    assert run(folder, "--out", "memory://bucket/out") == 2
    assert "--out memory://bucket/out: holds index.html" in capsys.readouterr().err
    assert store.find("/bucket/out") == ["/bucket/out/index.html"]


def test_a_run_that_was_stopped_goes_on_from_what_is_there(
    store: Any,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from grader.output import ResultsFolder

    add = ResultsFolder.add

    def stopped(self: ResultsFolder, graded: Any) -> str:
        if len(self.summaries) == 1:
            raise KeyboardInterrupt
        return add(self, graded)

    with monkeypatch.context() as patch:
        patch.setattr(ResultsFolder, "add", stopped)
        assert run(folder, "--out", "memory://bucket/out") == 130
    assert store.exists("/bucket/out/.grader-journal")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "another-machine"))
    assert run(folder, "--out", "memory://bucket/out") == 2
    assert "go on with --resume" in capsys.readouterr().err
    main_code = run(folder, "--out", "memory://bucket/out", "--resume")
    assert main_code == 1
    assert store.cat("/bucket/out/results.jsonl").count(b"\n") == 3
    assert not store.exists("/bucket/out/.grader-journal")


def test_a_second_run_to_the_same_address_leaves_the_first_alone(
    store: Any, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with staged("memory://bucket/out") as first:
        (first / "results.jsonl").write_text("{}\n")
        assert run(folder, "--out", "memory://bucket/out") == 2
        assert "--out memory://bucket/out: another run is writing there" in capsys.readouterr().err
        assert (first / "results.jsonl").is_file()
    assert store.cat("/bucket/out/results.jsonl") == b"{}\n"


def test_the_journal_of_a_run_that_was_killed_does_not_stay_at_the_address(store: Any) -> None:
    store.pipe("/bucket/out/.grader-journal", b"{}\n")
    with staged("memory://bucket/out") as folder:
        pass
    folder.mkdir(parents=True)  # what a run leaves that was killed after it had fetched the journal
    with staged("memory://bucket/out") as folder:
        (folder / "results.jsonl").write_text("{}\n")
    assert not store.exists("/bucket/out/.grader-journal")


def test_what_was_fetched_by_halves_is_not_taken_for_an_earlier_run(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pipe("/bucket/out/results.jsonl", b"{}\n")
    files, _ = filesystem("memory://bucket")

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError("reset by peer")

    monkeypatch.setattr(type(files), "get", broken)
    with pytest.raises(UsageError, match="reset by peer"), staged("memory://bucket/out"):
        pass
    assert not list((tmp_path / "cache" / "staged").iterdir())


def test_a_document_at_an_address_is_not_remembered_as_a_file_of_that_name(store: Any, folder: Path) -> None:
    (submission, *_) = scan([folder]).submissions
    remembered = Remembered(entries_for(Settings(cache=folder)), load_rubric(), Settings(cache=folder))
    assert remembered.traces([submission])[0] is not None
    there = replace(submission, place=Place("memory://bucket/a.md"))
    assert remembered.traces([there]) == [None]


def test_results_that_cannot_be_sent_stay_here(
    store: Any,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files, _ = filesystem("memory://bucket")

    def full(*_: object, **__: object) -> None:
        raise PermissionError("quota exceeded")

    monkeypatch.setattr(type(files), "put", full)
    assert run(folder, "--out", "memory://bucket/out") == 2
    said = capsys.readouterr().err
    (kept,) = (tmp_path / "cache" / "staged").iterdir()
    assert "quota exceeded" in said and f"the results are kept in {kept / 'results'}" in said
    assert (kept / "results/results.jsonl").read_bytes().count(b"\n") == 3


def test_a_local_file_system_by_its_address(folder: Path) -> None:
    sources = [submission.source for submission in scan([f"file://{os.fspath(folder)}"]).submissions]
    assert sources == ["a.md", "b/c.md", "broken.docx"]
