"""What is found under files, folders and portfolios: each document once, each refusal with its reason."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest

from grader.errors import UnreadableError, UsageError
from grader.readers.container import Budget
from grader.submissions import Submission, archive, find_submissions, load, scan


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def found(*paths: Path) -> list[tuple[str, str | None]]:
    return [(item.source, item.member) for item in find_submissions(paths)]


def code(submission: Submission) -> str:
    with pytest.raises(UnreadableError) as caught:
        load(submission)
    return caught.value.code


def test_folder_is_walked_in_sorted_order_and_assets_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.docx", "a/b.TXT", "c.md/inside.md", "a/pic.png", "old.doc", "plan.pages")
    assert found(tmp_path) == [
        ("a/b.TXT", None),
        ("a/z.docx", None),
        ("b.md", None),
        ("c.md/inside.md", None),
        ("old.doc", None),
        ("plan.pages", None),
    ]
    assert [(item.source, item.why) for item in scan([tmp_path]).ignored] == [
        ("a/pic.png", "not a document by its suffix")
    ]


def test_hidden_files_and_folders_are_passed_by(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.md", "__MACOSX/a.md", ".DS_Store", "~$x.docx", "Thumbs.db", ".x.md")
    write(tmp_path, "seen.md")
    findings = scan([tmp_path])
    assert [item.source for item in findings.submissions] == ["seen.md"]
    assert findings.ignored == ()


def test_load_gives_the_bytes_and_a_submission_survives_pickling(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (submission,) = find_submissions([str(tmp_path)])
    assert load(pickle.loads(pickle.dumps(submission))) == b"a.md"


def test_given_file_keeps_its_name_and_may_have_any_suffix(tmp_path: Path) -> None:
    write(tmp_path, "x/notes", "x/pic.png")
    assert found(tmp_path / "x/notes", tmp_path / "x/pic.png") == [("notes", None), ("pic.png", None)]


def test_missing_path_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    with pytest.raises(UsageError, match="nowhere.md"):
        list(find_submissions([tmp_path / "a.md", tmp_path / "nowhere.md"]))


def test_a_file_reached_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    assert found(tmp_path, tmp_path / "b.md") == [("a.md", None), ("b.md", None)]


def test_names_that_collide_get_their_folder_then_a_number(tmp_path: Path) -> None:
    write(tmp_path, "one/x.md", "two/x.md", "deep/one/x.md", "two/y.md", "far/one/x.md")
    folders = [tmp_path / name for name in ("one", "two", "deep/one", "far/one")]
    sources = [source for source, _ in found(*folders)]
    assert sources == ["one/x.md", "two/x.md", "y.md", "one/x (2).md", "one/x (3).md"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "in/a.md", "outside.md")
    for name, target in {
        "out.md": "../outside.md",
        "same.md": "a.md",
        "loop": ".",
        "gone.md": "nothing",
    }.items():
        (tmp_path / "in" / name).symlink_to(target)
    (tmp_path / "in/round.md").symlink_to("round.md")
    findings = scan([tmp_path / "in"])
    problems = {item.source: item.problem and item.problem.code for item in findings.submissions}
    assert problems == {"a.md": None, "out.md": "link", "gone.md": "link", "round.md": "link"}
    assert [item.source for item in findings.ignored] == ["loop", "same.md"]
    assert code(next(item for item in findings.submissions if item.source == "out.md")) == "link"


def test_given_link_is_followed_and_a_broken_one_is_an_outcome(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (tmp_path / "l.md").symlink_to("a.md")
    (tmp_path / "broken.md").symlink_to("nothing")
    good, broken = find_submissions([tmp_path / "l.md", tmp_path / "broken.md"])
    assert (good.source, load(good)) == ("l.md", b"a.md")
    assert code(broken) == "link"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for submission in (*find_submissions([tmp_path]), *find_submissions([tmp_path / "pipe.md"])):
        assert (submission.source, code(submission)) == ("pipe.md", "not_a_file")
    assert code(Submission("pipe.md", tmp_path / "pipe.md")) == "not_a_file"  # swapped in after the search


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind here")
def test_what_cannot_be_opened_is_an_outcome(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.md", "b.md")
    (tmp_path / "closed").chmod(0)
    (tmp_path / "b.md").chmod(0)
    try:
        assert [code(item) for item in find_submissions([tmp_path])] == ["unreadable", "unreadable"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_sparse_giant_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as giant:
        giant.truncate(2**40)
    (submission,) = find_submissions([tmp_path])
    assert code(submission) == "too_large"


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode here")
def test_odd_names_give_one_result_each(tmp_path: Path) -> None:
    names = [
        b"-x.md",
        b"new\nline.md",
        b"quote'\".md",
        b"\xff.md",
        "e\u0301.md".encode(),
        "\u00e9.md".encode(),
    ]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(name)
    submissions = list(find_submissions([tmp_path]))
    assert sorted(load(item) for item in submissions) == sorted(names)
    assert len({item.source for item in submissions}) == len(names)
    assert r"\xff.md" in {item.source.encode().decode() for item in submissions}


def test_folders_may_be_deeper_than_the_stack(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    write(folders[-1], "a.md")
    try:
        assert len(found(tmp_path)) == 1
    finally:  # from the bottom, as the usual ways of removal would not get there
        (folders[-1] / "a.md").unlink()
        for folder in reversed(folders[1:]):
            folder.rmdir()


def test_portfolio_gives_one_submission_per_document(tmp_path: Path) -> None:
    inner = zipped({"c.md": b"nested", "d/e.zip": zipped({"f.md": b"too deep"})})
    parts = {"b.md": b"two", "a/a.docx": b"one", "pic.png": b"", "__MACOSX/b.md": b"", "in.zip": inner}
    (tmp_path / "p.zip").write_bytes(zipped(parts))
    findings = scan([tmp_path])
    assert [(i.source, i.member) for i in findings.submissions] == [
        ("p.zip", "a/a.docx"),
        ("p.zip", "b.md"),
        ("p.zip", "in.zip/c.md"),
        ("p.zip", "in.zip/d/e.zip"),
    ]
    assert [load(item) for item in findings.submissions[:3]] == [b"one", b"two", b"nested"]
    assert code(findings.submissions[3]) == "unsafe_archive"
    assert [item.source for item in findings.ignored] == ["p.zip/pic.png"]


def test_bad_archives_are_one_outcome_each(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK not a zip")
    (tmp_path / "empty.zip").write_bytes(zipped({"pic.png": b""}))
    (tmp_path / "bomb.zip").write_bytes(zipped({"in.zip": b"\0" * 9_000_000}))
    (tmp_path / "good.zip").write_bytes(zipped({"a.md": b"fine"}))
    submissions = list(find_submissions([tmp_path]))
    assert [(i.source, i.member) for i in submissions] == [
        ("bomb.zip", "in.zip"),
        ("broken.zip", None),
        ("empty.zip", None),
        ("good.zip", "a.md"),
    ]
    assert [code(item) for item in submissions[:3]] == ["unsafe_archive", "damaged", "empty"]


def test_names_that_climb_out_of_an_archive_and_double_names_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("../up.md", "/root.md", "C:/drive.md", "x\\..\\..\\y.md", "ok.md"):
            archive.writestr(name, "text")
        archive.writestr("two.md", "first")
        with pytest.warns(UserWarning):
            archive.writestr("two.md", "second")
    (tmp_path / "p.zip").write_bytes(buffer.getvalue())
    outcomes = {
        item.member: item.problem.code if item.problem else "" for item in find_submissions([tmp_path])
    }
    assert outcomes.pop("ok.md") == ""
    assert len(outcomes) == 5 and set(outcomes.values()) == {"unsafe_archive"}


def test_all_documents_of_a_portfolio_share_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "Budget", lambda: Budget(left=1000))
    inner = zipped({"d.md": b"x" * 400})
    (tmp_path / "w.zip").write_bytes(
        zipped({"a.md": b"x" * 400, "b.md": b"x" * 400, "c.zip": inner, "p.png": b"x" * 4000})
    )
    submissions = scan([tmp_path]).submissions
    codes = {item.member: item.problem and item.problem.code for item in submissions}
    assert codes == {"a.md": None, "b.md": None, "c.zip/d.md": "too_large"}
    assert "split it" in next(item.problem.text for item in submissions if item.problem)
