"""Recognises the kind of a document by the signals the rubric gives for each kind."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from grader.schema import Document, Kind, KindGuess, Rubric

TITLE, HEADING, TEXT = 4.0, 1.5, 0.4
"""What one title hit, the square root of the heading hits and the text hits to the power 0.7 weigh."""

NONE_FITS = 2.0
"""Score of the kind without signals: a kind must beat it to be named."""

TEMPERATURE = 0.8
"""Turns score differences into probabilities; makes the mean confidence match the share of right guesses."""

_NUMBERING = re.compile(r"^[\W\d_]+")


def recognise_kind(document: Document, rubric: Rubric) -> KindGuess:
    """The kind with the highest score; ties go to the kind listed first."""
    title, headings, text = _parts(document)
    scores = [_score(kind, title, headings, text) for kind in rubric.kinds]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    odds = [math.exp((score - scores[best]) / TEMPERATURE) for score in scores]
    return KindGuess(name=rubric.kinds[best].id, confidence=round(1 / sum(odds), 4))


def _parts(document: Document) -> tuple[str, list[str], str]:
    headings = [_plain(block.text) for block in document.blocks if block.type == "heading"]
    first = headings[0] if headings else next((_plain(block.text) for block in document.blocks), "")
    title = f"{_plain(document.title)} | {first[:200]}"
    text = "\n".join(_plain(block.text) for block in document.blocks if block.type not in {"heading", "code"})
    return title, [_NUMBERING.sub("", heading) for heading in headings[1:]], text


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _score(kind: Kind, title: str, headings: Sequence[str], text: str) -> float:
    signals = kind.signals
    if not (signals.title or signals.headings or signals.text):
        return NONE_FITS
    in_title = any(_begins_a_word(phrase, title) for phrase in signals.title)
    in_headings = sum(any(h.startswith(phrase) for h in headings) for phrase in signals.headings)
    in_text = sum(_begins_a_word(phrase, text) for phrase in signals.text)
    return float(TITLE * in_title + HEADING * math.sqrt(in_headings) + TEXT * in_text**0.7)


def _begins_a_word(phrase: str, text: str) -> bool:
    return phrase in text and bool(_at_word(phrase).search(text))


@lru_cache(maxsize=1024)
def _at_word(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}")
