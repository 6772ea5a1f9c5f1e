"""The same text in every encoding gives the same blocks, and a word about it where the bytes were not plain."""

import json

import pytest

from grader.readers import read_document

TEXT = (
    "# Plan for the café\n\nWe chose the “slow” queue over the fast one — it costs €40 a month, and that’s less "
    "than the naïve estimate. Müller’s team accepts it.\n\n- résumé upload stays\n- half of the users don’t need it…\n"
)
JAPANESE = (
    "# 計画\n\n私たちは遅いキューを選びました。理由は費用が月に四十ユーロ少ないからです。\n\n"
    "- 利用者への影響を測る\n"
)


def read(data: bytes, name: str = "a.md") -> tuple[list[str], list[str]]:
    document = read_document(data, name)
    return [block.text for block in document.blocks], [flag.code for flag in document.flags]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_plain_encodings_need_no_word(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == (read(TEXT.encode())[0], [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_other_encodings_are_repaired_and_said(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == (read(TEXT.encode())[0], ["encoding_repaired"])


@pytest.mark.parametrize("encoding", ["shift-jis", "euc-jp"])
def test_japanese_is_recognised(encoding: str) -> None:
    assert read(JAPANESE.encode(encoding)) == (read(JAPANESE.encode())[0], ["encoding_repaired"])


@pytest.mark.parametrize("damage", [lambda d: d.replace(b" ", b"\0 "), lambda d: d + bytes(5000)])
def test_nul_bytes_are_left_out_and_counted(damage: "object") -> None:
    assert read(damage(TEXT.encode())) == (read(TEXT.encode())[0], ["nul_characters"])  # type: ignore[operator]


def test_a_few_broken_bytes_do_not_cost_the_other_characters() -> None:
    texts, flags = read(TEXT.encode().replace(b"slow", b"sl\xffow"))
    assert "“sl\ufffdow”" in texts[1] and "€40" in texts[1]
    assert flags == ["encoding_repaired"]


@pytest.mark.parametrize(
    "declared, flags",
    [("iso-8859-1", []), ("windows-1252", []), ("utf-8", ["encoding_repaired"]), ("utf-7", ["encoding_repaired"]),
     ("utf-16", ["encoding_repaired"]), ("unicode_escape", ["encoding_repaired"])],
)  # fmt: skip
def test_what_a_page_declares_is_believed_only_where_it_can_be_true(declared: str, flags: list[str]) -> None:
    page = f"<!doctype html><meta charset='{declared}'><h1>Plan</h1><p>café “+ADw-b+AD4-” \\u0041</p>"
    assert read(page.encode("cp1252"), "a.html") == (["Plan", "café “+ADw-b+AD4-” \\u0041"], flags)


def test_notebooks_may_be_in_any_encoding_and_hold_halves_of_characters() -> None:
    notebook = json.dumps(
        {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": TEXT}]}, ensure_ascii=False
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert read(notebook.encode(encoding), "a.ipynb")[0] == read(TEXT.encode())[0]
    halves = rb'{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "a \ud83d\ude00 b \ud83d c"}]}'
    document = read_document(halves, "a.ipynb")
    assert document.blocks[0].text == "a \U0001f600 b \ufffd c"
    document.model_dump_json()
