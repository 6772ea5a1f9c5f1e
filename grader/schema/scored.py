"""What of a document is scored: the text a careful reader would count, with a map back to the original."""

from grader.schema.document import Flag, Frozen


class ScoredBlock(Frozen):
    """The part of one block that counts.

    Attributes:
        block: index into the document's blocks.
        text: the block's text as scored: line feeds are spaces, what does not count is blank.
        offsets: for each code point of `text` its offset in the block's text; None when they are equal.
    """

    block: int
    text: str
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the block's text of the non-empty span ``text[start:end]``."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


class LeftOut(Frozen):
    """A span of a block that is not scored, in offsets of the block's text, and why."""

    block: int
    start: int
    end: int
    why: str


class ScoredText(Frozen):
    """The whole document as scored.

    Attributes:
        blocks: those with anything left to score, and all headings (context, never evidence), in order.
        left_out: what was taken out of the prose; blocks of types kept apart are not listed.
        flags: what a person should know about it.
    """

    blocks: tuple[ScoredBlock, ...]
    left_out: tuple[LeftOut, ...] = ()
    flags: tuple[Flag, ...] = ()
