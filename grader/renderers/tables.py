"""All assessments as one table: ``scores.csv``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grader.renderers.visible import stripped
from grader.schema import Assessment, Rubric

if TYPE_CHECKING:
    from pandas import DataFrame

_STARTS_FORMULA = tuple("=+-@\t\r＝＋－＠")


def scores_frame(assessments: Sequence[Assessment], rubric: Rubric) -> "DataFrame":
    """One row per document, in the given order; one column per dimension (0–100) and per criterion (0–4).

    Criterion columns are Int64: empty, never 0, where there is no level. Scores are rounded to one decimal,
    the confidence of the kind to two.
    """
    import pandas as pd

    dimensions = [dimension.id for dimension in rubric.dimensions]
    criteria = [criterion.id for criterion in rubric.criteria]
    frame = pd.DataFrame(
        [_row(a, dimensions, criteria) for a in assessments], columns=_columns(dimensions, criteria)
    )
    types = {name: "Float64" for name in ("kind_confidence", "total", "total_low", "total_high", *dimensions)}
    return frame.astype(types | dict.fromkeys(criteria, "Int64"))


def csv_text(frame: "DataFrame") -> str:
    """The frame as CSV with a header line, ``\\n`` line ends and no index.

    A text that a spreadsheet would take for a formula is led by an apostrophe; control characters are gone.
    """
    import pandas as pd

    safe = frame.copy()
    for name in safe.columns:
        if not hasattr(safe[name].dtype, "numpy_dtype"):  # the masked number types hold no text
            safe[name] = pd.Series([_neutral(cell) for cell in safe[name]], index=safe.index, dtype="object")
    return safe.to_csv(index=False, lineterminator="\n")


def _columns(dimensions: list[str], criteria: list[str]) -> list[str]:
    return [
        "source",
        "member",
        "status",
        "reason_code",
        "reason",
        "title",
        "kind",
        "kind_confidence",
        "profile",
        "total",
        "total_low",
        "total_high",
        *dimensions,
        *criteria,
        "flags",
    ]


def _row(assessment: Assessment, dimensions: list[str], criteria: list[str]) -> dict[str, Any]:
    reason, kind = assessment.reason, assessment.kind
    low, high = assessment.total_range or (None, None)
    levels = {score.id: score.level for score in assessment.criteria}
    return {
        "source": assessment.source,
        "member": assessment.member,
        "status": assessment.status,
        "reason_code": reason.code if reason else None,
        "reason": reason.text if reason else None,
        "title": assessment.title,
        "kind": kind.name if kind else None,
        "kind_confidence": round(kind.confidence, 2) if kind else None,
        "profile": assessment.profile,
        "total": _rounded(assessment.total),
        "total_low": _rounded(low),
        "total_high": _rounded(high),
        **{name: _rounded(assessment.dimensions.get(name)) for name in dimensions},
        **{name: levels.get(name) for name in criteria},
        "flags": ";".join(dict.fromkeys(flag.code for flag in assessment.flags)),
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 1)


def _neutral(cell: object) -> object:
    if not isinstance(cell, str):
        return None
    text = stripped(cell)
    return "'" + text if cell.startswith(_STARTS_FORMULA) or text.startswith(_STARTS_FORMULA) else text
