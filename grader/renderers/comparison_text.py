"""A comparison for the terminal: one document in full, many as a table."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.renderers.comparison_view import ChangeView, DocumentView, document_views, moves, said_of_all
from grader.renderers.look import Look
from grader.renderers.visible import stripped
from grader.schema import Rubric
from grader.schema.comparison import Comparison

_BLANK_LINES = re.compile(r"\n{3,}")
_PIPE_COLUMNS = 160
_INDENT = 6


def render_text(comparison: Comparison, rubric: Rubric, look: Look) -> str:
    """The comparison, ended by one line feed; without `look.columns` lines stay whole."""
    views = document_views(comparison, rubric)
    parts: list[RenderableType] = [
        Text(f"caution: {stripped(words)}", "yellow") for words in comparison.caveats
    ]
    parts += _one(views[0]) if len(views) == 1 else _many(views, comparison, rubric)
    parts += [Text(stripped(line)) for line in said_of_all(comparison)]
    return _written(parts, look)


def _one(view: DocumentView) -> Iterator[RenderableType]:
    yield Text(stripped(view.name), "bold")
    yield Text(stripped(view.totals)) + Text(f"  {view.difference}" if view.difference else "", "bold")
    yield Text(stripped(view.verdict))
    for words in view.change.caveats:
        yield Text(f"caution: {stripped(words)}", "yellow")
    if view.dimensions:
        yield _table(("", "before", "now", ""), view.dimensions, right=(1, 2, 3))
    for heading, changes in view.groups:
        yield Text(f"\n{heading}", "bold")
        for change in changes:
            yield from _change(change)
    yield Text(f"\n{view.same} criteria without a change.")


def _change(change: ChangeView) -> Iterator[RenderableType]:
    yield Text.assemble("  ", (change.id, "bold cyan"), f" {stripped(change.title)}: {change.step}")
    for quote in change.quotes:
        about = ", ".join(filter(None, (quote.place, quote.note)))
        sign, style = ("+", "green") if quote.appeared else ("−", "red")
        words = f"{sign} “{stripped(quote.quote)}”" + (f" ({stripped(about)})" if about else "")
        yield _Hanging(words, style)


@dataclass(frozen=True)
class _Hanging:
    """A block under its indent; on a console that does not wrap (a pipe) one line."""

    text: str
    style: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            yield Text(_INDENT * " " + self.text, self.style)
        else:
            yield Padding(Text(self.text, self.style), (0, 0, 0, _INDENT), expand=False)


def _many(views: Sequence[DocumentView], comparison: Comparison, rubric: Rubric) -> Iterator[RenderableType]:
    if not views:
        return
    rows = [
        (view.name, view.totals, view.difference, str(view.rose), str(view.fell), _short(view))
        for view in views
    ]
    yield _table(("Document", "Total (80 %)", "", "rose", "fell", ""), rows, right=(2, 3, 4))
    moved = [
        (f"{name} {title}", str(rose), str(fell)) for name, title, rose, fell in moves(comparison, rubric)
    ]
    if moved:
        yield _table(("Documents that", "rose", "fell"), moved, right=(1, 2))
    yield Text("The quotes of each are in --format html, markdown and json.")


def _short(view: DocumentView) -> str:
    return view.verdict.split(":")[0] + ("; another kind of document" if view.change.caveats else "")


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(stripped(cell)) for cell in row))
    return table


def _written(parts: Sequence[RenderableType], look: Look) -> str:
    file = io.StringIO()
    console = Console(
        file=file,
        width=look.columns or _PIPE_COLUMNS,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        whole = look.columns is None and isinstance(
            part, Text | _Hanging
        )  # on a pipe no line of text is broken
        console.print(part, soft_wrap=whole)
    lines = "\n".join(line.rstrip() for line in file.getvalue().strip("\n").split("\n"))
    return _BLANK_LINES.sub("\n\n", lines) + "\n"
