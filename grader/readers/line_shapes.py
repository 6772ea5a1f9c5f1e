"""What a single line of plain text looks like: bullet, drawing, table row. Shared by the text formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BULLET = re.compile(r"([ \t]*)(?:[-*+•◦▪‣●○·–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])[ \t]+(?=\S)")
_TICK = re.compile(r"(?:\\?\[(?P<box>[ xX✓✔])\\?\](?=\s|$)|(?P<sign>[☐☑☒✓✔]))[\s\ufe0f]*")
_BOX_CHARACTERS = re.compile(r"[\u2500-\u257f\u2580-\u259f]")
_PLUS_RULE = re.compile(r"\+[-=]{2,}.*\+")
_ARROW_OR_BAR = re.compile(r"[\s|v^V↓↑▼▲│+/\\<>-]+")
_RULE = re.compile(r"\s*\|?[\s:|=+-]*-{2,}[\s:|=+-]*\|?\s*")


@dataclass(frozen=True)
class Item:
    """A line that begins a list item: blanks before the bullet, and where the text begins."""

    indent: int
    start: int


def list_item(line: str) -> Item | None:
    """The bullet, number or letter that begins the line, if there is one."""
    match = _BULLET.match(line)
    return Item(len(match.group(1).expandtabs(4)), match.end()) if match else None


def split_check_box(text: str) -> tuple[bool | None, str]:
    """The state of a check box at the start of a list item, None without one, and the text behind it."""
    match = _TICK.match(text)
    if not match:
        return None, text
    mark = match.group("box") or match.group("sign")
    return mark not in (" ", "☐"), text[match.end() :]


def is_drawing(lines: Sequence[str]) -> bool:
    """True for a picture made of characters: boxes, trees, or arrows between lines.

    A few arrows in a sentence make no drawing: at least half of the lines must be drawn.
    """
    filled = [line for line in lines if line.strip()]
    drawn = sum(1 for line in filled if _is_drawn(line))
    boxes = sum(len(_BOX_CHARACTERS.findall(line)) for line in filled)
    return bool(drawn) and 2 * drawn >= len(filled) and (len(filled) > 1 or boxes >= 3)


def _is_drawn(line: str) -> bool:
    stripped = line.strip()
    if _BOX_CHARACTERS.search(line) or _PLUS_RULE.search(line):
        return True
    return bool(_ARROW_OR_BAR.fullmatch(stripped)) and not _RULE.fullmatch(stripped)


def pasted_cells(lines: Sequence[str]) -> list[list[str]] | None:
    """Cells of consecutive lines that are table rows pasted as text; None where they are not.

    Rows are separated by tabs, or framed or crossed by the same number of bars; rules are dropped, so a
    line count may shrink: each row keeps its place as an empty list where it was a rule.
    """
    rows = [_split_row(line) for line in lines]
    widths = {len(row) for row in rows if row}
    if not widths or min(widths) < 2 or max(widths) - min(widths) > 1:
        return None
    certain = all(_is_framed(line) or line.strip().count("\t") > 1 for line in lines)
    enough = sum(1 for row in rows if row) >= (1 if certain else 2)
    return rows if enough else None


def _is_framed(line: str) -> bool:
    stripped = line.strip()
    return stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2


def _split_row(line: str) -> list[str]:
    """Cells of one line; one cell where nothing separates it, none for a rule."""
    stripped = line.strip()
    if _RULE.fullmatch(stripped):
        return []
    if "\t" in stripped:
        return [cell.strip() for cell in re.split(r"\t+", stripped)]
    if _is_framed(line):
        stripped = stripped[1:-1]
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", stripped)]


def flush_left(text: str) -> str:
    """Lines without the blanks that made the parser take them for code; deeper list items stay deeper."""
    lines = text.split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)


def is_prose(lines: Sequence[str], must_open: bool = False) -> bool:
    """True where indented lines read like sentences or list items rather than code.

    With `must_open` the first line may not begin with a small letter, as commands do.
    """
    filled = [line.strip() for line in lines if line.strip()]
    opens = bool(filled) and not (must_open and filled[0][0].islower())
    return opens and all(map(_reads_like_prose, filled)) and not is_drawing(lines)


_CODE_SIGN = re.compile(
    r"[{};]\s*$|^\s*(?:[$#>]\s|//|\w+\s*=\s|(?:def|class|import|from|return|var|let)\b.*[(:=;])"
    r"|^\s*[\w.]+\(.*\)\s*$|^\s*[\"'<\[{}\])]|=>|::|&&|\\$|^\s*\w[\w.-]*:\s*\S*$"
)


def _reads_like_prose(line: str) -> bool:
    item = list_item(line)
    text = line[item.start :] if item else line
    if _CODE_SIGN.search(text):
        return False
    words = [word for word in text.split() if word.strip(".,:;!?()*_\"'").isalpha()]
    return len(words) >= (1 if item else 4) and 2 * len(words) >= len(text.split())
