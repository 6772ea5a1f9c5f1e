"""Files in, one outcome each out, in a fixed order, whatever single files do."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

import grader
from grader.errors import RubricError, UsageError
from grader.pipeline import Settings, prepare

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)

pytestmark = pytest.mark.usefixtures("counting_scorer")


def test_one_file_gives_an_assessment(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT)
    assessment = grader.grade_file(path)
    assert (assessment.status, assessment.source, assessment.title) == ("graded", "draft.md", "Shift swap")
    assert assessment.sha256 == hashlib.sha256(DRAFT.encode()).hexdigest()
    assert assessment.criteria[0].evidence[0].quote == "Shift swap"


def test_a_file_that_cannot_be_read_is_skipped_with_its_reason_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 not a container")
    assessment = grader.grade_file(path)
    assert assessment.status == "skipped"
    assert assessment.reason is not None and assessment.reason.code and "\n" not in assessment.reason.text
    assert assessment.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["missing.md", "missing"])
def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=name):
        grader.grade_file(tmp_path / name)


def test_grade_file_refuses_an_archive_of_several(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("a.md", DRAFT)
        archive.writestr("b.md", DRAFT)
    with pytest.raises(UsageError, match="holds 2 documents"):
        grader.grade_file(tmp_path / "work.zip")


def test_a_folder_gives_one_outcome_per_document_in_order(tmp_path: Path) -> None:
    for name in ("c.md", "a.txt", "b/prd.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DRAFT)
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("x/prd.md", DRAFT)
    (tmp_path / "e.md").write_text("# Too short\n")
    found = [
        (g.assessment.source, g.assessment.member, g.assessment.status) for g in grader.grade([tmp_path])
    ]
    assert found == [
        ("a.txt", None, "graded"),
        ("b/prd.html", None, "graded"),
        ("c.md", None, "graded"),
        ("d.zip", "x/prd.md", "graded"),
        ("e.md", None, "not_scorable"),
    ]


def test_a_defect_in_grader_costs_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DRAFT)
    (tmp_path / "b.md").write_text(DRAFT + "segfault the grader")
    (tmp_path / "c.md").write_text(DRAFT)
    a, b, c = (g.assessment for g in grader.grade([tmp_path]))
    assert (a.status, c.status) == ("graded", "graded")
    assert b.status == "skipped" and b.reason is not None and b.reason.code == "crashed"
    assert "IndexError" in b.reason.text and "a defect" in b.reason.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_regular_file_is_an_outcome(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (outcome,) = grader.grade([tmp_path])
    assert outcome.assessment.status == "skipped"
    assert outcome.document is None


@pytest.mark.parametrize(
    "settings, error, words",
    [
        (Settings(kind="novel"), UsageError, "--kind novel: .*case_study"),
        (Settings(profile="strict"), UsageError, "--profile strict: .*full"),
        (Settings(rubric="decision-hygine"), RubricError, "decision-hygiene"),
    ],
)
def test_unknown_names_end_the_run_before_any_document(
    tmp_path: Path, settings: Settings, error: type[Exception], words: str
) -> None:
    (tmp_path / "a.md").write_text(DRAFT)
    with pytest.raises(error, match=words):
        grader.grade([tmp_path], settings)


def test_a_folder_without_documents_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    with pytest.raises(UsageError, match="no documents"):
        prepare([tmp_path], Settings())


def test_settings_reach_the_scorer(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DRAFT)
    assessment = grader.grade_file(tmp_path / "a.md", kind="teardown", profile="teardown")
    assert assessment.kind is not None and assessment.kind.name == "teardown"
    assert assessment.profile == "teardown"


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="grde"):
        _ = grader.grde
