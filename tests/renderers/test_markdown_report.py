from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from grader.renderers.markdown_report import escaped, render_markdown
from grader.schema import Assessment, Rubric, RunInfo

GOLDEN = Path(__file__).with_name("golden")


def test_the_report_of_a_graded_document(graded: Assessment, rubric: Rubric, run: RunInfo) -> None:
    assert render_markdown(graded, rubric, run) == (GOLDEN / "graded.md").read_text(encoding="utf-8")


def test_the_report_of_a_document_without_a_score(
    not_scorable: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    assert render_markdown(not_scorable, rubric, run) == (GOLDEN / "not_scorable.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "# heading",
        "- item",
        "1. item",
        "> quote",
        "*a* _b_ `c`",
        "[a](http://b)",
        "a | b",
        "http://example.org www.example.org",
        "![x](y)",
        "&lt;",
        "+ plus",
        "====",
        "```",
        "~~~",
    ],
)
def test_document_text_is_shown_as_it_is(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(escaped(text)).strip()
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html == f"<p>{shown}</p>"


def test_addresses_do_not_become_links() -> None:
    assert escaped("see https://x.org") == r"see https\://x.org"
    assert escaped("me@x.org, @you") == r"me\@x.org, \@you"
