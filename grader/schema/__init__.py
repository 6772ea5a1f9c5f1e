"""Frozen types that cross rooms: the document, the rubric and the results."""

from grader.schema.document import Block, BlockType, Document, Flag, Frozen, Location, Severity
from grader.schema.results import Assessment, CriterionScore, Evidence, KindGuess, Reason, State, Status
from grader.schema.rubric import (
    Criterion,
    Dimension,
    Example,
    Kind,
    Level,
    Profile,
    Rubric,
    Rung,
    Signals,
)
from grader.schema.run import RunInfo
from grader.schema.scored import LeftOut, ScoredBlock, ScoredText

__all__ = [
    "Assessment",
    "Block",
    "BlockType",
    "Criterion",
    "CriterionScore",
    "Dimension",
    "Document",
    "Evidence",
    "Example",
    "Flag",
    "Frozen",
    "Kind",
    "KindGuess",
    "LeftOut",
    "Level",
    "Location",
    "Profile",
    "Reason",
    "Rubric",
    "RunInfo",
    "Rung",
    "ScoredBlock",
    "ScoredText",
    "Severity",
    "Signals",
    "State",
    "Status",
]
