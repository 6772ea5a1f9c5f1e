"""A folder of odd names and odd files through the real command: one result and one report of its own each."""

import json
import os
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.reading import client

TEXT = (
    "# Shift swap\n\nWe compared two options and chose the cheaper one because nurses wait 4 hours today.\n"
)
NAMES = [
    b"new\nline.md",
    b"-leading.md",
    b"--out.md",
    b"quote'\".md",
    b"\xff\xfe.md",
    b"\\xff\\xfe.md",
    b"CASE.md",
    b"case.md",
    "caf\u00e9.md".encode(),
    unicodedata.normalize("NFD", "caf\u00e9.md").encode(),
    b"a" * 252 + b".md",
    b"\x1b[31mred.md",
    b"$(touch x);`touch x`.md",
    b" .md",
    b"=HYPERLINK(1).md",
    "\u202egnp.md".encode(),
]

pytestmark = [
    pytest.mark.usefixtures("counting_scorer"),
    pytest.mark.skipif(os.name != "posix", reason="such names and files are those of POSIX systems"),
]


def grade(folder: Path | str, out: Path, *more: str) -> tuple[list[dict[str, object]], list[str]]:
    """The results, and the names of the HTML reports."""
    done = CliRunner().invoke(
        main, ["grade", str(folder), "--out", str(out), "--jobs", "1", "--quiet", *more]
    )
    assert done.exit_code in (0, 1), done.output
    lines = (out / "results.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line], sorted(
        path.name for path in (out / "feedback").glob("*.html")
    )


def test_odd_names_give_one_result_and_one_report_each(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    made = 0
    for name in NAMES:
        path = folder / os.fsdecode(name)
        if not path.exists():  # a file system that does not tell twins apart has only one of them
            path.write_text(TEXT)
            made += 1
    results, reports = grade(folder, tmp_path / "out")
    assert len(results) == len({(r["source"], r["member"]) for r in results}) == made >= 14
    assert {r["status"] for r in results} == {"graded"}
    assert len(reports) == len({name.casefold() for name in reports}) == made
    assert not (tmp_path / "x").exists() and not Path("x").exists()


def test_what_is_no_regular_file_inside_the_folder_is_refused_without_waiting(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "x.md").mkdir(parents=True)
    (folder / "x.md/inside.md").write_text(TEXT)
    (tmp_path / "secret.md").write_text(TEXT)
    (folder / "out.md").symlink_to("../secret.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "round").symlink_to(".")
    (folder / "device.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")
    with (folder / "giant.md").open("wb") as giant:
        giant.truncate(2**40)
    results, reports = grade(folder, tmp_path / "out")
    assert {r["source"]: r["reason"] and r["reason"]["code"] for r in results} == {  # type: ignore[index]
        "device.md": "link",
        "giant.md": "too_large",
        "loop.md": "link",
        "out.md": "link",
        "pipe.md": "not_a_file",
        "x.md/inside.md": None,
    }
    assert len(reports) == 6


def test_members_of_an_archive_cannot_lead_out_or_share_a_result(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "w.zip", "w") as archive:
        for name in ("../../slip.md", "/abs.md", "..\\slip.md", "a.md", "A.md", "b\nc.md"):
            archive.writestr(name, TEXT)
    results, reports = grade(folder, tmp_path / "out")
    status = {r["member"]: r["status"] for r in results}
    assert [status[name] for name in ("a.md", "A.md", "b\nc.md")] == ["graded"] * 3
    assert sorted(status.values()) == ["graded"] * 3 + ["skipped"] * 3
    assert len(reports) == 6
    written = {path.name for path in tmp_path.rglob("*.md")}
    assert not written & {"slip.md", "abs.md"}
    assert not (tmp_path.parent / "slip.md").exists()


def test_hostile_readers_cost_one_result_each_and_the_batch_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = [sys.executable, str(Path(__file__).with_name("reading") / "hostile_server.py")]
    monkeypatch.setattr(client, "server_command", lambda: server)
    folder = tmp_path / "in"
    folder.mkdir()
    deeds = {
        "hang": "timeout",
        "allocate": "out_of_memory",
        "segfault": "reader_crashed",
        "leave": "reader_crashed",
        "end_the_server": "reader_crashed",
        "defect": "crashed",
    }
    for number, deed in enumerate(deeds):
        (folder / f"{number}.txt").write_text(deed)
        (folder / f"{number}-honest.md").write_text(TEXT)
    results, reports = grade(folder, tmp_path / "out", "--time-limit", "5", "--memory-limit", "256")
    codes = {r["source"]: r["reason"] and r["reason"]["code"] for r in results}  # type: ignore[index]
    assert list(codes) == sorted(codes) and len(reports) == 2 * len(deeds)
    for number, (deed, code) in enumerate(deeds.items()):
        assert (codes[f"{number}.txt"], codes[f"{number}-honest.md"]) == (code, None), deed
    texts = [r["reason"]["text"] for r in results if r["reason"]]  # type: ignore[index]
    assert all(text.isprintable() for text in texts)


def test_links_that_the_system_cannot_follow_cost_one_result_each(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(TEXT)
    (folder / "long.md").symlink_to("a" * 300)
    results, _ = grade(folder, tmp_path / "out")
    assert [(r["source"], r["status"]) for r in results] == [("a.md", "graded"), ("long.md", "skipped")]


def test_an_address_on_this_machine_is_walked_like_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.md").write_text(TEXT)
    (folder / "out.md").symlink_to("../secret.md")
    results, _ = grade(f"file://{folder}", tmp_path / "out")
    assert [r["status"] for r in results] == ["skipped"]


def test_a_member_and_one_of_an_archive_inside_may_share_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    inner = tmp_path / "x.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.md", TEXT)
    with zipfile.ZipFile(folder / "w.zip", "w") as archive:
        archive.write(inner, "x.zip")
        archive.writestr("x.zip/b.md", TEXT.replace("4 hours", "5 hours"))
    results, reports = grade(folder, tmp_path / "out")
    assert [r["status"] for r in results] == ["graded", "graded"] and len(reports) == 2
    assert len({r["sha256"] for r in results}) == 2


def test_a_made_up_run_hides_no_document_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "feedback").mkdir(parents=True)
    (folder / "run.json").write_text('{"program": 1, "rubric_id": 1, "rubric_hash": 1}')
    (folder / "feedback" / "essay.md").write_text(TEXT)
    (folder / "summary.md").write_text(TEXT)
    command = ["grade", str(folder), "--out", str(tmp_path / "out"), "--jobs", "1"]
    done = CliRunner().invoke(main, command)
    assert "results of an earlier run: 1 (summary.md)" in done.output
    results = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8")
    assert results.count("\n") == 1 and "feedback/essay.md" in results


def test_reports_are_not_written_through_a_link(tmp_path: Path) -> None:
    folder, out, victim = tmp_path / "in", tmp_path / "out", tmp_path / "victim"
    for each in (folder, out, victim):
        each.mkdir()
    (folder / "a.md").write_text(TEXT)
    (out / "run.json").write_text('{"program": 1, "rubric_id": 1, "rubric_hash": 1}')
    (out / "feedback").symlink_to(victim)
    done = CliRunner().invoke(main, ["grade", str(folder), "--out", str(out), "--jobs", "1"])
    assert done.exit_code == 2 and "its feedback is a link" in done.output
    assert not list(victim.iterdir())
