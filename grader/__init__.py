"""Grades product documents for decision hygiene, locally and reproducibly.

The steps are the folders, joined by `pipeline.py`::

    path → submissions → reading (in processes of their own: readers) → Document → analysis → Analysis
         → scoring (with a Rubric) → Assessment → renderers → reports

Two calls do the work: `grade_file` for one document, `grade` for files, folders and archives.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.pipeline import Graded as Graded
    from grader.pipeline import Settings as Settings
    from grader.pipeline import grade as grade
    from grader.pipeline import grade_file as grade_file
    from grader.schema import Assessment as Assessment

__version__ = "0.1.0"

__all__ = ["Assessment", "Graded", "Settings", "__version__", "grade", "grade_file"]


def __getattr__(name: str) -> Any:
    """The public names on first use, so that importing `grader` costs nothing."""
    if name == "Assessment":
        from grader.schema import Assessment

        return Assessment
    if name in __all__:
        from grader import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
