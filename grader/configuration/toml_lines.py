"""On which line of a TOML file a key stands; the standard parser gives values without their lines."""

import re

Key = tuple[str, ...]
"""A dotted key: ``("tool", "grader", "check", "select")``."""

_TABLE = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_ENTRY = re.compile(r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")


def line_of(text: str, key: Key) -> int | None:
    """The line, from 1, where `key` is set, or else the nearest table or key around it; None for neither.

    It goes by the look of lines: a key inside an inline table gives the line of that table.
    """
    found: dict[Key, int] = {}
    table: Key = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _TABLE.match(line):
            table = _parts(header.group(1))
            found.setdefault(table, number)
        elif entry := _ENTRY.match(line):
            found.setdefault((*table, *_parts(entry.group(1))), number)
    while key and key not in found:
        key = key[:-1]
    return found.get(key) if key else None


def _parts(dotted: str) -> Key:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
