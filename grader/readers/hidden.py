"""Gathers what stands in a file and is not seen, so that every reader tells it in the same way."""

from grader.readers.well_formed import well_formed
from grader.schema import HiddenBy, HiddenText, Location

SHOWN = 500
"""Characters kept of each hidden text."""

MOST = 200
"""Hidden texts kept of one file; further ones only add to the words of the last."""


class HiddenTexts:
    """Append-only; neighbours that are hidden in the same way at the same place become one."""

    def __init__(self) -> None:
        self._found: list[HiddenText] = []

    def add(self, text: str, by: HiddenBy, location: Location) -> None:
        """Note that `text` is hidden at `location`. Text without a letter or a figure is nothing."""
        text = " ".join(well_formed(text).split())
        if not any(char.isalnum() for char in text):
            return
        last = self._found[-1] if self._found else None
        full = len(self._found) >= MOST
        if last and (full or (last.by, last.location) == (by, location)):
            joined = last.text if full or len(last.text) >= SHOWN else f"{last.text} {text}"
            words = last.words + len(text.split())
            self._found[-1] = last.model_copy(update={"text": joined[:SHOWN], "words": words})
            return
        self._found.append(HiddenText(by=by, text=text[:SHOWN], words=len(text.split()), location=location))

    def found(self) -> tuple[HiddenText, ...]:
        """All that was noted, in order."""
        return tuple(self._found)
