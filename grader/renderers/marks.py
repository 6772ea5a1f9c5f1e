"""Evidence spans over a block's text, cut into pieces that nest properly where spans overlap."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One quote, or a part of it, as it lies in a block.

    Attributes:
        key: unique in the report, such as ``TO1-2``: second quote of TO1.
        criterion: id of the criterion.
        label: what hovering says: title and level.
        colour: class of the dimension, such as ``d3``.
        start, end: code points in the block's text, end exclusive.
        continued: the quote began in an earlier block.
    """

    key: str
    criterion: str
    label: str
    colour: str
    start: int
    end: int
    continued: bool = False


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks, outermost first; `begins` are those whose quote starts here."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: frozenset[str] = frozenset()


def split(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """``text[start:end]`` as pieces; their texts joined give it back.

    Longer spans are outside shorter ones that begin with them. A mark that began before `start` goes on, but
    does not begin again. Empty and outlying spans mark nothing.
    """
    end = len(text) if end is None else end
    inside = [m for m in marks if m.start < m.end and m.start < end and m.end > start]
    ordered = sorted(inside, key=lambda m: (m.start, -m.end, m.key))
    cuts = {start, end} | {max(m.start, start) for m in ordered} | {min(m.end, end) for m in ordered}
    edges = sorted(cuts)
    return [_piece(text, left, right, ordered) for left, right in zip(edges, edges[1:], strict=False)]


def _piece(text: str, left: int, right: int, ordered: list[Mark]) -> Piece:
    over = tuple(m for m in ordered if m.start <= left and m.end >= right)
    return Piece(
        text[left:right], over, frozenset(m.key for m in over if m.start == left and not m.continued)
    )
