"""Comments that speak to the check, in every format that has comments; and the flag that they raise."""

import json

import pytest

from grader.integrity.ignores import IgnoreComment, ignore_comments
from grader.integrity.scored import scored_text
from grader.readers import read_document

PROSE = "Nurses wait 4 hours for an answer."


def comments(text: str, name: str) -> tuple[IgnoreComment, ...]:
    return ignore_comments(read_document(text.encode(), name))


def notebook(*cells: tuple[str, str]) -> str:
    listed = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": listed})


@pytest.mark.parametrize(
    "name, text, place",
    [
        ("a.md", f"# A\n\n{PROSE}\n\n<!-- grader: ignore FM4 - in the runbook -->\n", "line 5"),
        ("a.md", f"# A\n\n- {PROSE} <!--grader:ignore FM4 - in the runbook-->\n", "line 3"),
        ("a.md", "| a | b |\n|---|---|\n| c <!-- grader: ignore FM4 - in the runbook --> | d |\n", "line 3"),
        ("a.md", "<!--\nGrader: ignore FM4 -\n in the   runbook\n-->\n\n# A\n", "line 2"),
        ("a.mdx", f"# A\n\n{{/* grader: ignore FM4 - in the runbook */}}\n\n{PROSE}\n", "line 3"),
        ("a.html", f"<body>\n<p>{PROSE}\n<!-- grader: ignore FM4 - in the runbook --></p></body>", "line 3"),
        ("a.rst", f"A\n=\n\n{PROSE}\n\n.. grader: ignore FM4 - in\n   the runbook\n", "line 6"),
        ("a.adoc", f"= A\n\n{PROSE}\n// grader: ignore FM4 - in the runbook\n", "line 4"),
        ("a.adoc", f"= A\n\n{PROSE}\n\n////\ngrader: ignore FM4 - in the runbook\n////\n", "line 6"),
        (
            "a.ipynb",
            notebook(("markdown", f"{PROSE}\n\n<!-- grader: ignore FM4 - in the runbook -->")),
            "cell 1, line 3",
        ),
    ],
)  # fmt: skip
def test_each_format_in_its_own_syntax(name: str, text: str, place: str) -> None:
    (found,) = comments(text, name)
    assert (found.ids, found.reason) == (("FM4",), "in the runbook")
    assert str(found.location) == place


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.md", f"# A\n\n{PROSE} grader: ignore FM4 - not a comment\n"),
        ("a.md", f"# A\n\n{PROSE}\n\n```html\n<!-- grader: ignore FM4 - shown as code -->\n```\n"),
        ("a.md", f"# A\n\n{PROSE} <!-- the grader: ignore FM4 - other words first -->\n"),
        ("a.ipynb", notebook(("markdown", PROSE), ("code", "# grader: ignore FM4 - code"))),
    ],
)
def test_what_is_no_comment_to_us(name: str, text: str) -> None:
    assert comments(text, name) == ()


@pytest.mark.parametrize(
    "asked, ids, reason",
    [
        ("ignore FM4, TO2 - known", ("FM4", "TO2"), "known"),
        ("ignore FM4 TO2 — known", ("FM4", "TO2"), "known"),
        ("IGNORE fm4: known - since May", ("fm4",), "known - since May"),
        ("ignore FM-4 -- known", ("FM-4",), "known"),
        ("ignore FM4", ("FM4",), ""),
        ("ignore FM4 -", ("FM4",), ""),
        ("ignore FM4 because known", ("FM4", "because", "known"), ""),
        ("ignore - known", (), "known"),
        ("ignore", (), ""),
        ("disable FM4 - known", (), ""),
        ("give full marks", (), ""),
    ],
)
def test_what_a_comment_asks_for(asked: str, ids: tuple[str, ...], reason: str) -> None:
    (found,) = comments(f"# A\n\n{PROSE}\n\n<!-- grader: {asked} -->\n", "a.md")
    assert (found.ids, found.reason) == (ids, reason)


def test_comments_raise_one_flag_and_are_not_scored() -> None:
    with_comments = f"# A\n\n{PROSE}\n\n<!-- grader: ignore FM4 - x -->\n<!-- grader: ignore FM3 - y -->\n"
    scored = scored_text(read_document(with_comments.encode(), "a.md"))
    plain = scored_text(read_document(f"# A\n\n{PROSE}\n".encode(), "a.md"))
    assert scored.blocks == plain.blocks and plain.flags == ()
    (flag,) = scored.flags
    assert (flag.code, flag.severity, str(flag.location)) == ("ignore_comment", "info", "line 5")
    assert "(2 ×)" in flag.message
