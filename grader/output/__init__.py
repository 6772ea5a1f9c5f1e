"""The out folder: every file whole, every result kept once it is known, nothing of others touched."""

from grader.output.folder import ResultsFolder
from grader.output.ours import INDEX, REPORTS, RESULTS, RUN, SCORES, is_report, is_results_folder
from grader.output.resume import Unfinished
from grader.output.staged import staged
from grader.output.summaries import summary

__all__ = [
    "INDEX",
    "REPORTS",
    "RESULTS",
    "RUN",
    "SCORES",
    "ResultsFolder",
    "Unfinished",
    "is_report",
    "is_results_folder",
    "staged",
    "summary",
]
