"""The codebook's reading rules as caps: what a passage cannot earn, however near it is to a criterion.

Each rule is visible in the reason a report gives. A cap only ever lowers a level.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grader.analysis.cues import find_cues
from grader.analysis.language import parse
from grader.analysis.negation import is_undone
from grader.analysis.passages import Passage
from grader.schema import Frozen
from grader.scoring.rubric_text import RubricText

NO_CAP = 4
WORTH_PARSING = 0.2
"""Passages less likely than this to bear on any criterion are not looked at more closely."""

_DECIDES = frozenset({"cause", "action"})
"""Cues of a decision: with one of these, "not done" and "one could" are part of a reasoning, not the whole."""


class Cap(Frozen):
    """Highest level a passage can earn, and why; `why` is "" where nothing caps it."""

    level: int = NO_CAP
    why: str = ""


UNDONE = Cap(level=0, why="it says that this was not done")
REPEATED = Cap(level=0, why="it repeats an earlier passage word for word")
COPIED = Cap(level=0, why="it copies the rubric")
QUESTION = Cap(level=1, why="it asks and does not answer")
HYPOTHETICAL = Cap(level=1, why="it says what one could do, not what is decided")
LIST_OF_WORDS = Cap(level=1, why="it is a list of words without a statement")


def caps(
    passages: Sequence[Passage], likely: NDArray[np.float64], rubric: RubricText | None = None
) -> tuple[Cap, ...]:
    """One cap per passage.

    Args:
        likely: (n_passages,) highest probability that the passage bears on any criterion.
        rubric: copies of its text earn nothing; None where the rubric's own examples are looked at.
    """
    result = [Cap()] * len(passages)
    looked_at = [i for i, probability in enumerate(likely) if probability >= WORTH_PARSING]
    seen: set[str] = set()
    for i, doc in zip(looked_at, parse([passages[i].text for i in looked_at]), strict=True):
        text = passages[i].text
        key = " ".join(text.lower().split())
        verbless = not any(token.pos_ in {"VERB", "AUX"} for token in doc)
        if rubric is not None and rubric.is_source_of(text):
            result[i] = COPIED
        elif key in seen and len(key.split()) > 5:
            result[i] = REPEATED
        else:
            result[i] = _cap(text, is_undone(doc), verbless)
        seen.add(key)
    return tuple(result)


def _cap(text: str, undone: bool, verbless: bool) -> Cap:
    cues = {hit.cue for hit in find_cues(text)}
    decides = cues & _DECIDES
    if undone or ("undone" in cues and not decides):
        return UNDONE
    if "question" in cues:
        return QUESTION
    if "hypothetical" in cues and "cause" not in cues:
        return HYPOTHETICAL
    if verbless and text.count(",") >= 5 and " | " not in text and not cues & {"figure", "threshold"}:
        return LIST_OF_WORDS
    return Cap()


def apply(caps: Sequence[Cap], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (n_passages, n_criteria, 4) of reaching each level, none above the passage's cap."""
    limit = np.array([cap.level for cap in caps])[:, None, None]
    result: NDArray[np.float64] = np.where(np.arange(1, 5) <= limit, probabilities, 0.0)
    return result
