"""AsciiDoc tables → rows of cell texts."""

import csv
import re
from collections.abc import Sequence

Row = tuple[list[str], int]
"""Cell texts of a row, and the index of the line it begins on."""

_CELL = re.compile(r"(?:^|(?<=\s))(?:\d+(?:\.\d+)?[*+])?[<^>.]*[adehlmsv]?(?<!\\)\||(?<!\\)\|")
_COLUMNS = re.compile(r"cols\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^,\]]+))")
_FORMAT = re.compile(r"format\s*=\s*[\"']?(csv|tsv|dsv)")
_SEPARATOR = re.compile(r"separator\s*=\s*[\"']?([^\s\"'])")
_SEPARATORS = {"csv": ",", "tsv": "\t", "dsv": ":"}
_FENCES = {",": "csv", ":": "dsv"}


def separator_of(fence: str, attributes: str) -> str:
    """What stands between the cells of a line; ``|`` for the usual form, where it stands before each cell."""
    named = _FORMAT.search(attributes)
    form = named.group(1) if named else _FENCES.get(fence[0])
    if form is None:
        return "|"
    own = _SEPARATOR.search(attributes)
    return own.group(1) if own else _SEPARATORS[form]


def first_row(lines: Sequence[str], separator: str) -> int:
    """Index of the line with the first cell, or behind the last line."""
    return next((n for n, line in enumerate(lines) if separator != "|" or _CELL.search(line)), len(lines))


def parse_rows(lines: Sequence[str], attributes: str, separator: str = "|") -> tuple[list[Row], int]:
    """Rows of the table between its fences, and how many of them are headers.

    Cells may stand one a line: then the ``cols`` attribute, or the first line, says how many make a row.
    """
    if separator != "|":
        return _separated(lines, separator), int(_has_header(lines, attributes))
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
        elif parts[0].strip():  # the sign before the first cell is often forgotten
            cells.append((parts[0].strip(), index))
        cells += [(part.strip().replace("\\|", "|"), index) for part in parts[1:]]
        first_line_cells = first_line_cells or len(cells)
    return cells, first_line_cells


def _separated(lines: Sequence[str], separator: str) -> list[Row]:
    """Rows of values with a separator between them; a quoted one may go on over line ends."""
    rows: list[Row] = []
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, skipinitialspace=True)
    begin = 0
    try:
        for cells in reader:
            if cells:
                rows.append(([" ".join(cell.split()) for cell in cells], begin))
            begin = reader.line_num
    except csv.Error:  # a quotation mark that is never closed; the lines are read one by one
        rows += [(line.split(separator), begin + n) for n, line in enumerate(lines[begin:]) if line.strip()]
    return rows


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
