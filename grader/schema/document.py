"""What a reader makes of a file: a `Document` of ordered blocks, each at a place a person can find."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

BlockType = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table_row",
    "quote",
    "caption",
    "speaker_note",
    # kept apart from prose, never scored:
    "code",
    "front_matter",
    "comment",
    "instruction",
    "alt_text",
]
Severity = Literal["info", "warning", "error"]


class Frozen(BaseModel):
    """Base of every type that crosses rooms: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Location(Frozen):
    """A place a person can find. Every number counts from 1; only what the format knows is set."""

    line: int | None = None
    column: int | None = None
    page: int | None = None
    slide: int | None = None
    cell: int | None = Field(None, description="notebook cell")
    paragraph: int | None = Field(None, description="paragraph or table row within the body (docx, odt, rtf)")

    def __str__(self) -> str:
        """Human-readable, most general first: ``page 3, paragraph 2``."""
        parts = [
            f"{name} {value}"
            for name in ("page", "slide", "cell", "paragraph", "line")
            if (value := getattr(self, name)) is not None
        ]
        return ", ".join(parts)


class Flag(Frozen):
    """Something a person should look at. Evidence, never a verdict, and never a lower score by itself."""

    code: str
    severity: Severity
    message: str
    location: Location | None = None


class Block(Frozen):
    """One unit of a document, in reading order.

    Attributes:
        type: what it is; `code` and the four types after it are kept apart from prose.
        text: what a person sees, without markup. A table row joins its cells with ``" | "``. A line
            feed stands for a line break of the source, so the line of an offset is
            ``location.line + text[:offset].count("\\n")`` where the location has a line.
        depth: 1–6 for headings, nesting depth from 1 for list items, else 0.
        path: the headings it stands under, outermost first (a heading's own text is not in its path).
        headers: for a table row, the column headers, one per cell (empty where the table has none).
        checked: state of a check box at the start of a list item; None where there is none.
        location: where it begins.
    """

    type: BlockType
    text: str
    depth: int = 0
    path: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    checked: bool | None = None
    location: Location = Location()

    def place(self, offset: int) -> Location:
        """Location of the code point at `offset` of `text`."""
        if self.location.line is None or offset <= 0:
            return self.location
        breaks = self.text.count("\n", 0, offset)
        if not breaks:
            return self.location
        return self.location.model_copy(update={"line": self.location.line + breaks, "column": None})


HiddenBy = Literal[
    "not_displayed", "marked_hidden", "colour", "tiny", "transparent", "off_page", "covered", "hidden_slide",
    "metadata",
]  # fmt: skip


class HiddenText(Frozen):
    """Text of a file that a person who looks at it does not see; never scored.

    Attributes:
        by: what hides it.
        text: its beginning, at most 500 characters.
        words: how many words were hidden there.
        location: where it would stand.
    """

    by: HiddenBy
    text: str
    words: int = Field(ge=0)
    location: Location = Location()


class Document(Frozen):
    """A submission as read: no judgement yet, nothing left out. Picklable; made of plain values only.

    Attributes:
        source: path as the user gave it, relative to the graded folder, ``/``-separated.
        member: path inside the archive, None when the file is not in one.
        format: key of the reader that read it, such as ``docx``.
        sha256: hex digest of the file's (or the member's) bytes.
        title: title from metadata, front matter or first heading; "" when there is none.
        blocks: in reading order; `Evidence.block` indexes into this.
        flags: what the reader had to repair or leave out.
        hidden: what stands in the file and is not seen, in reading order; see `HiddenText`.
    """

    source: str
    member: str | None = None
    format: str
    sha256: str
    title: str = ""
    blocks: tuple[Block, ...]
    flags: tuple[Flag, ...] = ()
    hidden: tuple[HiddenText, ...] = ()
