"""Rule cues: surface signs of depth or emptiness in a passage, as written in ``cues.yaml``."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from grader.schema import Frozen

MAX_CHARACTERS = 2_000
"""A passage is cut here before matching, so that no pattern can take long on hostile text."""


class Cue(Frozen):
    """One rule. `must_match` and `must_not_match` are its tests."""

    id: str
    polarity: Literal["depth", "empty"]
    says: str
    patterns: tuple[str, ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]

    def regex(self) -> re.Pattern[str]:
        """All patterns as one alternation."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.patterns), re.IGNORECASE)


class CueHit(Frozen):
    """A cue found in a passage; offsets are code points of the passage's text."""

    cue: str
    start: int
    end: int


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Cue]:
    """All cues by id, in the order of the file."""
    from ruamel.yaml import YAML

    text = files("grader.analysis").joinpath("cues.yaml").read_text(encoding="utf-8")
    return {cue.id: cue for cue in map(Cue.model_validate, YAML(typ="safe").load(text))}


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((cue.id, cue.regex()) for cue in catalogue().values())


@lru_cache(maxsize=1_024)  # a passage that is quoted is asked about several times
def find_cues(text: str) -> tuple[CueHit, ...]:
    """First hit of every cue in one passage, in the order of the catalogue."""
    text = text[:MAX_CHARACTERS]
    return tuple(
        CueHit(cue=name, start=match.start(), end=match.end())
        for name, regex in _compiled()
        if (match := regex.search(text))
    )


def cue_names() -> Sequence[str]:
    """Ids of all cues; the columns of a cue matrix."""
    return tuple(catalogue())
