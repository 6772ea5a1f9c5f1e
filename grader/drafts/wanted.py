"""Which criteria a check looks at, and the level it wants of each."""

from collections.abc import Iterable

from pydantic import Field

from grader.errors import UsageError
from grader.rubric.validate import known_names
from grader.schema import Frozen, Rubric

DEFAULT_LEVEL = 2


class Wanted(Frozen):
    """What an author asks a check for. Names are ids of criteria or dimensions, in any case.

    Attributes:
        level: wanted of every criterion that `levels` does not name, 0–4; 0 finds nothing.
        levels: wanted level by name; a criterion goes before its dimension.
        select: what to look at; empty: everything.
        ignore: what not to look at, even when selected.
    """

    level: int = Field(DEFAULT_LEVEL, ge=0, le=4)
    levels: dict[str, int] = {}
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def wanted_levels(rubric: Rubric, wanted: Wanted) -> dict[str, int]:
    """The level wanted by criterion id, in the rubric's order; criteria not to be looked at are left out.

    Raises:
        UsageError: a name that the rubric does not have.
    """
    selected = _criteria(rubric, "select", wanted.select) if wanted.select else None
    ignored = _criteria(rubric, "ignore", wanted.ignore)
    levels = _levels(rubric, wanted.levels)
    return {
        criterion.id: levels.get(criterion.id, wanted.level)
        for criterion in rubric.criteria
        if criterion.id not in ignored and (selected is None or criterion.id in selected)
    }


def _levels(rubric: Rubric, by_name: dict[str, int]) -> dict[str, int]:
    groups = [(_criteria(rubric, "min-level", [name]), level) for name, level in by_name.items()]
    widest_first = sorted(groups, key=lambda group: -len(group[0]))  # so that a criterion has the last word
    return {id: level for ids, level in widest_first for id in ids}


def _criteria(rubric: Rubric, setting: str, names: Iterable[str]) -> set[str]:
    groups = {d.id.lower(): {c.id for c in d.criteria} for d in rubric.dimensions}
    groups |= {c.id.lower(): {c.id} for c in rubric.criteria}
    found: set[str] = set()
    for name in names:
        if name.lower() not in groups:
            known = [*(c.id for c in rubric.criteria), *(d.id for d in rubric.dimensions)]
            raise UsageError(
                f"--{setting} {name}: no criterion or dimension of {rubric.id}; {known_names(name, known)}"
            )
        found |= groups[name.lower()]
    return found
