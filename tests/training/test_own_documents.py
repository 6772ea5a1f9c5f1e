import re
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.rubric.load import load_rubric
from training.own_documents import FOLDER, own_documents

CRITERIA = ("FM1", "FM3", "MT1")


def written(folder: Path, text: str) -> Path:
    (folder / "one.md").write_text(text, encoding="utf-8")
    return folder


def test_marks_belong_to_the_passage_before_them_and_are_no_text(tmp_path: Path) -> None:
    text = """# Kiln timer

The kiln opens at night. {{FM1 2, FM3 1}}

- The lid locks below 60 degrees {{FM3 3}}
- The lid locks at noon

| Risk | Answer |
|---|---|
| The fuse blows | The spare one is in the drawer | {{FM1 1}}
"""
    (document,) = own_documents(CRITERIA, written(tmp_path, text))
    assert [passage.text for passage in document.passages] == [
        "The kiln opens at night.",
        "The lid locks below 60 degrees",
        "The lid locks at noon",
        "The fuse blows | The spare one is in the drawer",
    ]
    assert document.marks.tolist() == [[2, 1, 0], [0, 3, 0], [0, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize("marks", ["{{XX9 2}}", "{{FM1 5}}", "{{FM1}}", "{{}}", "{{FM1 2}} and more"])
def test_a_mark_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, marks: str) -> None:
    with pytest.raises(GraderError, match=r"one\.md:3: "):
        own_documents(CRITERIA, written(tmp_path, f"# Kiln\n\nThe lid locks. {marks}\n"))


def test_the_marks_of_the_written_documents_reach_their_passages() -> None:
    criteria = [criterion.id for criterion in load_rubric("decision-hygiene").criteria]
    lines = [line for path in FOLDER.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()]
    marked = sum(bool(re.search(r"\{\{.*[1-4]\b.*\}\}", line)) for line in lines)
    reached = sum(int(document.marks.any(axis=1).sum()) for document in own_documents(criteria))
    assert marked > 1000
    assert 0.98 * marked < reached < 1.02 * marked  # single words are no passages; headings cannot be marked
