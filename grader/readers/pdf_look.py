"""Measures of a whole PDF that tell headings, paragraphs and broken words apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from grader.readers.pdf_lines import Line

LARGER = 1.12
"""Print this much larger than the body's is a heading's."""
WORD = re.compile(r"[^\W\d_]{2,}-$")


@dataclass(frozen=True)
class Look:
    """Measures of the whole document.

    Attributes:
        body: commonest font size, points.
        pitch: usual distance of base lines within a paragraph, in font sizes.
        sizes: font sizes of headings, largest first, each the smallest of its step.
        monospace_is_code: False where most of the text is monospaced.
        text: all text, to look words up in.
        hyphenated: whether words are broken at line ends.
    """

    body: float
    pitch: float
    sizes: tuple[float, ...]
    monospace_is_code: bool
    text: str
    hyphenated: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Look":
        """Measure `lines`, at least one."""
        sizes: Counter[float] = Counter()
        monospace = 0
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
            monospace += len(line.text) * line.monospace
        body = max(sizes, key=lambda size: (sizes[size], -size))
        larger = {round(line.size, 1) for line in lines if line.size >= LARGER * body}
        pitches = [
            (after.y - line.y) / line.size
            for line, after in zip(lines, lines[1:], strict=False)
            if line.page == after.page and abs(line.size - body) < 0.2 and 0 < after.y - line.y < 3 * body
        ]
        ends = sum(bool(WORD.search(line.text)) for line in lines)
        return cls(
            body=body,
            pitch=_lower(pitches) if pitches else 1.3,
            sizes=_steps(larger),
            monospace_is_code=2 * monospace < sizes.total(),
            text=" ".join(line.text for line in lines).lower(),
            hyphenated=ends > max(3, 0.03 * len(lines)),
        )


def _steps(sizes: set[float]) -> tuple[float, ...]:
    """Sizes that a reader tells apart, as the lower ends of steps, largest first."""
    steps: list[list[float]] = []
    for size in sorted(sizes, reverse=True):
        if steps and size > steps[-1][0] / LARGER:
            steps[-1].append(size)
        else:
            steps.append([size])
    return tuple(step[-1] for step in steps)


def _lower(pitches: Sequence[float]) -> float:
    """The usual distance: the median of the smaller two thirds, as larger ones part paragraphs."""
    ordered = sorted(pitches)
    return median(ordered[: max(1, (len(ordered) * 2 + 2) // 3)])


def join_hyphenated(text: str, following: str, look: Look) -> str:
    """Join two lines. A hyphen at the end goes where it only breaks a word, as far as the document shows."""
    if not WORD.search(text) or not following[:1].islower():
        broken = text.endswith("-") and not text.endswith(" -") and following[:1].isalnum()
        broken = broken or (following[:1] == "-" and following[1:2].isalpha())
        glue = "" if broken else " "
        return text + glue + following
    before, after = text.split()[-1].lower(), following.split()[0].lower().rstrip(".,;:!?)")
    if before[:-1] + after in look.text:
        return text[:-1] + following
    return text + following if before + after in look.text or not look.hyphenated else text[:-1] + following
