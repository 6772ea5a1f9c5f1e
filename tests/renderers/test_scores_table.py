import csv
import io
from pathlib import Path

import pytest

from grader.renderers.tables import csv_text, scores_frame
from grader.schema import Assessment, Rubric

GOLDEN = Path(__file__).with_name("golden")


def test_scores_csv_is_as_agreed(
    graded: Assessment, not_scorable: Assessment, skipped: Assessment, rubric: Rubric
) -> None:
    text = csv_text(scores_frame([graded, not_scorable, skipped], rubric))
    assert text == (GOLDEN / "scores.csv").read_text(encoding="utf-8")


def test_levels_are_whole_numbers_and_empty_where_there_is_none(graded: Assessment, rubric: Rubric) -> None:
    frame = scores_frame([graded], rubric)
    assert str(frame["CH1"].dtype) == "Int64"
    assert frame["HA2"].isna().all() and frame["HA3"].isna().all() and frame["HA1"][0] == 0


def test_no_documents_give_a_header(rubric: Rubric) -> None:
    assert csv_text(scores_frame([], rubric)).startswith(
        "source,member,status,reason_code,reason,title,kind,"
    )


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        (" =1", "'=1"),
        ("\x1b[31m=1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_spreadsheet_sees_text_and_no_formula(
    title: str, cell: str, graded: Assessment, rubric: Rubric
) -> None:
    frame = scores_frame([graded.model_copy(update={"title": title})], rubric)
    (row,) = csv.DictReader(io.StringIO(csv_text(frame)))
    assert row["title"] == cell
