import json
from pathlib import Path

import numpy as np

from training.reference import IN_DOUBT, QUOTED, ReferenceDocument, load_reference, quoted

TEXT = """# Kiln timer

The kiln opens at night and nobody sees it.

The lid stays locked above sixty degrees for that reason.

We will handle all problems.
"""


def reference(
    folder: Path, level: int, quotes: list[str], marks: dict[int, int], further: dict[int, int] | None = None
) -> ReferenceDocument:
    """A collection of one document with a criterion FM3; `marks`, and those of a further reading, by line."""
    (folder / "one.md").write_text(TEXT, encoding="utf-8")
    label = {
        "id": "one", "file": "one.md", "kind": "prd", "group": "g", "words": 20, "overall": 30,
        "levels": {"FM3": level}, "by_pass": [[level]], "evidence": {"FM3": quotes},
    }  # fmt: skip
    lines = TEXT.splitlines()
    passages = [
        {"id": "one", "n": n, "lines": [n, n], "text": lines[n - 1], "marks": {"FM3": mark}}
        for n, mark in marks.items()
    ]
    (folder / "labels.jsonl").write_text(json.dumps(label), encoding="utf-8")
    (folder / "passages.jsonl").write_text("\n".join(map(json.dumps, passages)), encoding="utf-8")
    again = [] if further is None else [{"id": "one", "marks": {n: {"FM3": k} for n, k in further.items()}}]
    (folder / "further.jsonl").write_text("\n".join(map(json.dumps, again)), encoding="utf-8")
    (document,) = load_reference(folder, folder / "further.jsonl")
    return document


def test_marks_are_carried_over_by_line_and_words(tmp_path: Path) -> None:
    document = reference(tmp_path, 3, [], {5: 3, 7: 1})
    assert document.marks[:, 0].tolist() == [0, 3, 1]
    assert np.array_equal(document.targets[:, 0], [[0, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0]])


def test_what_readers_quoted_bears_on_the_criterion_though_no_mark_says_so(tmp_path: Path) -> None:
    document = reference(tmp_path, 3, ["the lid stays locked ... above sixty degrees"], {7: 1})
    assert document.marks[:, 0].tolist() == [0, 0, 1]
    assert document.targets[1, 0].tolist() == [1, 1, QUOTED, 0]
    assert document.targets[0, 0].tolist() == [0, 0, 0, 0]


def test_a_mark_above_the_level_of_the_document_is_in_doubt(tmp_path: Path) -> None:
    document = reference(tmp_path, 1, [], {5: 2})
    assert document.targets[1, 0].tolist() == [1, IN_DOUBT, 0, 0]


def test_readings_of_passages_are_averaged(tmp_path: Path) -> None:
    document = reference(tmp_path, 3, [], {5: 3, 7: 1}, further={5: 2})
    assert document.marks[:, 0].tolist() == [0, 3, 1], "the collection's own marks stay"
    assert np.array_equal(document.targets[:, 0], [[0, 0, 0, 0], [1, 1, 0.5, 0], [0.5, 0, 0, 0]])


def test_quoted_passages_are_those_that_share_words_with_a_quote_of_a_decided_level(tmp_path: Path) -> None:
    quotes = ["the lid stays locked ... above sixty degrees"]
    document = reference(tmp_path, 3, quotes, {})
    assert quoted(document, ["FM3"])[:, 0].tolist() == [False, True, False]
    mentioned = reference(tmp_path, 1, quotes, {})
    assert not quoted(mentioned, ["FM3"]).any()
