"""Jupyter notebooks → blocks. Plain JSON: no cell is run and no output looked at."""

import json
from itertools import chain
from typing import Any

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.hidden import HiddenTexts
from grader.readers.markdown import read_text
from grader.readers.text_encoding import decode
from grader.schema import Location


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a notebook of format 3 or 4. Locations carry the cell and the line in it, both from 1.

    Raises:
        UnreadableError: not JSON, or not shaped like a notebook.
    """
    decoded = decode(data)
    notebook = _load(decoded.text)
    title, found = "", HiddenTexts()
    for number, cell in enumerate(_cells(notebook), 1):
        in_cell = _read_cell(cell, builder, Location(cell=number, line=1), found)
        title = title or in_cell
    return ReaderNotes(_metadata_title(notebook) or title, decoded.flags, found.found())


def _load(text: str) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
    except ValueError as error:
        raise UnreadableError(
            "damaged", f"The notebook is not valid JSON ({error}); save it again."
        ) from error
    if not isinstance(notebook, dict):
        raise _not_a_notebook("it is no JSON object")
    return notebook


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells in order; format 3 keeps them in worksheets."""
    cells = notebook.get("cells")
    if cells is None and isinstance(sheets := notebook.get("worksheets"), list):
        lists = [sheet.get("cells") or [] for sheet in sheets if isinstance(sheet, dict)]
        cells = list(chain.from_iterable(lists)) if all(isinstance(each, list) for each in lists) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise _not_a_notebook("it has no list of cells")
    return cells


def _read_cell(cell: dict[str, Any], builder: BlockBuilder, place: Location, found: HiddenTexts) -> str:
    """Returns the title that the cell's front matter gives, "" without one."""
    text = _source(cell)
    match cell.get("cell_type"):
        case "markdown":
            return read_text(text, builder, place, found)
        case "code":
            builder.add("code", text.strip("\n"), place)
        case "heading":  # format 3
            level = cell.get("level")
            builder.heading(text, min(max(level, 1), 6) if isinstance(level, int) else 1, place)
        case _:
            builder.add("paragraph", text.strip(), place)
    return ""


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise _not_a_notebook("a cell's source is no text")
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _metadata_title(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    return title if isinstance(title, str) else ""


def _not_a_notebook(why: str) -> UnreadableError:
    return UnreadableError("damaged", f"This is not a notebook: {why}; export it again from Jupyter.")
