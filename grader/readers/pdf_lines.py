"""Segments of PDF pages → lines in reading order, without running heads, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from grader.readers.pdf_page import Page, Segment

MARGIN = 0.12
"""Part of the page height, above and below, where running heads and footers stand."""
REPEATS = 3
PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*(?:(?:of|/|von)\s*\d{1,4})?", re.I
)


@dataclass
class Line:
    """Segments that stand side by side, or one cell's piece of a table row.

    Attributes:
        page: from 1.
        segments: left to right.
    """

    page: int
    segments: list[Segment]

    @property
    def text(self) -> str:
        """All text; wide gaps become one blank."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def x0(self) -> float:
        """Left edge, points."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right edge, points."""
        return self.segments[-1].x1

    @property
    def y(self) -> float:
        """Base line, points from the top."""
        return self.segments[0].y

    @property
    def size(self) -> float:
        """Font size of the longest segment, points."""
        return max(self.segments, key=lambda segment: len(segment.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold (a bullet or number in front need not be)."""
        return all(segment.bold for segment in self.segments if len(segment.text) > 2 or segment.bold)

    @property
    def monospace(self) -> bool:
        """Whether all of it is set in a monospaced font."""
        return all(segment.monospace for segment in self.segments)


def lines_of(page: Page) -> list[Line]:
    """Lines in reading order. Segments in table cells stay lines of their own."""
    lines: list[Line] = []
    for segment in _in_reading_order(page):
        last = lines[-1].segments[-1] if lines else None
        beside = (
            last is not None
            and segment.cell is None
            and last.cell is None
            and abs(last.y - segment.y) <= 0.4 * max(last.size, segment.size)
            and segment.x0 >= last.x1 - 1
        )
        if beside:
            lines[-1].segments.append(segment)
        else:
            lines.append(Line(page.number, [segment]))
    return lines


def split_running(pages: Sequence[Page], lines: Sequence[list[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """Lines of each page without what repeats at the edges of pages, and the first of each repeated line."""
    heights = {page.number: page.height for page in pages}
    counts: Counter[str] = Counter()
    for page_lines in lines:
        counts.update({_unnumbered(line.text) for line in page_lines if _at_edge(line, heights)})
    kept: list[list[Line]] = []
    running: dict[str, Line] = {}
    enough = max(REPEATS, len(pages) * 0.3)
    for page_lines in lines:
        kept.append([])
        for line in page_lines:
            key = _unnumbered(line.text)
            if not _at_edge(line, heights):
                kept[-1].append(line)
            elif counts[key] >= enough:
                running.setdefault(key, line)
            elif not PAGE_NUMBER.fullmatch(line.text.strip()):
                kept[-1].append(line)
    return kept, [line for key, line in running.items() if not PAGE_NUMBER.fullmatch(line.text.strip())]


def _at_edge(line: Line, heights: dict[int, float]) -> bool:
    height = heights[line.page]
    return line.segments[0].cell is None and not MARGIN * height < line.y < (1 - MARGIN) * height


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "0", text).strip()


def _in_reading_order(page: Page) -> list[Segment]:
    """Drawing order, which nearly always is reading order; mended where it plainly is not."""
    segments = page.segments
    if _is_scrambled(segments):
        segments = sorted(segments, key=lambda segment: (round(segment.y / 3), segment.x0))
    gutter = _gutter(page, segments)
    return _by_column(segments, gutter) if gutter else segments


def _is_scrambled(segments: Sequence[Segment]) -> bool:
    """Whether nearly every other step to a segment above or below goes up."""
    steps = [b.y - a.y for a, b in zip(segments, segments[1:], strict=False)
             if a.cell is None and b.cell is None and min(a.x1, b.x1) > max(a.x0, b.x0)]  # fmt: skip
    moves = [step for step in steps if abs(step) > 2]
    up = sum(step < 0 for step in moves)
    return up > 0.4 * len(moves) if len(moves) >= 5 else up == len(moves) >= 2


def _gutter(page: Page, segments: Sequence[Segment]) -> tuple[float, float, float] | None:
    """Two columns drawn line by line across: (x between them, top, bottom), None where there are none."""
    pairs = [(a, b) for a, b in zip(segments, segments[1:], strict=False)
             if a.cell is None and b.cell is None and abs(a.y - b.y) < 2 and b.x0 > a.x1]  # fmt: skip
    wide = [(a, b) for a, b in pairs if min(a.x1 - a.x0, b.x1 - b.x0) > 0.1 * page.width]
    if len(wide) < 4:
        return None
    x = median((a.x1 + b.x0) / 2 for a, b in wide)
    fitting = [(a, b) for a, b in wide if a.x1 < x < b.x0]
    if len(fitting) < max(4, 0.8 * len(wide)):
        return None
    if min(mean(a.x1 - a.x0 for a, _ in fitting), mean(b.x1 - b.x0 for _, b in fitting)) < 0.28 * page.width:
        return None  # short on one side: rows of a table, not columns of text
    top, bottom = min(a.y for a, _ in fitting), max(a.y for a, _ in fitting)
    crossing = [s for s in segments if top <= s.y <= bottom and s.x0 < x - 5 and s.x1 > x + 5]
    return (x, top, bottom) if len(crossing) <= 0.1 * len(fitting) else None


def _by_column(segments: Sequence[Segment], gutter: tuple[float, float, float]) -> list[Segment]:
    x, top, bottom = gutter
    inside = [s for s in segments if top - 1 <= s.y <= bottom + 1]
    if not inside:
        return list(segments)
    members = {id(segment) for segment in inside}
    first = next(at for at, segment in enumerate(segments) if id(segment) in members)
    columns = [s for s in inside if s.x0 < x] + [s for s in inside if s.x0 >= x]
    before = [s for s in segments[:first] if id(s) not in members]
    after = [s for s in segments[first:] if id(s) not in members]
    return before + columns + after
