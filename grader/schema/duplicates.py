"""Documents of one batch that share passages: what a person may want to compare."""

from pydantic import Field

from grader.schema.document import Frozen, Location


class Prose(Frozen):
    """One block of a document's own prose, as compared; open slots and the like are blank."""

    text: str
    location: Location = Location()


class SharedPassage(Frozen):
    """Words that two documents have in a row.

    Attributes:
        text: as it stands in the first document, at most 60 words of it.
        words: how many there are.
        first, second: where it begins in each.
    """

    text: str
    words: int = Field(ge=1)
    first: Location
    second: Location


class NearDuplicate(Frozen):
    """Two documents that share more than chance, a quotation or a common template gives.

    Attributes:
        first, second: positions in the batch, `first` the lower.
        words: words shared in long runs.
        share: the same as a part of the shorter document's words, 0–1.
        passages: the longest first, at most ten.
    """

    first: int = Field(ge=0)
    second: int = Field(ge=0)
    words: int = Field(ge=0)
    share: float = Field(ge=0, le=1)
    passages: tuple[SharedPassage, ...]
