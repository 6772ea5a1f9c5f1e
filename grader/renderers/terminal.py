"""A batch in a terminal, as a rich renderable: the table after `grader grade`.

Colour and width are the console's business: on a pipe rich prints the same text without any escape sequence.
"""

from collections.abc import Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.renderers.phrases import STATUS_WORDS, document_name, interval, no_total_because, points
from grader.renderers.visible import stripped
from grader.schema import Assessment, Dimension, Rubric


def cohort_table(assessments: Sequence[Assessment], rubric: Rubric) -> RenderableType:
    """One line per document, in the given order: kind, total with its 80 % range, dimensions, note."""
    legend = "  ".join(f"{_short(d)} {stripped(d.title)}" for d in rubric.dimensions)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=_plain(legend), caption_justify="left")
    table.add_column("Document", overflow="fold", min_width=16)
    table.add_column("Kind", overflow="fold")
    table.add_column("Total", justify="right", no_wrap=True)
    table.add_column("80 %", justify="right", no_wrap=True)
    for dimension in rubric.dimensions:
        table.add_column(_plain(_short(dimension)), justify="right", no_wrap=True)
    table.add_column("Note", overflow="fold", min_width=10)
    for assessment in assessments:
        table.add_row(
            _plain(document_name(assessment)),
            _plain(assessment.kind.name if assessment.kind else ""),
            Text(points(assessment.total), "bold"),
            interval(assessment),
            *(points(assessment.dimensions.get(dimension.id)) for dimension in rubric.dimensions),
            _note(assessment),
        )
    return table


def _note(assessment: Assessment) -> Text:
    if assessment.total is None:
        status = STATUS_WORDS[assessment.status]
        return Text(f"{status}: {stripped(no_total_because(assessment))}", "yellow")
    count = sum(flag.severity != "info" for flag in assessment.flags)
    return Text(f"{count} flag{'s' if count > 1 else ''}" if count else "")


def _short(dimension: Dimension) -> str:
    """The letters that the ids of its criteria begin with, such as ``TO``; else the title's first word."""
    first = dimension.criteria[0].id if dimension.criteria else ""
    return first.rstrip("0123456789-_.") or dimension.title.split()[0]


def _plain(text: str) -> Text:
    """Document text as it is: no console markup, no control characters."""
    return Text(stripped(text))
