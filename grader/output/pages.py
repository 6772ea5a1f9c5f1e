"""What is made of one outcome: its reports, and the prose that is compared; once for the same outcome."""

import json
from typing import NamedTuple

from grader.cache import Entries, recalled
from grader.pipeline import Graded
from grader.provenance import program_hash
from grader.schema import Prose, Rubric, RunInfo

_TIMES = {"started", "finished", "counts"}
"""What of a run no page and no table shows."""


class Made(NamedTuple):
    """Of one document.

    Attributes:
        reports: HTML and Markdown.
        prose: what of it is compared with the rest of the batch; empty unless graded.
    """

    reports: tuple[str, str]
    prose: tuple[Prose, ...]


def made_of(graded: Graded, line: str, rubric: Rubric, run: RunInfo, entries: Entries) -> Made:
    """What is made of one document.

    Args:
        line: its line of ``results.jsonl``.
        entries: where it is kept.
    """

    def make(_: tuple[str, ...]) -> bytes:
        from grader.duplicates.prose import prose_of
        from grader.renderers.html_report import render_html
        from grader.renderers.markdown_report import render_markdown

        document, assessment = graded.document, graded.assessment
        html = render_html(document, assessment, rubric, run)
        markdown = render_markdown(assessment, rubric, run, document)
        prose = prose_of(document) if document and assessment.status == "graded" else ()
        return json.dumps([html, markdown, [block.model_dump() for block in prose]]).encode()

    shown = (line, graded.document.model_dump_json() if graded.document else "")
    (kept,) = recalled(entries, ("made of one", *shown_of(rubric, run)), [shown], make)
    html, markdown, prose = json.loads(kept)
    return Made((html, markdown), tuple(map(Prose.model_validate, prose)))


def shown_of(rubric: Rubric, run: RunInfo) -> tuple[str, ...]:
    """What pages and tables depend on besides outcomes."""
    return (program_hash(), rubric.hash, run.model_dump_json(exclude=_TIMES))
