"""Tables of office files, whose cells span columns and rows, as plain grids."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.readers.tables import looks_like_header

MAX_SPAN = 64
"""Largest column span that is believed."""


@dataclass(frozen=True)
class Cell:
    """A cell as the file has it.

    Attributes:
        text: its visible text.
        columns: number of columns it spans.
        continues: True where it is covered by the cell above.
        strong: whether all its text is bold.
    """

    text: str
    columns: int = 1
    continues: bool = False
    strong: bool = False


def spread(rows: Sequence[Sequence[Cell]], marked_headers: int) -> tuple[list[list[str]], int]:
    """Texts by row and column, and the number of header rows.

    A cell that spans rows is repeated in each, so that every row can be read alone; one that spans columns
    only in headers. Where the file marks no header rows (0), or all, the first row is looked at.
    """
    headers = marked_headers if 0 < marked_headers < len(rows) else 0
    if not headers and len(rows) > 1:
        plain = [[cell.text for cell in row] for row in rows]
        headers = int(looks_like_header(plain) or _stands_out(rows))
    grid: list[list[str]] = []
    for number, row in enumerate(rows):
        above = grid[-1] if grid else []
        texts: list[str] = []
        for cell in row:
            covered = cell.continues and len(texts) < len(above)
            text = above[len(texts)] if covered else cell.text
            more = min(cell.columns, MAX_SPAN) - 1
            texts += [text] + [text if number < headers else ""] * more
        grid.append(texts)
    return grid, headers


def _stands_out(rows: Sequence[Sequence[Cell]]) -> bool:
    """A first row that is all bold above rows that are not; two rows, figures on top, are number cards."""
    filled = [cell for cell in rows[0] if cell.text.strip()]
    if len(filled) < 2 or not all(cell.strong for cell in filled):
        return False
    if len(rows) == 2 and any(char.isdigit() for cell in filled for char in cell.text):
        return False
    return not all(cell.strong for row in rows[1:] for cell in row if cell.text.strip())
