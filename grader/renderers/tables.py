"""All assessments as one table: ``scores.csv`` and ``scores.parquet``, cell by cell the same."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grader.renderers.cohort_view import mean_confidence
from grader.renderers.visible import stripped, without_surrogates
from grader.schema import Assessment, Rubric

if TYPE_CHECKING:
    from pandas import DataFrame

_NUMBERS = ("kind_confidence", "total", "total_low", "total_high", "confidence")
_STARTS_FORMULA = tuple("=+-@\t\r＝＋－＠")


def scores_frame(assessments: Sequence[Assessment], rubric: Rubric) -> "DataFrame":
    """One row per document, in the given order; one column per dimension (0–100) and per criterion (0–4).

    Criterion columns are Int64, scores and confidences Float64, all others text: missing, never 0 and never
    "", where there is no value. Scores are rounded to one decimal, confidences to two.
    """
    import pandas as pd

    dimensions = [dimension.id for dimension in rubric.dimensions]
    criteria = [criterion.id for criterion in rubric.criteria]
    frame = pd.DataFrame(
        [_row(a, dimensions, criteria) for a in assessments], columns=_columns(dimensions, criteria)
    )
    types = dict.fromkeys(frame.columns, "string")
    types |= dict.fromkeys([*_NUMBERS, *dimensions], "Float64") | dict.fromkeys(criteria, "Int64")
    return frame.astype(types)


def csv_text(frame: "DataFrame") -> str:
    """The frame as CSV with a header line, ``\\n`` line ends and no index.

    A text that a spreadsheet would take for a formula is led by an apostrophe; control characters are gone.
    """
    import pandas as pd

    safe = frame.copy()
    for name in safe.columns:
        if isinstance(safe[name].dtype, pd.StringDtype):
            safe[name] = pd.Series([_neutral(cell) for cell in safe[name]], index=safe.index, dtype="object")
    return safe.to_csv(index=False, lineterminator="\n")


def parquet_bytes(frame: "DataFrame") -> bytes:
    """The frame as a Parquet file; text as it is, so that names equal those of ``results.jsonl``."""
    from io import BytesIO

    buffer = BytesIO()
    frame.to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


def _columns(dimensions: list[str], criteria: list[str]) -> list[str]:
    return [
        "source",
        "member",
        "sha256",
        "status",
        "reason_code",
        "reason",
        "title",
        "language",
        "kind",
        "kind_confidence",
        "profile",
        "total",
        "total_low",
        "total_high",
        "confidence",
        *dimensions,
        *criteria,
        "flags",
    ]


def _row(assessment: Assessment, dimensions: list[str], criteria: list[str]) -> dict[str, Any]:
    reason, kind = assessment.reason, assessment.kind
    low, high = assessment.total_range or (None, None)
    levels = {score.id: score.level for score in assessment.criteria}
    texts = {
        "source": assessment.source,
        "member": assessment.member,
        "sha256": assessment.sha256,
        "status": assessment.status,
        "reason_code": reason.code if reason else None,
        "reason": reason.text if reason else None,
        "title": assessment.title,
        "language": assessment.language,
        "kind": kind.name if kind else None,
        "profile": assessment.profile,
        "flags": ";".join(dict.fromkeys(flag.code for flag in assessment.flags)),
    }
    return {
        **{name: without_surrogates(text) if text else None for name, text in texts.items()},
        "kind_confidence": _short_of_sure(kind.confidence if kind else None),
        "total": _rounded(assessment.total),
        "total_low": _rounded(low),
        "total_high": _rounded(high),
        **{name: _rounded(assessment.dimensions.get(name)) for name in dimensions},
        "confidence": _rounded(mean_confidence(assessment), 2),
        **{name: levels.get(name) for name in criteria},
    }


def _short_of_sure(confidence: float | None) -> float | None:
    """1 is for a kind that a person named."""
    return confidence if confidence is None or confidence == 1 else min(round(confidence, 2), 0.99)


def _rounded(number: float | None, decimals: int = 1) -> float | None:
    return None if number is None else round(number, decimals)


def _neutral(cell: object) -> object:
    if not isinstance(cell, str):
        return None
    text = stripped(cell)
    return "'" + text if cell.startswith(_STARTS_FORMULA) or text.startswith(_STARTS_FORMULA) else text
