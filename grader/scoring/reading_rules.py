"""The codebook's reading rules as caps: what a passage cannot earn, however near it is to a criterion.

Each rule is visible in the reason a report gives. A cap only ever lowers a level.
"""

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.analysis.cues import find_cues
from grader.analysis.negation import may_be_undone
from grader.analysis.passages import Passage
from grader.analysis.syntax import Syntax, syntax
from grader.cache import Entries
from grader.schema import Frozen
from grader.scoring.rubric_text import RubricText

NO_CAP = 4
WORTH_PARSING = 0.2
"""Passages less likely than this to bear on any criterion are not looked at more closely."""

_SAYS_MORE = frozenset(
    {"cause", "action", "figure", "comparison", "condition", "threshold", "evidence", "price"}
)
"""With one of these cues, "not done" is part of a reasoning or an honest limit, not all there is."""

_SETTLES = frozenset({"cause", "figure", "comparison", "threshold", "evidence", "price"})
"""With one of these, a text that leaves something for later says something now, too."""

MIN_ITEMS = 4
ITEM_WORDS = 3.5
"""A passage without a verb is a list of words from so many items on, of so many words each on average."""

_BETWEEN_ITEMS = re.compile(r"[,;·•/]")
_FIGURE_OR_ASIDE = re.compile(r"[\d(]")


class Cap(Frozen):
    """Highest level a passage can earn, and why; `why` is "" where nothing caps it."""

    level: int = NO_CAP
    why: str = ""


UNDONE = Cap(level=0, why="it says that this was not done")
REPEATED = Cap(level=0, why="it repeats an earlier passage word for word")
COPIED = Cap(level=0, why="it copies the rubric")
KEY_WORDS = Cap(level=0, why="it lists key words and states nothing")
QUESTION = Cap(level=1, why="it asks and does not answer")
HYPOTHETICAL = Cap(level=1, why="it says what one could do, not what is decided")
PROMISED = Cap(level=1, why="it leaves the decision for later")
LIST_OF_WORDS = Cap(level=1, why="it is a list of words without a statement")


def caps(
    passages: Sequence[Passage],
    likely: NDArray[np.float64],
    rubric: RubricText | None = None,
    entries: Entries | None = None,
    key_words: Collection[int] = (),
) -> tuple[Cap, ...]:
    """One cap per passage.

    Args:
        likely: (n_passages,) highest probability that the passage bears on any criterion.
        rubric: copies of its text earn nothing; None where the rubric's own examples are looked at.
        entries: where parses are kept; None keeps nothing.
        key_words: numbers of the blocks that are lists of key words.
    """
    result = [Cap()] * len(passages)
    looked_at = [i for i, probability in enumerate(likely) if probability >= WORTH_PARSING]
    texts = [passages[i].text for i in looked_at]
    parsed = syntax([text for text in texts if _may_be_capped_by_syntax(text)], entries)
    seen: set[str] = set()
    for i, text in zip(looked_at, texts, strict=True):
        key = " ".join(text.lower().split())
        if rubric is not None and rubric.is_source_of(text):
            result[i] = COPIED
        elif key in seen and len(key.split()) > 5:
            result[i] = REPEATED
        else:
            result[i] = _cap(text, parsed.get(text, Syntax()))
        seen.add(key)
    return tuple(KEY_WORDS if p.block in key_words else cap for p, cap in zip(passages, result, strict=True))


def _may_be_capped_by_syntax(text: str) -> bool:
    """Parsing takes longer than everything else here, and few passages need it."""
    return may_be_undone(text) or (" | " not in text and _is_list_of_words(text))


def _cap(text: str, parsed: Syntax) -> Cap:
    cues = {hit.cue for hit in find_cues(text)}
    is_row = " | " in text
    if parsed.undone or ("undone" in cues and not cues & _SAYS_MORE):
        return UNDONE
    if "question" in cues and not is_row:  # a row that ends in a question has answered in its other cells
        return QUESTION
    if "hypothetical" in cues and "cause" not in cues:
        return HYPOTHETICAL
    if "promised" in cues and not cues & _SETTLES:
        return PROMISED
    if parsed.verbless and not is_row and _is_list_of_words(text):
        return LIST_OF_WORDS
    return Cap()


def _is_list_of_words(text: str) -> bool:
    """ "drift, outage, hallucination, abuse": several items of few words each, and no figure."""
    items = 1 + len(_BETWEEN_ITEMS.findall(text))
    return items >= MIN_ITEMS and len(text.split()) <= ITEM_WORDS * items and not _FIGURE_OR_ASIDE.search(text)


def apply(caps: Sequence[Cap], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (n_passages, n_criteria, 4) of reaching each level, none above the passage's cap."""
    limit = np.array([cap.level for cap in caps])[:, None, None]
    result: NDArray[np.float64] = np.where(np.arange(1, 5) <= limit, probabilities, 0.0)
    return result
