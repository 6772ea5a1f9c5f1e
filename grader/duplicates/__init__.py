"""Near-duplicates inside a batch: which pairs, which passages; a template that many share is no finding."""

from grader.duplicates.find import find_duplicates
from grader.duplicates.prose import prose_of

__all__ = ["find_duplicates", "prose_of"]
