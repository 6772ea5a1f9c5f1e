"""Which lines of plain text are headings, and how deep."""

import re
from collections.abc import Sequence

from grader.readers.line_shapes import list_item

_UNDERLINE = re.compile(r"\s*([=~*#-])\1{2,}\s*")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)*\d{1,2})\.?\)?\s+(?=\S)")
_BULLET_SIGN = re.compile(r"\s*[-*•]\s")
_HEADING_WORDS = 9
_LABEL_WORDS = 4
"""A line that ends with a colon heads what follows when it has at most this many words."""
_TITLE_WORDS = 14
_FULL_STOPS = ("。", "．", "、", "۔", "।")
_SMALL_WORDS = frozenset(("with", "from", "into", "over", "that", "this", "than"))
_UNDERLINE_DEPTH = {"=": 1, "#": 1, "*": 1, "-": 2, "~": 3}


def heading_depth(line: str, below: str, *, alone: bool) -> int:
    """Depth of a line that heads what follows, else 0: numbered, capitals, ``Name:``, Title Case.

    `below` is the next line, "" where that is blank: a numbered line above another is a list item. `alone`
    tells whether the line is a paragraph of its own.
    """
    text = line.strip()
    words = text.split()
    if len(words) > _HEADING_WORDS or text.endswith((".", ",", ";", *_FULL_STOPS)) or line[:1].isspace():
        return 0
    if number := _NUMBERED.match(text):
        levels = number.group(1).count(".") + 1
        in_list = levels == 1 and (list_item(below) or below[:1].islower() or below[:1].isspace())
        return min(levels, 6) if not text[number.end()].islower() and not in_list else 0
    letters = [char for char in text if char.upper() != char.lower()]  # many scripts have no capitals
    if len(letters) >= 4 and text.upper() == text:
        return 1
    if list_item(line):
        return 0
    if text.endswith(":"):
        return 2 if len(words) <= _LABEL_WORDS and "," not in text else 0
    return 2 if alone and len(words) > 1 and _is_title_case(words) else 0


def _is_title_case(words: Sequence[str]) -> bool:
    """True where at least two words begin with a capital and no long one begins small; no value follows."""
    initials = [word[0] for word in words if len(word) > 3 and word not in _SMALL_WORDS and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    is_pair = any(word.endswith(":") for word in words)
    return capitals > 1 and bool(initials) and not is_pair and all(initial.isupper() for initial in initials)


def is_title(line: str, below: str) -> bool:
    """Whether the first line of a text is its title: short, alone or above a heading, and no sentence."""
    text = line.strip()
    short = len(text.split()) <= _TITLE_WORDS
    heads = not below or heading_depth(below, "X", alone=True) > 0
    return short and heads and not text.endswith((*".:;,!", *_FULL_STOPS)) and not list_item(text)


def underlined_depth(lines: Sequence[str]) -> int:
    """Depth of a heading whose second line is a rule, 0 where it is none."""
    if len(lines) < 2 or len(lines[0].split()) > 2 * _HEADING_WORDS or _BULLET_SIGN.match(lines[0]):
        return 0
    rule = _UNDERLINE.fullmatch(lines[1])
    return _UNDERLINE_DEPTH[rule.group(1)] if rule else 0


def is_rule(line: str) -> bool:
    """True for a line that only separates."""
    return bool(_UNDERLINE.fullmatch(line))
