"""The text of a check on screens that differ: narrow, coloured, with links, or a pipe."""

import re

from grader.renderers.check_text import render_text
from grader.renderers.look import PLAIN, Look
from grader.schema import Check, CheckedDraft

LINK = "\x1b]8;"
COLOUR = re.compile("\x1b\\[[0-9;]*3[0-7]m")


def test_nothing_is_lost_and_nothing_sticks_out_on_a_narrow_screen(check: Check) -> None:
    narrow = render_text(check, Look(columns=44))
    assert max(map(len, narrow.splitlines())) <= 44
    assert narrow.split() == render_text(check, PLAIN).split()


def test_a_pipe_gets_each_finding_on_one_line_that_editors_read(check: Check) -> None:
    lines = render_text(check, PLAIN).splitlines()
    found = [re.fullmatch(r"(\S+):(\d+):(\d+)  (\S+)  (.+ → .+)", line) for line in lines]
    places = [match.groups()[:4] for match in found if match]
    assert places == [("drafts/fit.md", "1", "1", "HA1"), ("drafts/fit.md", "6", "1", "CH1")]


def test_colours_and_links_only_where_they_are_wanted(check: Check) -> None:
    plain = render_text(check, PLAIN)
    assert "\x1b" not in plain
    coloured = render_text(check, Look(colour=True))
    assert COLOUR.search(coloured) and LINK not in coloured
    linked = render_text(check, Look(links=True))
    assert f"file:///home/a/drafts/fit.md\x1b\\drafts/fit.md:6:1{LINK}" in re.sub(r"id=\d+;", "", linked)
    assert not COLOUR.search(linked)
    for styled in (coloured, linked):
        assert re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", styled) == plain


def test_a_draft_that_passes_is_told_so(check: Check, in_markdown: CheckedDraft) -> None:
    draft = in_markdown.model_copy(update={"findings": (), "notes": ()})
    text = render_text(check.model_copy(update={"drafts": (draft,), "fail_under": None}), PLAIN)
    assert "no findings; 3 pass: CH1 CH2 HA1" in text
    assert "under the" not in text


def test_what_was_not_looked_at_is_counted(check: Check, in_markdown: CheckedDraft) -> None:
    draft = in_markdown.model_copy(update={"findings": in_markdown.findings[:1]})
    only = check.model_copy(update={"drafts": (draft,), "wanted": {"HA1": 2}})
    assert "1 finding; 0 pass\n4 not looked at\n" in render_text(only, PLAIN)


def test_nothing_silenced_is_called_worth_doing(check: Check, in_slides: CheckedDraft) -> None:
    text = render_text(check.model_copy(update={"drafts": (in_slides,)}), PLAIN)
    assert "Worth most: CH2" in text and "HA1" not in text
