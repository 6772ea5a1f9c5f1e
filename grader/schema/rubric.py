"""A rubric as data: what is looked for, on which ladder, with which weights, in which kind of document."""

from typing import Literal

from pydantic import Field

from grader.schema.document import Frozen


class Rung(Frozen):
    """One step of the ladder that all criteria share."""

    level: int = Field(ge=0, le=4)
    name: str
    description: str


class Level(Frozen):
    """One level of one criterion, in the criterion's own words.

    Attributes:
        level: 0–4.
        description: what is on the page at this level.
        feedback: what this means for the author; specific and kind, no generic praise.
        missing: what was not found that the next level has; "" on level 4.
        next_step: one concrete thing to write next; on level 4, how to keep it true. On level 0 it leads
            to a passage about this product (level 2).
        next_step_for: the same in the words of one kind of document, by id of the kind; kinds that are
            not named get `next_step`.
    """

    level: int = Field(ge=0, le=4)
    description: str
    feedback: str
    missing: str
    next_step: str
    next_step_for: dict[str, str] = {}

    def step_for(self, kind: str | None) -> str:
        """What to write next in a document of that kind; None: of any kind."""
        return self.next_step_for.get(kind or "", self.next_step)


class Example(Frozen):
    """A passage with the level it would earn for its criterion, written for this rubric.

    Attributes:
        level: 0–4.
        text: one to three sentences, a list item or a table row as it would stand in a document.
        domain: field of the imagined product, such as ``health`` or ``logistics``.
        note: why it has this level and not the next, "" when plain.
        near_miss: True where it looks like a higher level, or like this criterion, and is not.
    """

    level: int = Field(ge=0, le=4)
    text: str
    domain: str
    note: str = ""
    near_miss: bool = False


class Criterion(Frozen):
    """One thing looked for.

    Attributes:
        id: short code, such as the codebook's; unique in the rubric.
        title: a few words.
        description: what it is and why it matters in a decision.
        looks_for: what counts, as a reader would check it.
        not_enough: what looks like it and is not.
        source: where the criterion comes from.
        terms: words and phrases that passages about it tend to use; plain text, lower case, matched
            on word beginnings; a hint to relevance, never enough for a level.
        builds_on: id of the criterion that should be specific before anyone is asked for this one; "" for none.
        levels: exactly five, 0–4.
        examples: passages with their levels.
    """

    id: str
    title: str
    description: str
    looks_for: str
    not_enough: tuple[str, ...] = ()
    builds_on: str = ""
    source: str
    terms: tuple[str, ...] = ()
    levels: tuple[Level, ...]
    examples: tuple[Example, ...]


class Dimension(Frozen):
    """A group of criteria with a score of its own. `core` ones make the total of the core construct."""

    id: str
    title: str
    description: str
    core: bool = True
    criteria: tuple[Criterion, ...]


class Signals(Frozen):
    """Words that speak for a kind of document, by where they stand. Plain phrases, lower case."""

    title: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class Kind(Frozen):
    """A kind of document: how it is recognised, and which profile applies to it."""

    id: str
    label: str
    description: str
    profile: str
    signals: Signals = Signals()


class Profile(Frozen):
    """What is expected of a kind of document.

    Attributes:
        id: unique in the rubric; ``full`` always exists.
        dimensions: weight of each dimension in the total, by dimension id; one left out has weight 0.
        criteria: weight of each criterion within its dimension, by criterion id; those left out have
            weight 1. Weight 0 means not expected in this kind of document.
        reasons: for criteria of weight 0, why they are not expected here.
    """

    id: str
    description: str
    dimensions: dict[str, float]
    criteria: dict[str, float] = {}
    reasons: dict[str, str] = {}


class Rubric(Frozen):
    """A complete rubric, as loaded and checked.

    Attributes:
        hash: sha256 hex of the rubric's content in canonical form; changes with any wording or weight.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    id: str
    version: str
    title: str
    description: str
    source: str
    ladder: tuple[Rung, ...]
    dimensions: tuple[Dimension, ...]
    kinds: tuple[Kind, ...]
    profiles: tuple[Profile, ...]
    hash: str = ""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the rubric."""
        return tuple(c for d in self.dimensions for c in d.criteria)

    def profile(self, name: str) -> Profile:
        """The profile called `name`. Raises KeyError when the rubric has none of that name."""
        return {p.id: p for p in self.profiles}[name]

    def kind(self, name: str) -> Kind:
        """The kind called `name`. Raises KeyError when the rubric has none of that name."""
        return {k.id: k for k in self.kinds}[name]
