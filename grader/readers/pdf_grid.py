"""Tables on a PDF page, found by the rules drawn around their cells."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

THIN = 3.0
"""A drawn path thinner than this, in points, is a rule."""
NEAR = 3.0
"""Edges closer than this are one."""
MAX_PATHS = 20_000
MAX_RULES = 3_000

CellId = tuple[int, int, int]
"""Table on the page, row and column, each from 0."""


@dataclass(frozen=True)
class Rule:
    """A straight line: `at` across its direction, `start` to `end` along it. Points from left or top."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A table: edges of its columns and rows, ascending; upright rules tell where cells are merged."""

    number: int
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    upright: tuple[Rule, ...]

    def cell_at(self, x: float, y: float) -> CellId | None:
        """The cell at a point, None outside; in merged cells the leftmost."""
        if not (self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]):
            return None
        row = min(bisect_right(self.rows, y) - 1, len(self.rows) - 2)
        column = min(bisect_right(self.columns, x) - 1, len(self.columns) - 2)
        while column > 0 and not self._ruled(self.columns[column], y):
            column -= 1
        return self.number, row, column

    def _ruled(self, x: float, y: float) -> bool:
        return any(
            abs(rule.at - x) <= NEAR and rule.start - NEAR <= y <= rule.end + NEAR for rule in self.upright
        )


def find_grids(page: Any) -> list[Grid]:
    """Ruled tables of at least two columns, on a page whose text runs level."""
    level, upright = _rules(page)
    if len(upright) < 3 or len(level) < 2 or len(level) + len(upright) > MAX_RULES:
        return []
    grids: list[Grid] = []
    for group_level, group_upright in _groups(level, upright):
        columns = _edges([rule.at for rule in group_upright])
        width = columns[-1] - columns[0] if columns else 0
        rows = _edges([rule.at for rule in group_level if _covers(rule, group_level, width)])
        if len(columns) >= 3 and len(rows) >= 2:
            grids.append(Grid(len(grids), tuple(columns), tuple(rows), tuple(group_upright)))
    return grids


def _covers(rule: Rule, level: list[Rule], width: float) -> bool:
    """Whether the rules on this height together cover half of the table's width: a row ends there."""
    return sum(other.end - other.start for other in level if abs(other.at - rule.at) <= NEAR) >= width / 2


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Level and upright rules: thin paths, and the four sides of drawn boxes."""
    level: list[Rule] = []
    upright: list[Rule] = []
    from_left, from_bottom, _, from_top = page.get_bbox()
    height = from_top - from_bottom
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count >= MAX_PATHS:
            break
        left, bottom, right, top = item.get_bounds()
        left, right = left - from_left, right - from_left
        upper, lower = from_top - top, from_top - bottom
        if lower - upper < THIN and right - left >= 2 * THIN:
            level.append(Rule((upper + lower) / 2, left, right))
        elif right - left < THIN and lower - upper >= 2 * THIN:
            upright.append(Rule((left + right) / 2, upper, lower))
        elif right - left >= 2 * THIN and 2 * THIN <= lower - upper < height * 0.9:
            level += [Rule(upper, left, right), Rule(lower, left, right)]
            upright += [Rule(left, upper, lower), Rule(right, upper, lower)]
    return level, upright


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others; top of the page first."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in upright:
        touching = [h for h in level if _touch(h, rule)]
        new = (touching, [rule])
        apart = []
        for group in groups:
            if any(h in group[0] for h in touching):
                new = (new[0] + [h for h in group[0] if h not in new[0]], new[1] + group[1])
            else:
                apart.append(group)
        groups = [*apart, new]
    return sorted((g for g in groups if g[0]), key=lambda group: min(rule.at for rule in group[0]))


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR
        and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _edges(positions: list[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > NEAR:
            edges.append(position)
    return edges
