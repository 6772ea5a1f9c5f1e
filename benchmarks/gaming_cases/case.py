"""What a gaming case is, where the cases stand, and the text that is graded for one."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from grader.schema import Frozen, Rubric

HALVES = {"seen": "seen.yaml", "unseen": "unseen.yaml"}
"""`seen` cases were written with the scorer's code at hand, `unseen` ones without."""

Expected = Literal["no_gain", "unchanged", "rate_only"]

FOLDER = Path(__file__).parent


class Base(Frozen):
    """A document that a trick is played on."""

    id: str
    quality: Literal["good", "middling", "poor"]
    text: str


class Case(Frozen):
    """One trick.

    Attributes:
        trick: its class, such as ``keyword_list``.
        base: id of the base; None where the trick is the whole document.
        where: where the trick stands; ``replace``: it stands for the whole text of the base, which the
            result is compared with.
        repeat: how many times the text is written, with blank lines between.
        targets: criteria it aims at; all when empty.
        expect: ``no_gain``: at most +3 points on the total over the base, and no target above level 1
            where the base alone is not; ``unchanged``: the total stays within 3 points; ``rate_only``:
            as no_gain, but it cannot be told apart in general, so only the rate is reported.
        honest: text that really decides what the trick pretends to, put in its place.
        honest_levels: levels that `honest` earns.
    """

    id: str
    trick: str = Field(alias="class")
    base: str | None = None
    where: Literal["append", "prepend", "replace"] = "append"
    text: str
    repeat: int = Field(1, ge=1)
    targets: tuple[str, ...] = ()
    expect: Expected = "no_gain"
    honest: str = ""
    honest_levels: Mapping[str, int] = {}
    half: Literal["seen", "unseen"] = "seen"


class Collection(Frozen):
    """Cases with their bases, by id."""

    bases: Mapping[str, Base]
    cases: tuple[Case, ...]


def load_half(half: str) -> Collection:
    """The written cases of one half. Raises ValueError for a case that names an unknown base."""
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (FOLDER / HALVES[half]).read_text(encoding="utf-8")
    )
    bases = {base.id: base for base in map(Base.model_validate, found["bases"])}
    cases = tuple(Case.model_validate({**case, "half": half}) for case in found["cases"])
    for case in cases:
        if case.base is not None and case.base not in bases:
            raise ValueError(f"{HALVES[half]}: case {case.id} names the unknown base {case.base}")
    return Collection(bases=bases, cases=cases)


def all_cases(rubric: Rubric, halves: Sequence[str] = tuple(HALVES)) -> Collection:
    """The written cases of `halves`, then those made from the rubric and the seen bases."""
    from benchmarks.gaming_cases.generated import generated_cases

    parts = [load_half(half) for half in halves]
    bases = {base.id: base for part in parts for base in part.bases.values()}
    cases = [case for part in parts for case in part.cases]
    if "seen" in halves:
        cases.extend(generated_cases(rubric, tuple(load_half("seen").bases.values())))
    return Collection(bases=bases, cases=tuple(cases))


def compose(base: str, where: str, text: str, repeat: int = 1) -> str:
    """The document that is graded: `text`, `repeat` times, at its place in `base`."""
    trick = "\n\n".join([text.strip("\n")] * repeat)
    parts = {"append": [base, trick], "prepend": [trick, base], "replace": [trick]}[where]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"
