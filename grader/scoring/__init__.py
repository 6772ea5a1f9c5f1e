"""Document × Rubric → Assessment: relevance × depth per passage, the best passages give the level."""

from typing import Any

__all__ = ["Scorer"]


def __getattr__(name: str) -> Any:
    # Lazy, because importing the scorer imports numpy and the language models' libraries.
    if name == "Scorer":
        from grader.scoring.scorer import Scorer

        return Scorer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
