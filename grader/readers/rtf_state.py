"""What a group of a rich text file inherits and gives back at its end: where its text goes and how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.readers.contrast import WHITE, Rgb, is_unseen
from grader.schema import HiddenBy

TINY = 4
"""Print of at most so many half-points cannot be read."""
NOTE, MARK, DRAWING, BOX = "note", "mark", "drawing", "box"


@dataclass(frozen=True)
class State:
    """Properties of the characters in a group.

    Attributes:
        target: what the text belongs to: "" the body, `NOTE` a footnote, `MARK` a bullet or number, `DRAWING` what
            describes a drawing, `BOX` the text in it; None for what is no text of the document.
        skip: characters after a ``\\u`` that stand in for it.
        font: its number; size: half-points.
        ink, ground: numbers of colours.
    """

    target: str | None = ""
    skip: int = 1
    font: str = ""
    bold: bool = False
    size: int = 24
    hidden: bool = False
    ink: int = 0
    ground: int = 0

    def after(self, word: str, argument: str | None, number: int) -> "State":
        """The state behind a control word; the same for one that says nothing about characters.

        Args:
            number: the argument as a number, 0 where there is none.
        """
        on = argument != "0"
        if word == "b":
            return replace(self, bold=on)
        if word in ("v", "deleted"):
            return replace(self, hidden=on)
        if word == "fs":
            return replace(self, size=number or 24)
        if word == "cf":
            return replace(self, ink=number)
        if word in ("cb", "chcbpat", "highlight", "cbpat"):
            return replace(self, ground=number)
        if word == "f":
            return replace(self, font=argument or "")
        if word == "uc":
            return replace(self, skip=max(0, min(number, 16)))
        if word == "plain":
            return replace(self, bold=False, hidden=False, size=24, ink=0, ground=0)
        return self

    def hidden_by(self, colours: Mapping[int, Rgb], in_table: bool) -> HiddenBy | None:
        """What hides text in this state, None where it is seen."""
        if self.hidden:
            return "marked_hidden"
        if self.size <= TINY:
            return "tiny"
        ink, ground = colours.get(self.ink), colours.get(self.ground, WHITE)
        # a cell or box can have a ground of its own
        apart = in_table or self.target == BOX
        return "colour" if ink and not apart and is_unseen(ink, ground) else None
