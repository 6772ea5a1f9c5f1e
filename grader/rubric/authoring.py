"""How a rubric is written, as opposed to how it is used once loaded."""

from typing import Annotated, Literal

from pydantic import Field

from grader.schema import Dimension, Frozen, Kind, Profile, Rung

DimensionFile = Annotated[
    str, Field(pattern=r"\.ya?ml$", description="path of the dimension's file, relative to this one")
]


class RubricFile(Frozen):
    """A rubric as its author writes it: some dimensions may stand in files of their own, and no hash.

    Attributes:
        schema_version: version of this format.
        id: short name, such as the file's; letters, digits, _ and -.
        version: raise it with every change that can change a score; in quotes when it looks like a number.
        title: a few words.
        description: what the rubric is about and what it leaves aside.
        source: what it is based on.
        ladder: five steps, levels 0–4, that all criteria share.
        dimensions: groups of criteria, each written here or in a file of its own.
        kinds: kinds of document, how each is recognised and which profile applies to it.
        profiles: what is expected, and how much it weighs; one of them is ``full``.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    id: str
    version: str
    title: str
    description: str
    source: str
    ladder: tuple[Rung, ...]
    dimensions: tuple[DimensionFile | Dimension, ...]
    kinds: tuple[Kind, ...]
    profiles: tuple[Profile, ...]
