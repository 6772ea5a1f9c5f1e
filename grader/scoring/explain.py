"""Says why: what was found in a passage, by the cues that show it, and what was not."""

import re
from collections.abc import Sequence

from grader.analysis.cues import CueHit, catalogue, find_cues
from grader.schema import Criterion, Evidence, Level

_WANTED = {
    1: ("named_thing", "figure"),
    2: ("cause", "comparison", "figure", "price", "evidence"),
    3: ("threshold", "owner", "deadline", "action", "condition"),
    4: (),
}
"""Which cues would show the level above, by level."""

_SHORT = {
    "figure": "a figure",
    "comparison": "a comparison",
    "cause": "a reason",
    "price": "what is given up",
    "condition": "a condition",
    "threshold": "a threshold",
    "owner": "someone answerable",
    "deadline": "a time",
    "action": "what is done then",
    "evidence": "evidence",
    "named_thing": "a named part of the product",
}
_REST_OF_WORD = re.compile(r"\w*(?:[.,]\d+)*(?:\s?%)?")
REJECTED = "The closest passage does not count: "
"""Begins the last sentence of a reason, where there is such a passage."""

MAX_NAMED = 4
MAX_CUE_CHARACTERS = 40


def why_it_counts(text: str, level: int) -> str:
    """One clause on a quote: which signs of depth it shows, each with the words that show it."""
    shown = [f"{_SHORT[hit.cue]} (“{_words(text, hit)}”)" for hit in _depth_hits(text)][:MAX_NAMED]
    if shown:
        return f"gives {_joined(shown)}"
    return "comes close to it" if level <= 1 else "speaks of it"


def found_and_missing(texts: Sequence[str], level: int) -> tuple[str, str]:
    """What the quoted passages show together, and which signs of the next level none of them shows.

    Returns:
        Two noun phrases without a full stop; either may be "".
    """
    found = {hit.cue for text in texts for hit in _depth_hits(text)}
    there = [_SHORT[cue] for cue in _SHORT if cue in found][:MAX_NAMED]
    absent = [_SHORT[cue] for cue in _WANTED[level] if cue not in found] if level else []
    return _joined(there), _joined(absent, "or")


def reason(criterion: Criterion, level: int, quotes: Sequence[Evidence], rejected: str) -> str:
    """The sentence shown with a level: the criterion's own words for it, then what the passages show.

    Args:
        quotes: what the level rests on, strongest first; none at level 0.
        rejected: why the closest passage does not count, "" where nothing came close.
    """
    parts = [_level(criterion, level).feedback]
    found, absent = found_and_missing([f"{quote.quote}\n{quote.columns}" for quote in quotes], level)
    if found and level > 1:  # at level 1 such signs speak of something else, and would contradict the sentence
        parts.append(f"The {'passage gives' if len(quotes) == 1 else 'passages give'} {found}.")
    if absent and level in (2, 3):
        parts.append(f"No word on {absent}.")
    if rejected:
        parts.append(f"{REJECTED}{rejected}.")
    return " ".join(parts)


def missing(criterion: Criterion, level: int) -> str:
    """What the next level has that was not found; "" at the top."""
    return _level(criterion, level).missing


def next_step(criterion: Criterion, level: int, kind: str) -> str:
    """What to write next, in the words for a kind of document where the rubric has some."""
    return _level(criterion, level).step_for(kind)


def _level(criterion: Criterion, level: int) -> Level:
    return next(entry for entry in criterion.levels if entry.level == level)


def _depth_hits(text: str) -> list[CueHit]:
    cues = catalogue()
    return [hit for hit in find_cues(text) if cues[hit.cue].polarity == "depth"]


def _words(text: str, hit: CueHit) -> str:
    """The words of a hit; a rule may stop inside a figure or a word, the quote goes on to its end."""
    rest = _REST_OF_WORD.match(text, hit.end) if text[hit.end - 1 : hit.end].isalnum() else None
    words = " ".join(text[hit.start : rest.end() if rest else hit.end].split()).strip("\"“”")
    return words if len(words) <= MAX_CUE_CHARACTERS else words[: MAX_CUE_CHARACTERS - 1].rstrip() + "…"


def _joined(parts: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
