"""AsciiDoc tables → rows of cell texts."""

import re
from collections.abc import Sequence

Row = tuple[list[str], int]
"""Cell texts of a row, and the index of the line it begins on."""

_CELL = re.compile(r"(?:^|(?<=\s))(?:\d+(?:\.\d+)?[*+])?[<^>.]*[adehlmsv]?(?<!\\)\||(?<!\\)\|")
_COLUMNS = re.compile(r"cols\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^,\]]+))")


def parse_rows(lines: Sequence[str], attributes: str) -> tuple[list[Row], int]:
    """Rows of the table between its fences, and how many of them are headers.

    Cells may stand one a line: then the ``cols`` attribute, or the first line, says how many make a row.
    """
    cells, first_line_cells = _cells(lines)
    width = _width(attributes) or first_line_cells or 1
    rows: list[Row] = []
    for begin in range(0, len(cells), width):
        row = cells[begin : begin + width]
        rows.append(([text for text, _ in row], row[0][1]))
    return rows, int(_has_header(lines, attributes))


def _cells(lines: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """All cells with the index of their line, and how many stand on the first filled line."""
    cells: list[tuple[str, int]] = []
    first_line_cells = 0
    for index, line in enumerate(lines):
        parts = _CELL.split(line)
        if parts[0].strip() and cells:
            text, place = cells[-1]
            cells[-1] = (f"{text} {parts[0].strip()}".strip(), place)
        cells += [(part.strip().replace("\\|", "|"), index) for part in parts[1:]]
        first_line_cells = first_line_cells or len(cells)
    return cells, first_line_cells


def _width(attributes: str) -> int:
    match = _COLUMNS.search(attributes)
    if not match:
        return 0
    columns = next(filter(None, match.groups()))
    if repeated := re.fullmatch(r"\s*(\d{1,4})\s*\*.*", columns):
        return int(repeated.group(1))
    return len(re.split(r"[,;]", columns))


def _has_header(lines: Sequence[str], attributes: str) -> bool:
    """Marked as header, or, as the language has it, a first line that is followed by a blank one."""
    if "noheader" in attributes:
        return False
    if "header" in attributes:
        return True
    return len(lines) > 2 and bool(lines[0].strip()) and not lines[1].strip()
