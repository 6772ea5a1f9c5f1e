"""The colour table of a rich text file."""

import re

from grader.readers.contrast import Rgb

_TABLE = re.compile(r"\{\\colortbl([^{}]{0,20000})\}")
_PART = re.compile(r"\\(red|green|blue)(\d{1,3})")


def colours_of(text: str) -> dict[int, Rgb]:
    """Colour by number; those that the program chooses itself (number 0, as a rule) are left out."""
    table = _TABLE.search(text)
    found: dict[int, Rgb] = {}
    for number, entry in enumerate(table.group(1).split(";") if table else ()):
        parts = {name: min(int(value), 255) / 255 for name, value in _PART.findall(entry)}
        if parts:
            found[number] = (parts.get("red", 0.0), parts.get("green", 0.0), parts.get("blue", 0.0))
    return found
