"""A comparison as GitHub-flavoured Markdown."""

from collections.abc import Iterator

from grader.renderers.comparison_view import DocumentView, document_views, said_of_all
from grader.renderers.markdown_report import escaped
from grader.schema import Rubric
from grader.schema.comparison import Comparison


def render_markdown(comparison: Comparison, rubric: Rubric) -> str:
    """All documents in full, ended by one line feed. Document text is escaped."""
    lines = [f"# {escaped(comparison.old)} → {escaped(comparison.new)}", ""]
    for words in comparison.caveats:
        lines += [f"> **Caution:** {escaped(words)}", ""]
    for line in said_of_all(comparison):
        lines += [escaped(line), ""]
    for view in document_views(comparison, rubric):
        lines += _document(view)
    return "\n".join(lines).rstrip("\n") + "\n"


def _document(view: DocumentView) -> Iterator[str]:
    yield f"## {escaped(view.name)}"
    yield ""
    difference = f" **{view.difference}**," if view.difference else ""
    yield f"{escaped(view.totals)}:{difference} {escaped(view.verdict)}."
    yield ""
    for words in view.change.caveats:
        yield f"> **Caution:** {escaped(words)}"
        yield ""
    if view.dimensions:
        yield "| Dimension | Before | Now | Change |"
        yield "| --- | ---: | ---: | ---: |"
        for title, before, now, difference in view.dimensions:
            yield f"| {escaped(title)} | {before} | {now} | {difference} |"
        yield ""
    for heading, changes in view.groups:
        yield f"### {heading}"
        yield ""
        for change in changes:
            yield f"- **{change.id} {escaped(change.title)}**: {escaped(change.step)}"
            for quote in change.quotes:
                about = ", ".join(filter(None, (quote.place, quote.note)))
                what = "appeared" if quote.appeared else "went"
                yield f"  - {what}: “{escaped(quote.quote)}”" + (f" ({escaped(about)})" if about else "")
        yield ""
    yield f"{view.same} criteria without a change."
    yield ""
