"""A document laid out to be read again: tables rebuilt, lists gathered, evidence and flags at their place."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from grader.renderers.marks import Mark, Piece, split
from grader.schema import Block, BlockType, Document, Flag, Location

NOT_SCORED: dict[BlockType, str] = {
    "code": "Code",
    "front_matter": "Front matter",
    "comment": "Comment",
    "instruction": "Template instruction",
    "alt_text": "Alternative text of an image",
}
_CELL_BREAK = " | "


@dataclass(frozen=True)
class Item:
    """One block: its pieces (one list per cell for a table row) and the flags that stand at it."""

    block: Block
    cells: list[list[Piece]]
    flags: tuple[Flag, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Part:
    """What is drawn as one element.

    Attributes:
        type: the type of its blocks.
        heading: HTML heading level, 3–6, for headings; never more than one below the heading before.
        headers: column headers of a table, empty where it has none.
        aside: name of what is not scored, "" for scored text.
        turn: ``page 3`` where a page, slide or notebook cell begins, else "".
    """

    type: BlockType
    items: list[Item] = field(default_factory=list)
    heading: int = 0
    headers: tuple[str, ...] = ()
    aside: str = ""
    turn: str = ""


def document_parts(
    document: Document, marks: Mapping[int, Sequence[Mark]], flags: Sequence[Flag] = ()
) -> list[Part]:
    """The document in reading order. `marks` by index of block; flags without a location are left out."""
    at_block = _flags_by_block(document, flags)
    items = [
        _item(block, marks.get(index, ()), at_block.get(index, ()))
        for index, block in enumerate(document.blocks)
    ]
    parts = [_part(list(group)) for _, group in groupby(enumerate(items), key=_together)]
    return list(_with_turns(_without_skipped_headings(parts)))


def drawn_quotes(parts: Sequence[Part]) -> frozenset[str]:
    """Keys of the quotes that begin somewhere in `parts`, so that a link to them leads somewhere."""
    pieces = (piece for part in parts for item in part.items for cell in item.cells for piece in cell)
    return frozenset(key for piece in pieces for key in piece.begins)


def _together(numbered: tuple[int, Item]) -> tuple[object, ...]:
    """Equal for neighbours that belong into one table or list; unique for everything else."""
    index, item = numbered
    if item.block.type == "table_row":
        return "table_row", item.block.headers, item.block.path
    if item.block.type == "list_item":
        return "list_item", item.block.path
    return "single", index


def _part(numbered: list[tuple[int, Item]]) -> Part:
    items = [item for _, item in numbered]
    block = items[0].block
    heading = min(block.depth + 2, 6) if block.type == "heading" else 0
    return Part(block.type, items, heading, block.headers, NOT_SCORED.get(block.type, ""))


def _without_skipped_headings(parts: list[Part]) -> Iterator[Part]:
    level = 2
    for part in parts:
        if part.heading:
            level = min(part.heading, level + 1)
            yield replace(part, heading=level)
        else:
            yield part


def _with_turns(parts: Iterable[Part]) -> Iterator[Part]:
    before = ""
    for part in parts:
        location = part.items[0].block.location
        here = str(Location(page=location.page, slide=location.slide, cell=location.cell))
        yield replace(part, turn=here) if here != before else part
        before = here


def _item(block: Block, marks: Sequence[Mark], flags: Sequence[Flag]) -> Item:
    spans = _cells(block)
    inside = [_begun_in_a_cell(mark, spans) for mark in marks]
    cells = [split(block.text, inside, start, end) for start, end in spans]
    return Item(block, cells, tuple(flags), str(block.location))


def _cells(block: Block) -> list[tuple[int, int]]:
    """Spans of the cells of a table row; the whole text for other blocks, and for rows that do not match."""
    whole = [(0, len(block.text))]
    if block.type != "table_row":
        return whole
    lengths = [len(cell) for cell in block.text.split(_CELL_BREAK)]
    if block.headers and len(lengths) != len(block.headers):
        return whole
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length + len(_CELL_BREAK))
    return [(start, after - len(_CELL_BREAK)) for start, after in pairwise(starts)]


def _begun_in_a_cell(mark: Mark, spans: Sequence[tuple[int, int]]) -> Mark:
    """The mark, moved on to the next cell where it begins in the break between two."""
    start = next((max(mark.start, start) for start, end in spans if end > mark.start), mark.start)
    return replace(mark, start=start)


def _flags_by_block(document: Document, flags: Sequence[Flag]) -> dict[int, list[Flag]]:
    order = [_reading_order(block.location) for block in document.blocks]
    found: dict[int, list[Flag]] = {}
    for flag in flags:
        if flag.location is not None and str(flag.location):
            index = max(bisect_right(order, _reading_order(flag.location)) - 1, 0)
            found.setdefault(index, []).append(flag)
    return found


def _reading_order(location: Location) -> tuple[int, ...]:
    return tuple(getattr(location, name) or 0 for name in ("page", "slide", "cell", "paragraph", "line"))
