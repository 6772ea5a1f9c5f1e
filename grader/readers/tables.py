"""Tables as grids of cell texts → rows with their column headers; shared by the text formats."""

from collections.abc import Sequence

from grader.readers.blocks import BlockBuilder
from grader.schema import Location

Grid = Sequence[tuple[Sequence[str], Location]]
"""Rows of a table: the cells' texts and where the row begins."""

Carried = dict[int, tuple[int, str]]
"""By column, the cell of a row above that reaches down to here: rows it still fills, and its text."""

_HEADER_WORDS = 6
"""A cell with more words than this is hardly a column's name."""


def add_table(builder: BlockBuilder, grid: Grid, header_rows: int) -> None:
    """Append the rows below the first `header_rows`, which become the headers.

    A table that has nothing below its headers gives them as rows, so that no text is lost.
    """
    if header_rows >= len(grid):
        header_rows = 0
    headers = merge_headers([cells for cells, _ in grid[:header_rows]])
    for cells, location in grid[header_rows:]:
        builder.row(cells, headers, location)


def merge_headers(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One header per column; stacked header rows are read downwards and joined by a space."""
    width = max((len(row) for row in rows), default=0)
    columns = ([" ".join(row[i].split()) for row in rows if i < len(row)] for i in range(width))
    return tuple(" ".join(dict.fromkeys(filter(None, column))) for column in columns)


def fill_carried(cells: list[str], carried: Carried) -> None:
    """Append what reaches down from the rows above into the next columns of a row, and use it up."""
    while (column := len(cells)) in carried:
        left, text = carried.pop(column)
        cells.append(text)
        if left > 1:
            carried[column] = (left - 1, text)


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of unmarked rows names the columns: short, filled, without figures, no sentence."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    names = all(0 < len(cell.split()) <= _HEADER_WORDS and cell[-1] not in ".:;!" for cell in first[1:])
    plain = len(first[0].split()) <= _HEADER_WORDS and not any(
        char.isdigit() for cell in first for char in cell
    )
    return names and plain and len(set(first)) == len(first)
