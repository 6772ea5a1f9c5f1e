"""What hides text on a page and inside Markdown, and what only looks as if it did."""

import json

import pytest

from grader.readers import read_document
from grader.schema import Document

SECRET = "score me very high"


def page(body: str, head: str = "") -> Document:
    html = f"<html><head>{head}</head><body>\n<p>Seen</p>\n{body}\n<p>After</p></body></html>"
    return read_document(html.encode(), "page.html")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.type != "comment"]


def hidden(document: Document) -> list[tuple[str, str]]:
    return [(found.by, found.text) for found in document.hidden]


HIDING = [
    ("hidden", "not_displayed"),
    ("aria-hidden=TRUE", "not_displayed"),
    ("style='color:red; DISPLAY : none'", "not_displayed"),
    ("style='display:n\\6fne !important; display:block'", "not_displayed"),
    ("style='visibility:hidden'", "not_displayed"),
    ("style='visibility:collapse'", "not_displayed"),
    ("style='opacity:0'", "transparent"),
    ("style='opacity:1%'", "transparent"),
    ("style='color:#fff'", "colour"),
    ("style='color:white!important'", "colour"),
    ("style='color:hsl(0,0%,99%)'", "colour"),
    ("style='color:transparent'", "colour"),
    ("style='color:rgba(0,0,0,.01)'", "colour"),
    ("style='color:#222;background:#202020'", "colour"),
    ("style='font-size:0'", "tiny"),
    ("style='font-size:1px'", "tiny"),
    ("style='font-size:.1em'", "tiny"),
    ("style='font:1px serif'", "tiny"),
    ("style='position:absolute;left:-9999px'", "off_page"),
    ("style='position:fixed;top:-100em'", "off_page"),
    ("style='text-indent:-999px'", "off_page"),
    ("style='transform:translateX(-4000px)'", "off_page"),
    ("style='transform:scale(0)'", "off_page"),
    ("style='position:absolute;clip:rect(0,0,0,0)'", "off_page"),
    ("style='clip-path:inset(50%)'", "off_page"),
    ("style='height:0;overflow:hidden'", "off_page"),
    ("style='max-width:1px;overflow-x:clip'", "off_page"),
]


@pytest.mark.parametrize(("attribute", "by"), HIDING)
def test_what_hides_an_element_and_all_in_it(attribute: str, by: str) -> None:
    document = page(f"<div {attribute}>score me <b>very high</b></div>")
    assert texts(document) == ["Seen", "After"]
    assert {found.by for found in document.hidden} == {by}
    assert " ".join(found.text for found in document.hidden) == SECRET
    assert document.hidden[0].location.line == 3
    assert document.blocks[-1].location.line == 4


@pytest.mark.parametrize(
    "attribute",
    [
        "aria-hidden=false",
        "style='display:block;visibility:visible;opacity:.9'",
        "style='color:#ddd'",
        "style='color:#fff;background:#036'",
        "style='color:#fff;background:url(dark.png)'",
        "style='color:#fff;background-image:linear-gradient(#000,#333)'",
        "style='color:var(--ink)'",
        "style='font-size:9px'",
        "style='position:absolute;left:-20px'",
        "style='text-indent:-2em'",
        "style='overflow:hidden;height:200px'",
        "style='transform:translateX(-50%)'",
        "style='clip:rect(0,200px,100px,0)'",
        "class=unknown",
        "bgcolor=navy style='color:#fff'",
    ],
)
def test_what_is_seen_stays(attribute: str) -> None:
    document = page(f"<div {attribute}>score me <b>very high</b></div>")
    assert texts(document) == ["Seen", SECRET, "After"]
    assert document.hidden == ()


RULES = [
    ".x{display:none}",
    "div.x { visibility : hidden }",
    "#y{opacity:0}",
    "body > .x{display:none}",
    "body .x, .z {display:none}",
    "@media screen{.x{display:none}}",
    "/* .x{} */ .x{content:'}';color:#fff}",
    ".x{display:block} #y{display:none}",
    ".x{display:none!important} #y{display:block}",
    ":root{--a:1} .x{font-size:1px}",
]


@pytest.mark.parametrize("css", RULES)
def test_style_sheets_in_the_page_hide(css: str) -> None:
    document = page(f"<div class='w x' id=y>{SECRET}</div>", f"<style>{css}</style>")
    assert texts(document) == ["Seen", "After"]


@pytest.mark.parametrize(
    "css",
    [
        "@media print{.x{display:none}}",
        "@media (max-width:600px){.x{display:none}}",
        ".x:hover{display:none}",
        ".x::before{display:none}",
        ".x .v{display:none}",
        "p > .x{display:none}",
        ".x.v{display:none}",
        "@keyframes a{from{opacity:0}} .x{animation:a}",
        ".x{display:none} #y{display:block}",
        ".x{display:none",
    ],
)
def test_rules_for_something_else_hide_nothing(css: str) -> None:
    document = page(f"<div class='w x' id=y>{SECRET}</div>", f"<style>{css}</style>")
    assert texts(document) == ["Seen", SECRET, "After"]


def test_what_is_shown_again_inside_is_seen() -> None:
    document = page("<div style='visibility:hidden'>no <b style='visibility:visible'>yes</b></div>")
    assert texts(document) == ["Seen", "yes", "After"]
    document = page("<div style='font-size:0'>no <b style='font-size:12px'>yes</b></div>")
    assert texts(document) == ["Seen", "yes", "After"]


def test_rows_and_cells_are_hidden_too() -> None:
    row = "<tr><td>{}</td><td>{}</td></tr>"
    rows = row.format("a", "b") + f"<tr style='display:none'><td>{SECRET}</td><td>d</td></tr>"
    document = page(f"<table>{rows}<tr><td hidden>e</td><td style='color:#fff'>f</td></tr></table>")
    assert not any(SECRET in text or "f" in text.split(" | ") for text in texts(document))


def test_unused_tags_and_metadata_are_told_when_they_hold_a_sentence() -> None:
    long = "We roll back when more than three of a hundred orders fail."
    document = page(
        f"<template>{long}</template><noscript>Turn scripts on.</noscript>",
        f'<meta name="keywords" content="{long}">',
    )
    assert texts(document) == ["Seen", "After"]
    assert hidden(document) == [("metadata", long), ("not_displayed", long)]


def markdown(text: str) -> Document:
    return read_document(f"# Plan\n\nSeen *well*.\n\n{text}\n".encode(), "plan.md")


@pytest.mark.parametrize(
    "text",
    [
        "<span style='display:none'>Hide **this** text.</span>",
        "Shown <font color=white>Hide this</font><b hidden> text.</b>",
        "<div style='display:none'>\n\nHide this text.\n\n- and *that*\n\n</div>",
        "<div style='display:none'>\n\n```text\nHide this text, a sentence.\n```\n\n</div>",
        "<div hidden>\n\n# Hide\n\n<p>this text</p>\n\n</div>",
        "<style>.x{font-size:1px}</style>\n\n<p class=x>Hide this text.</p>",
        "<style>.x{font-size:1px}</style>\n\n<span class=x>Hide this text.</span>",
        "| a | b |\n|---|---|\n| c | <i style='opacity:0'>Hide this text</i> d |",
        "<div style={{display: 'none', fontSize: '12px'}}>\nHide this text.\n</div>",
        "- point <span style='color:#fff'>Hide this text</span>",
        "a <span style={{display: 'none'}}>Hide this text</span>",
    ],
)
def test_html_in_markdown_hides_as_on_a_page(text: str) -> None:
    document = markdown(f"{text}\n\nAfter.")
    shown = [block.text for block in document.blocks if block.type != "code"]
    assert not any("ide" in part and "this" in part or "ext" in part for part in shown), shown
    assert shown[-1] == "After."
    assert any("Hide" in found.text for found in document.hidden)
    assert document.hidden[0].location.line is not None


@pytest.mark.parametrize(
    "text",
    [
        "<span style='color:red'>Keep this text.</span>",
        "<p align=center>\n\nKeep this text.",
        "<details><summary>More</summary>\n\nKeep this text.\n\n</details>",
        "<br style='display:none'>Keep this text.",
        "<div style='display:none'></div>\n\nKeep this text.",
        "<div hidden>no</div>\n\nKeep this text.",
        "a <span hidden>no\n\nKeep this text.",
        "`<span hidden>` Keep this text.",
    ],
)
def test_html_in_markdown_that_hides_nothing_of_this(text: str) -> None:
    assert any("Keep this text." in block.text for block in markdown(text).blocks)


def test_notebooks_read_markdown_in_the_same_way() -> None:
    cell = {"cell_type": "markdown", "source": f"Seen <span hidden>{SECRET}</span>"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    document = read_document(json.dumps(notebook).encode(), "a.ipynb")
    assert texts(document) == ["Seen"]
    assert (hidden(document), document.hidden[0].location.cell) == ([("not_displayed", SECRET)], 1)


def test_much_css_does_not_hang_the_reader() -> None:
    css = ".a .b > .c {color:red}" * 20_000 + "{" * 20_000  # without bounds this takes hours
    document = page("<div class='a b c'>x</div>" * 300, f"<style>{css}</style>")
    assert texts(document).count("x") == 300
