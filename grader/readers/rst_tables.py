"""Tables of a docutils tree → rows of cell texts, spans put where they are seen."""

from docutils import nodes

from grader.readers.rst_text import inline_text
from grader.readers.tables import Carried, fill_carried

Row = tuple[list[str], nodes.Element]
"""Cell texts of a row, and the node whose line tells where it begins."""


def table_rows(table: nodes.Element) -> tuple[list[Row], int]:
    """All rows, and how many of them are headers; a cell that spans rows is repeated in each."""
    rows: list[Row] = []
    header_rows = 0
    carried: Carried = {}
    for row in table.findall(nodes.row):
        cells: list[str] = []
        for entry in row.findall(nodes.entry):
            fill_carried(cells, carried)
            text = " ".join(inline_text(entry).split())
            if below := entry.get("morerows", 0):
                carried[len(cells)] = (below, text)
            cells += [text] + [""] * entry.get("morecols", 0)
        fill_carried(cells, carried)
        header_rows += isinstance(row.parent, nodes.thead)
        rows.append((cells, next(iter(row.findall(nodes.paragraph)), row)))
    return rows, header_rows
