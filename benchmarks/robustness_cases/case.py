"""What a hostile file is, what must come of it, and the texts that they are made of."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.gaming_cases.case import load_half
from grader.schema import Assessment
from grader.submissions.found import printable

Make = bytes | str | Callable[[Path], None]

ANY = "any"
"""Any outcome will do, as long as there is one, in time and in one line."""

NOT_A_RESULT = "left out"
NEIGHBOURS = frozenset({"copies", "same assignment"})
"""Classes that are about what documents of one batch share."""

POINTS = 3.0
"""By how much a trick may raise the total at most."""

SAME = 2.0
"""By how much the total may differ between formats and encodings of one text."""


@dataclass(frozen=True)
class Case:
    """One file of the corpus.

    Attributes:
        group: its class, and the folder it stands in.
        name: its file name; bytes that are no UTF-8 as in `os.fsdecode`.
        make: its content, or what makes it at the path given.
        outcome: what must come of it: ``status``, ``status:code``, several of them with ``|`` between,
            `ANY` or `NOT_A_RESULT`.
        members: for an archive, the outcome by member; `outcome` counts where this is empty.
        flagged: codes of which at least one must be among its flags; empty: none is asked for.
        clean: no flag of severity ``warning`` or above may be there.
        at_most: name of the case in the same folder that it must not beat by more than `POINTS`.
        like: as `at_most`, for a total that may differ by `SAME` only.
        copy_of: name of the case in the same folder that it shares passages with; no other pair of the
            corpus's classes of `neighbours` may be reported.
    """

    group: str
    name: str
    make: Make
    outcome: str = "graded"
    members: Mapping[str, str] = field(default_factory=dict)
    flagged: Sequence[str] = ()
    clean: bool = False
    at_most: str = ""
    like: str = ""
    copy_of: str = ""

    @property
    def source(self) -> str:
        """As results name it."""
        return f"{self.group}/{printable(self.name)}"

    def write(self, folder: Path) -> None:
        """Make the file in the folder of its class, below `folder`. Raises OSError."""
        path = folder / self.group / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(self.make):
            self.make(path)
        else:
            data = self.make.encode() if isinstance(self.make, str) else self.make
            with open(os.fsencode(path), "wb") as file:  # noqa: PTH123  (names may be no text)
                file.write(data)

    def expected(self) -> str:
        return ", ".join(sorted(set(self.members.values()))) if self.members else self.outcome


def outcome_of(assessment: Assessment) -> str:
    """``graded``, or status and code of the reason."""
    return f"{assessment.status}:{assessment.reason.code}" if assessment.reason else assessment.status


def is_expected(found: str, expected: str) -> bool:
    """Whether an outcome is among those expected; a status alone stands for any of its codes."""
    wanted = expected.split("|")
    return expected == ANY or found in wanted or found.partition(":")[0] in wanted


@cache
def honest() -> str:
    """A document that decides with care; from the gaming cases, as Markdown."""
    return load_half("seen").bases["refills"].text


@cache
def poor() -> str:
    """A document that says nothing on any criterion; from the gaming cases, as Markdown."""
    return load_half("seen").bases["clip-maker"].text


@cache
def strong_claims() -> str:
    """What would lift the poor document most if it counted: the honest one without its headings."""
    return "\n\n".join(part for part in honest().split("\n\n") if not part.startswith("#"))


SHORT = "# A note\n\nToo short to be graded: what counts here is the file around it.\n"


def all_cases() -> list[Case]:
    """The corpus, in the order of its classes."""
    from benchmarks.robustness_cases import (
        archives,
        characters,
        controls,
        damaged,
        disk,
        gaming,
        hidden,
        languages,
        markup,
        names,
        neighbours,
        resources,
    )

    modules = (
        controls, damaged, archives, disk, names, characters, hidden, gaming, languages, markup, neighbours,
        resources,
    )  # fmt: skip
    return [case for module in modules for case in _checked(module.cases())]


def _checked(cases: Iterator[Case]) -> Iterator[Case]:
    for case in cases:
        if not case.name or "/" in case.name:
            raise ValueError(f"{case.group}: {case.name!r} is no file name")
        yield case
