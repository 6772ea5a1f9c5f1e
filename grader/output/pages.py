"""The reports of a document, rendered once for the same outcome."""

import json
from typing import TYPE_CHECKING

from grader.cache import Entries, recalled
from grader.pipeline import Graded
from grader.provenance import program_hash
from grader.renderers.json_lines import to_line
from grader.schema import Rubric, RunInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMES = {"started", "finished", "counts"}
"""What of a run no report shows."""


def pages_of(graded: Graded, rubric: Rubric, run: RunInfo, entries: Entries) -> "Iterator[str]":
    """HTML and Markdown of one document.

    Args:
        entries: where they are kept.
    """

    def render(_: tuple[str, ...]) -> bytes:
        from grader.renderers.html_report import render_html
        from grader.renderers.markdown_report import render_markdown

        html = render_html(graded.document, graded.assessment, rubric, run)
        markdown = render_markdown(graded.assessment, rubric, run, graded.document)
        return json.dumps([html, markdown]).encode()

    made_by = ("pages", program_hash(), rubric.hash, run.model_dump_json(exclude=_TIMES))
    shown = (to_line(graded.assessment), graded.document.model_dump_json() if graded.document else "")
    (pages,) = recalled(entries, made_by, [shown], render)
    yield from json.loads(pages)
