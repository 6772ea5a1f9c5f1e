from pathlib import Path

from markdown_it import MarkdownIt

from grader.renderers.cohort_markdown import render_summary
from grader.schema import Assessment, Rubric, RunInfo

GOLDEN = Path(__file__).with_name("golden")


def test_the_summary_is_as_agreed(
    graded: Assessment, not_scorable: Assessment, skipped: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    text = render_summary([graded, not_scorable, skipped], rubric, run)
    assert text == (GOLDEN / "summary.md").read_text(encoding="utf-8")


def test_documents_are_in_order_of_name_whatever_their_totals(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    names = {"b10.md": 9.0, "a.md": 1.0, "b2.md": 99.0}
    rows = [graded.model_copy(update={"source": name, "total": total}) for name, total in names.items()]
    text = render_summary(rows, rubric, run)
    assert text.index("a.md") < text.index("b2.md") < text.index("b10.md")


def test_a_name_neither_makes_markup_nor_breaks_the_table(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    hostile = graded.model_copy(update={"source": "a|b\n# x <img src=y> [z](http://example.org).md"})
    html = MarkdownIt("commonmark").enable("table").render(render_summary([hostile], rubric, run))
    assert "<img" not in html and "<a " not in html and html.count("<h1>") == 1
    first = html[html.index("<tbody>") :]
    assert first[: first.index("</tr>")].count("<td") == 8


def test_a_summary_of_nothing_is_a_page(rubric: Rubric, run: RunInfo) -> None:
    text = render_summary([], rubric, run)
    assert text.startswith("# 0 documents\n") and "|" not in text
