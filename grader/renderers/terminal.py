"""Assessments in a terminal, as rich renderables: the table after a batch, the findings of one draft.

Colour and width are the console's business: on a pipe rich prints the same text without any escape sequence.
Print with ``soft_wrap=True`` there, so that each finding stays on one line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.renderers.changes import top_changes
from grader.renderers.phrases import (
    STATUS_WORDS,
    WANTED_LEVEL,
    band,
    document_name,
    interval,
    kind_label,
    level_name,
    no_total_because,
    points,
    profile_of,
)
from grader.renderers.visible import stripped
from grader.schema import Assessment, CriterionScore, Dimension, Location, Rubric

_LEVEL_STYLE = ("red", "yellow", "default", "green", "green")
_SEVERITY_STYLE = {"info": "cyan", "warning": "yellow", "error": "red"}
_BAR_CELLS = 20


def cohort_table(assessments: Sequence[Assessment], rubric: Rubric) -> RenderableType:
    """One line per document, in the given order: kind, total with its 80 % interval, dimensions, note."""
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


def check_view(assessment: Assessment, rubric: Rubric, wanted: int = WANTED_LEVEL) -> RenderableType:
    """One draft: scores, the changes worth most, then one finding per criterion below the level `wanted`."""
    if assessment.total is None:
        return _line(_plain(document_name(assessment)), ": ", _note(assessment))
    return Group(
        *_summary(assessment, rubric),
        *_changes(assessment, rubric),
        *_flags(assessment),
        *_findings(assessment, rubric, wanted),
        *_closing(assessment, rubric, wanted),
    )


def _summary(assessment: Assessment, rubric: Rubric) -> Iterator[RenderableType]:
    within = f" (80 % interval {interval(assessment)})" if assessment.total_range else ""
    kind = kind_label(assessment, rubric)
    yield _line(Text(stripped(document_name(assessment)), "bold"), f"  {stripped(kind)}" if kind else "")
    yield _line(
        Text(f"{points(assessment.total)} of 100", "bold"),
        within,
        f", on average {band(assessment.total or 0.0, rubric)}",
    )
    yield ""
    width = max((len(d.title) for d in rubric.dimensions), default=0)
    for dimension in rubric.dimensions:
        if dimension.id in assessment.dimensions:
            score = assessment.dimensions[dimension.id]
            name = stripped(dimension.title).ljust(width)
            yield _line(
                f"  {name}  ",
                *([_bar(score), f" {points(score):>3}"] if score is not None else [Text("no score", "dim")]),
            )
    yield ""


def _changes(assessment: Assessment, rubric: Rubric) -> Iterator[RenderableType]:
    changes = top_changes(assessment, rubric, profile_of(assessment, rubric))
    if changes:
        yield _line(Text("What would lift the score most", "bold"))
    for number, change in enumerate(changes, start=1):
        level = change.score.level or 0
        yield _line(
            f"  {number}. ",
            Text(change.score.id, "bold cyan"),
            f" {stripped(change.title)}, ",
            f"{level_name(rubric, level)} → {level_name(rubric, level + 1)}: ",
            Text(f"+{change.gain:.1f} points", "green"),
        )
        yield _Indented(change.next_step, 5)
        yield _Indented(f"Where: {change.where}", 5, "dim")
    if changes:
        yield ""


def _flags(assessment: Assessment) -> Iterator[RenderableType]:
    for flag in assessment.flags:
        yield _line(
            _plain(place(assessment, flag.location)),
            ": ",
            Text(flag.severity, _SEVERITY_STYLE[flag.severity]),
            f" {stripped(flag.message)}",
        )


def _findings(assessment: Assessment, rubric: Rubric, wanted: int) -> Iterator[RenderableType]:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    for score in below(assessment, wanted):
        level = score.level or 0
        where = score.evidence[0].location if score.evidence else None
        yield _line(
            _plain(place(assessment, where)),
            ": ",
            Text(score.id, "bold cyan"),
            " ",
            Text(level_name(rubric, level), _LEVEL_STYLE[level]),
            f" → {level_name(rubric, wanted)}  {stripped(titles.get(score.id, ''))}",
        )
        yield _Indented(score.reason, 4)
        yield _Indented(score.next_step, 4, "dim")


def _closing(assessment: Assessment, rubric: Rubric, wanted: int) -> Iterator[RenderableType]:
    findings = len(below(assessment, wanted))
    scored = sum(score.state == "scored" for score in assessment.criteria)
    parts = [f"{findings} of {scored} criteria below {level_name(rubric, wanted)}"]
    for state, words in (("not_expected", "not expected here"), ("not_measured", "could not be measured")):
        if count := sum(score.state == state for score in assessment.criteria):
            parts.append(f"{count} {words}")
    yield ""
    yield _line("; ".join(parts) + ".")
    yield _line("Scored by software; a person decides.")


def below(assessment: Assessment, wanted: int) -> list[CriterionScore]:
    """The scored criteria under the level `wanted`, lowest first, else in the rubric's order."""
    found = [s for s in assessment.criteria if s.level is not None and s.level < wanted]
    return sorted(found, key=lambda s: s.level or 0)


def place(assessment: Assessment, location: Location | None) -> str:
    """``file:12`` or ``file:12:4`` where lines exist, else ``file (page 3)``; just the file without one."""
    name = document_name(assessment)
    if location is None or not str(location):
        return name
    if location.line is None or location.cell is not None:
        return f"{name} ({location})"
    return f"{name}:{location.line}" + (f":{location.column}" if location.column else "")


def _bar(score: float) -> Text:
    filled = round(score / 100 * _BAR_CELLS)
    return Text.assemble(("█" * filled, "cyan"), ("░" * (_BAR_CELLS - filled), "dim"))


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


def _line(*parts: str | Text) -> Text:
    return Text.assemble(*parts)


@dataclass(frozen=True)
class _Indented:
    """A hanging block; on a console that does not wrap (a pipe) one line."""

    text: str
    columns: int
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        text = stripped(self.text)
        if text and options.no_wrap:
            yield Text(" " * self.columns + text, self.style)
        elif text:
            yield Padding(Text(text, self.style), (0, 0, 0, self.columns), expand=False)
