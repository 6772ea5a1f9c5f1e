"""reStructuredText, with what only Sphinx knows."""

from pathlib import Path

import pytest

from grader.readers import read_document
from grader.schema import Document


def read(text: str) -> Document:
    return read_document(text.encode(), "plan.rst")


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(text).blocks]


def test_unknown_directives_and_roles_keep_their_text() -> None:
    text = (
        "See :doc:`the plan <plan>` and |unit|.\n\n.. versionadded:: 1.2\n   Alarms at night.\n\n"
        ".. seealso::\n   :class: x\n\n   We **chose** B.\n\n   - because cheap\n"
    )
    blocks = read(text).blocks
    assert [(b.type, b.text, b.location.line) for b in blocks] == [
        ("paragraph", "See the plan and unit.", 1),
        ("paragraph", "1.2\nAlarms at night.", 3),
        ("paragraph", "We chose B.", 9),
        ("list_item", "because cheap", 11),
    ]


def test_nothing_is_included_or_passed_through(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    directives = (
        f".. include:: {secret}\n\n.. csv-table::\n   :file: {secret}\n\n.. raw:: html\n   :file: {secret}\n"
    )
    text = f"Hello there.\n\n{directives}"
    assert "secret words" not in " ".join(block.text for block in read(text).blocks)


def test_configuration_beside_the_submission_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docutils.conf").write_text("[general]\nstrip_comments: yes\n")
    monkeypatch.chdir(tmp_path)
    assert shown("Hello there.\n\n.. a comment\n")[1] == ("comment", "a comment")


def test_roles_of_one_document_do_not_reach_the_next() -> None:
    text = "See :plan:`the plan <plan>`.\n"
    before = shown(text)
    read(".. role:: plan\n\nSee :plan:`this`.\n")
    assert shown(text) == before == [("paragraph", "See the plan.")]


def test_admonitions_definitions_fields_and_notes() -> None:
    text = (
        ":title: Pump plan\n:status: draft\n\nGoals\n=====\n\n"
        ".. note:: Mind the ward.\n\nRecall\n  found of all\n\n"
        ":Owner: Ada\n\n| line one\n| line two\n\nTwo [1]_ alarms.\n\n.. [1] Agreed.\n"
    )
    document = read(text)
    assert document.title == "Pump plan"
    assert [(b.type, b.text) for b in document.blocks] == [
        ("front_matter", "title: Pump plan"),
        ("front_matter", "status: draft"),
        ("heading", "Goals"),
        ("quote", "Mind the ward."),
        ("list_item", "Recall: found of all"),
        ("list_item", "Owner: Ada"),
        ("paragraph", "line one\nline two"),
        ("paragraph", "Two alarms."),
        ("paragraph", "Agreed."),
    ]


def test_tables_with_titles_spans_and_no_header() -> None:
    rows = "   * - Metric\n     - Limit\n   * - Recall\n     - 0.9\n"
    listed = f".. list-table:: Limits\n   :header-rows: 1\n\n{rows}"
    blocks = read(listed).blocks
    assert [(b.type, b.text, b.headers) for b in blocks] == [
        ("caption", "Limits", ()),
        ("table_row", "Recall | 0.9", ("Metric", "Limit")),
    ]
    grid = "+---+---+\n| A | 1 |\n|   +---+\n|   | 2 |\n+---+---+\n"
    assert [(b.text, b.headers) for b in read(grid).blocks] == [("A | 1", ()), ("A | 2", ())]


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    assert shown("Title\n===\n\nA *broken mark\n\n====\nOdd\n\nEnd here.\n")[-1] == ("paragraph", "End here.")


def test_what_a_term_is_of_is_kept() -> None:
    assert shown("recall : share : 0 to 1\n   Found of all.\nplain\n   As it is.\n") == [
        ("list_item", "recall : share : 0 to 1: Found of all."),
        ("list_item", "plain: As it is."),
    ]
