"""Names of reports are safe, unique and the same whatever else is in the batch."""

import re

import pytest

from grader.report_names import report_name, report_names


@pytest.mark.parametrize(
    "source, member, name",
    [
        ("prd.md", None, "prd.md"),
        ("team/prd.md", None, "team__prd.md"),
        ("Team-1/PRD.docx", None, "Team-1__PRD.docx"),
        ("work.zip", "a/prd.md", "work.zip+a__prd.md"),
    ],
)
def test_plain_paths_stay_readable(source: str, member: str | None, name: str) -> None:
    assert report_name((source, member)) == name


@pytest.mark.parametrize(
    "source",
    ["../../etc/passwd", "/etc/passwd", "..", ".hidden.md", "-rf.md", "a b.md", "é.md", "a\nb.md", "日本.md",
     "x" * 300 + ".md", "a__b.md", "a+b.md", "\udcff.md", "..\\..\\x.md", "a\u202egnp.md", "~x.md"],
)  # fmt: skip
def test_other_paths_get_a_safe_name_with_a_hash(source: str) -> None:
    name = report_name((source, None))
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*~[0-9a-f]{8}", name)
    assert len(name) < 100


def test_documents_that_look_alike_keep_names_of_their_own() -> None:
    keys = [
        ("a/b.md", None), ("a__b.md", None), ("a-b.md", None), ("a b.md", None), ("A-B.md", None),
        ("z.zip", "p.md"), ("z.zip/p.md", None), ("z.zip+p.md", None), ("é.md", None), ("e\u0301.md", None),
        ("a b.md", None),
    ]  # fmt: skip
    names = report_names(keys)
    assert len({name.casefold() for name in names}) == len(keys)


def test_a_name_does_not_depend_on_the_rest_of_the_batch() -> None:
    keys = [("b c.md", None), ("a.md", None), ("d/é.md", "x.md")]
    assert report_names(keys) == [report_name(key) for key in keys]
    assert report_names(keys[::-1]) == report_names(keys)[::-1]
