"""Graded × wanted levels → a checked draft: what its author is told to do next, and where."""

from grader.drafts.checked import check_batch, checked, source_lines
from grader.drafts.findings import findings_of
from grader.drafts.wanted import Wanted, wanted_levels

__all__ = ["Wanted", "check_batch", "checked", "findings_of", "source_lines", "wanted_levels"]
