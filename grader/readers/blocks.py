"""Collects blocks in reading order and keeps the heading path, so that no reader has to.

What all readers agree on, whatever the format:

- the header row of a table is no block of its own; its cells are the `headers` of each row below. A table
  that has nothing but a header row gives one row without headers;
- the first paragraph of a list item is the `list_item`, without its bullet, number or check box; further
  paragraphs of the item are `paragraph` blocks;
- a line break that a person sees, or a line end of the source inside a paragraph, is a line feed in `text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.readers.container import Budget
from grader.readers.well_formed import well_formed
from grader.schema import Block, BlockType, Flag, HiddenText, Location


@dataclass(frozen=True)
class ReaderNotes:
    """What a reader has to say besides the blocks.

    Attributes:
        title: title from the file's metadata or front matter; "" leaves it to the first heading.
        flags: what had to be repaired or left out.
        hidden: what stands in the file and is not seen.
    """

    title: str = ""
    flags: tuple[Flag, ...] = ()
    hidden: tuple[HiddenText, ...] = ()


def lines_below(origin: Location, lines: int) -> Location:
    """The place so many lines below `origin`; one without a line counts as line 1."""
    return origin.model_copy(update={"line": (origin.line or 1) + lines})


class BlockBuilder:
    """Append-only list of blocks under a running stack of headings.

    Attributes:
        budget: what a package may still unpack, after the archives that it was found in.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._section_depth = 0

    def heading(self, text: str, depth: int, location: Location) -> None:
        """Open a section. `depth` is 1–6; headings of the same depth or deeper are closed first."""
        if text.strip():
            self._section_depth = depth
            self._open(text, depth, location)

    def label(self, text: str, location: Location) -> None:
        """A line that acts as a heading without being one: just below the last real heading."""
        self._open(text, min(self._section_depth + 1, 6), location)

    def _open(self, text: str, depth: int, location: Location) -> None:
        text = " ".join(well_formed(text).split())
        if not text:
            return
        while self._headings and self._headings[-1][0] >= depth:
            self._headings.pop()
        self._append("heading", text, location, depth=depth)
        self._headings.append((depth, text))

    def add(
        self, type: BlockType, text: str, location: Location, *, depth: int = 0, checked: bool | None = None
    ) -> None:
        """Append a block that is neither heading nor table row. Blank text adds nothing."""
        self._append(type, text, location, depth=depth, checked=checked)

    def row(self, cells: Sequence[str], headers: Sequence[str], location: Location) -> None:
        """Append a table row. `headers` are the column headers, empty where the table has none."""
        texts = [" ".join(cell.split()) for cell in cells]
        if any(texts):
            names = tuple(well_formed(name) for name in headers)
            self._append("table_row", " | ".join(texts), location, headers=names)

    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far, in the order they were added."""
        return tuple(self._blocks)

    def _append(
        self,
        type: BlockType,
        text: str,
        location: Location,
        *,
        depth: int = 0,
        headers: tuple[str, ...] = (),
        checked: bool | None = None,
    ) -> None:
        if text.strip():
            path = tuple(heading for _, heading in self._headings)
            self._blocks.append(
                Block(
                    type=type,
                    text=well_formed(text),
                    depth=depth,
                    path=path,
                    headers=headers,
                    checked=checked,
                    location=location,
                )
            )
