"""What the schema cannot say: names that must exist, ids that must differ, levels that must be complete."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grader.rubric.source import Key
from grader.rubric.validate import known_names
from grader.schema import Criterion, Profile, Rubric

LEVELS = (0, 1, 2, 3, 4)
FULL = "full"

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Problem(NamedTuple):
    """Something that makes a rubric unusable: where it stands, and what was expected."""

    key: Key
    message: str


def problems(rubric: Rubric) -> Iterator[Problem]:
    """Everything that is wrong with the references within `rubric`; nothing when it can be used."""
    yield from _ids(rubric)
    yield from _levels(("ladder",), [rung.level for rung in rubric.ladder])
    for d, dimension in enumerate(rubric.dimensions):
        for c, criterion in enumerate(dimension.criteria):
            key = ("dimensions", d, "criteria", c, "levels")
            yield from _levels(key, [x.level for x in criterion.levels])
            yield from _steps_for_kinds(key, criterion, [kind.id for kind in rubric.kinds])
            if criterion.builds_on:
                others = [other.id for other in rubric.criteria if other.id != criterion.id]
                yield from _unknown((*key[:-1], "builds_on"), "criterion", criterion.builds_on, others)
    for k, kind in enumerate(rubric.kinds):
        yield from _unknown(("kinds", k, "profile"), "profile", kind.profile, [p.id for p in rubric.profiles])
    for p, profile in enumerate(rubric.profiles):
        yield from _profile(("profiles", p), profile, rubric)
    if FULL not in [profile.id for profile in rubric.profiles]:
        yield Problem(
            ("profiles",), f"no profile '{FULL}'; expected one in which every criterion counts equally"
        )


def _ids(rubric: Rubric) -> Iterator[Problem]:
    criteria = [
        (("dimensions", d, "criteria", c), criterion.id)
        for d, dimension in enumerate(rubric.dimensions)
        for c, criterion in enumerate(dimension.criteria)
    ]
    if not rubric.dimensions:
        yield Problem(("dimensions",), "is empty; expected at least one dimension")
    for d, dimension in enumerate(rubric.dimensions):
        if not dimension.criteria:
            yield Problem(("dimensions", d, "criteria"), "is empty; expected at least one criterion")
    yield from _well_formed((), rubric.id)
    yield from _distinct("dimension", ((("dimensions", i), x.id) for i, x in enumerate(rubric.dimensions)))
    yield from _distinct("criterion", criteria)
    yield from _distinct("kind", ((("kinds", i), x.id) for i, x in enumerate(rubric.kinds)))
    yield from _distinct("profile", ((("profiles", i), x.id) for i, x in enumerate(rubric.profiles)))


def _well_formed(key: Key, name: str) -> Iterator[Problem]:
    if not _ID.fullmatch(name):
        yield Problem(
            (*key, "id"), f"'{name}' cannot be an id; expected a letter, then letters, digits, _ or -"
        )


def _distinct(what: str, entries: Iterable[tuple[Key, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for key, name in entries:
        yield from _well_formed(key, name)
        if name in seen:
            yield Problem((*key, "id"), f"{what} '{name}' exists already; expected an id of its own")
        seen.add(name)


def _levels(key: Key, found: list[int]) -> Iterator[Problem]:
    if tuple(found) == LEVELS:
        return
    for level in LEVELS:
        if level not in found:
            yield Problem(key, f"level {level} is missing; expected the levels 0 to 4, each once")
    for position, level in enumerate(found):
        if level in found[:position]:
            yield Problem(
                (*key, position), f"level {level} is there twice; expected the levels 0 to 4, each once"
            )
    yield Problem(key, f"levels in the order {', '.join(map(str, found))}; expected 0, 1, 2, 3, 4")


def _steps_for_kinds(key: Key, criterion: Criterion, kinds: list[str]) -> Iterator[Problem]:
    for position, level in enumerate(criterion.levels):
        for kind in level.next_step_for:
            yield from _unknown((*key, position, "next_step_for", kind), "kind", kind, kinds)


def _unknown(key: Key, what: str, name: str, known: list[str]) -> Iterator[Problem]:
    if name not in known:
        yield Problem(key, f"unknown {what} '{name}'; {known_names(name, known)}")


def _profile(key: Key, profile: Profile, rubric: Rubric) -> Iterator[Problem]:
    dimensions = [dimension.id for dimension in rubric.dimensions]
    criteria = [criterion.id for criterion in rubric.criteria]
    for field, what, names, known in (
        ("dimensions", "dimension", profile.dimensions, dimensions),
        ("criteria", "criterion", profile.criteria, criteria),
        ("reasons", "criterion", profile.reasons, criteria),
    ):
        for name in names:
            yield from _unknown((*key, field, name), what, name, known)
    for field, weights in (("dimensions", profile.dimensions), ("criteria", profile.criteria)):
        for name, weight in weights.items():
            if not math.isfinite(weight) or weight < 0:
                yield Problem(
                    (*key, field, name), f"weight {weight:g}; expected a finite number of 0 or more"
                )
