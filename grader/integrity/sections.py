"""Headings that promise something and have nothing, or next to nothing, below them."""

from collections.abc import Mapping

from grader.schema import Document

THIN_WORDS = 3
"""A section with at most so many words says nothing: "Done.", "In place."."""
FEWEST = 5
"""Empty sections from which a document is told…"""
SHARE = 0.5
"""…when at least so many of its sections are empty."""

_BESIDE = frozenset({"comment", "alt_text", "front_matter"})


def empty_sections(document: Document, left: Mapping[int, str]) -> list[int]:
    """Indices of the headings below which nothing is said, when they are many; else none.

    Args:
        left: what is left to score, by index of block. A heading above other headings is no section itself.
    """
    sections = _sections(document, left)
    empty = [heading for heading, words in sections.items() if words <= THIN_WORDS]
    return empty if len(empty) >= FEWEST and len(empty) >= SHARE * len(sections) else []


def _sections(document: Document, left: Mapping[int, str]) -> dict[int, int]:
    """Words below each heading that has no heading of its own below it; code and drawings count as many."""
    words: dict[int, int] = {}
    current: int | None = None
    for index, block in enumerate(document.blocks):
        if block.type == "heading":
            if current is not None and block.depth > document.blocks[current].depth and not words[current]:
                del words[current]
            current = index
            words[current] = 0
        elif current is not None and block.type not in _BESIDE:
            words[current] += 100 if block.type == "code" else len(left.get(index, "").split())
    return words
