"""Tables as data, and how they are printed and written."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from grader.schema import Frozen

WIDTH = 110
"""Longest line of a note in a terminal."""


class Table(Frozen):
    """One table. The first column is a name, the others are figures; all cells are text already.

    Attributes:
        note: what the figures are, before the table.
    """

    title: str
    note: str = ""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: float, digits: int = 2) -> str:
    """A figure as shown: fixed digits, "–" where there is none."""
    return "–" if value != value else f"{value:.{digits}f}"


def share(value: float) -> str:
    """A share as per cent."""
    return "–" if value != value else f"{100 * value:.0f} %"


def as_text(table: Table) -> Iterator[str]:
    """Lines for a terminal."""
    widths = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
    yield from ["", table.title, "=" * len(table.title)]
    yield from wrap(table.note, WIDTH)
    for row in (table.header, *table.rows):
        yield "  ".join(
            _cell(text, width, i) for i, (text, width) in enumerate(zip(row, widths, strict=True))
        )


def as_markdown(table: Table) -> Iterator[str]:
    """Lines of a Markdown section."""
    yield from [f"## {table.title}", ""]
    if table.note:
        yield from [table.note, ""]
    yield _row(table.header)
    yield _row(["---", *["---:"] * (len(table.header) - 1)])
    yield from (_row([cell.replace("|", "\\|") for cell in row]) for row in table.rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str, width: int, column: int) -> str:
    return text.rjust(width) if column else text.ljust(width)
