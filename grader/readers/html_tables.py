"""HTML tables → grids of cell texts, with cells that span rows or columns put where they are seen."""

from bs4.element import NavigableString, PreformattedString, Tag

from grader.readers.html_visibility import SKIPPED
from grader.readers.tables import Carried, fill_carried, looks_like_header
from grader.readers.whole_numbers import whole

_MAX_SPAN = 100
"""Largest row or column span that is believed."""
_BREAKING = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "blockquote",
    ]
)


def is_layout(table: Tag) -> bool:
    """True for a table that only arranges a page: it says so, holds tables or headings, or has one column."""
    if table.get("role") in ("presentation", "none") or table.find(["table", "h1", "h2", "h3"]):
        return True
    return all(len(row.find_all(["td", "th"])) < 2 for row in table.find_all("tr"))


def table_grid(table: Tag) -> tuple[list[tuple[list[str], int | None]], int]:
    """The visible rows as (cell texts, source line), and how many rows at the top are headers.

    A cell that spans rows is repeated in each, so that every row can be read alone; one that spans columns
    is repeated only in headers.
    """
    rows = list(table.find_all("tr"))
    header_rows = _marked_header_rows(rows)
    grid: list[tuple[list[str], int | None]] = []
    carried: Carried = {}
    for number, row in enumerate(rows):
        cells = _row_cells(row, carried, repeat_columns=number < header_rows)
        if any(cells):
            grid.append((cells, row.sourceline))
        else:
            header_rows -= number < header_rows
    if not header_rows and looks_like_header([cells for cells, _ in grid]):
        header_rows = 1
    return grid, header_rows


def _marked_header_rows(rows: list[Tag]) -> int:
    """Rows at the top that stand in a ``thead`` or hold only ``th`` cells."""
    for number, row in enumerate(rows):
        in_head = row.parent is not None and row.parent.name == "thead"
        if not in_head and (not row.find("th") or row.find("td")):
            return number
    return len(rows)


def _row_cells(row: Tag, carried: Carried, *, repeat_columns: bool) -> list[str]:
    cells: list[str] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        fill_carried(cells, carried)
        text = cell_text(cell)
        rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
        for offset in range(columns):
            shown = text if offset == 0 or repeat_columns else ""
            if rows > 1:
                carried[len(cells)] = (rows - 1, shown)
            cells.append(shown)
    fill_carried(cells, carried)
    return cells


def _span(cell: Tag, name: str) -> int:
    return min(max(whole(str(cell.get(name))), 1), _MAX_SPAN)


def cell_text(tag: Tag) -> str:
    """The visible text of a cell on one line; blocks in it are kept apart by a blank."""
    parts: list[str] = []
    for child in tag.children:
        if isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            parts.append(str(child))
        elif isinstance(child, Tag) and child.name not in SKIPPED:
            gap = " " if child.name in _BREAKING else ""
            parts.append(gap + cell_text(child) + gap)
    return " ".join("".join(parts).split()) if tag.name in ("td", "th") else "".join(parts)
