"""Frozen types that cross rooms: the document, the rubric, the results and the check of a draft."""

from grader.schema.check import Check, CheckedDraft, Finding, Place, Silenced
from grader.schema.document import (
    Block,
    BlockType,
    Document,
    Flag,
    Frozen,
    HiddenBy,
    HiddenText,
    Location,
    Severity,
)
from grader.schema.duplicates import NearDuplicate, Prose, SharedPassage
from grader.schema.limits import Limits
from grader.schema.results import (
    Assessment,
    CriterionScore,
    Evidence,
    KindGuess,
    Reason,
    Span,
    State,
    Status,
)
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
    "Check",
    "CheckedDraft",
    "Criterion",
    "CriterionScore",
    "Dimension",
    "Document",
    "Evidence",
    "Example",
    "Finding",
    "Flag",
    "Frozen",
    "HiddenBy",
    "HiddenText",
    "Kind",
    "KindGuess",
    "LeftOut",
    "Level",
    "Limits",
    "Location",
    "Place",
    "NearDuplicate",
    "Profile",
    "Prose",
    "Reason",
    "Rubric",
    "RunInfo",
    "Rung",
    "ScoredBlock",
    "ScoredText",
    "Severity",
    "SharedPassage",
    "Silenced",
    "Span",
    "Signals",
    "State",
    "Status",
]
