"""Copies of documents that are graded at once are other documents, and the same ones each time."""

from pathlib import Path

from benchmarks.speed_cases.documents import varied

TEXT = """\
# Plan of 30 days.

We chose a rule. It costs 4 % of recall. Nurses explain each entry.
- Dispatchers call within 10 minutes.
- **The list stays on paper**

| item | cost |
|---|---:|
| paper | 12 |
"""


def copies(folder: Path, times: int) -> list[str]:
    source = folder / "plan.md"
    source.write_text(TEXT)
    return [path.read_text() for path in sorted(varied([source], folder / "copies", times).iterdir())]


def test_the_first_is_the_document_and_no_line_of_prose_is_twice(tmp_path: Path) -> None:
    found = copies(tmp_path, 7)
    assert found[0] == TEXT and len(set(found)) == 7
    for prose in zip(*(text.splitlines()[2:5] for text in found), strict=True):
        assert len(set(prose)) == 7
    for rest in zip(*(text.splitlines()[5:] for text in found), strict=True):
        assert len(set(rest)) == 1  # too short to be said in another way


def test_what_is_said_stays_and_lists_stay_lists(tmp_path: Path) -> None:
    for number, text in enumerate(copies(tmp_path, 7)):
        _, _, prose, first, second, *_ = text.splitlines()
        sentences = {"We chose a rule.", f"It costs {4 + number} % of recall.", "Nurses explain each entry."}
        assert all(sentence.removesuffix(".") in prose for sentence in sentences)
        assert first.startswith(f"- Dispatchers call within {10 + number} minutes")
        assert second == "- **The list stays on paper" + (f" in case {number}**" if number else "**")


def test_the_same_documents_give_the_same_copies(tmp_path: Path) -> None:
    assert copies(tmp_path, 3) == copies(tmp_path, 3)
