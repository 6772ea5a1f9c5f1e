import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from grader.renderers.tables import csv_text, parquet_bytes, scores_frame
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
        "source,member,sha256,status,reason_code,reason,title,language,kind,"
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


@pytest.fixture
def all_kinds(graded: Assessment, not_scorable: Assessment, skipped: Assessment) -> list[Assessment]:
    hostile = graded.model_copy(
        update={"source": "\t=1.md", "title": "two\nlines \ud800 \x1b[31m", "total": 0.0}
    )
    return [graded, hostile, not_scorable, skipped]


def test_csv_and_parquet_agree_cell_by_cell(all_kinds: list[Assessment], rubric: Rubric) -> None:
    frame = scores_frame(all_kinds, rubric)
    stored = pd.read_parquet(io.BytesIO(parquet_bytes(frame)))
    rows = list(csv.reader(io.StringIO(csv_text(frame))))
    assert rows[0] == list(stored.columns)
    assert len(rows) - 1 == len(stored) == 4
    for row, (_, typed) in zip(rows[1:], stored.iterrows(), strict=True):
        for cell, value, name in zip(row, typed, stored.columns, strict=True):
            assert cell == ("" if pd.isna(value) else as_csv_cell(value)), name


def as_csv_cell(value: object) -> str:
    """What a spreadsheet is shown of a typed value, written down apart from the code under test."""
    if not isinstance(value, str):
        return str(value)
    text = " ".join(value.replace("\x1b[31m", "").split())
    return f"'{text}" if text[:1] in set("=+-@") else text


def test_parquet_columns_are_typed_and_missing_is_null(all_kinds: list[Assessment], rubric: Rubric) -> None:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(parquet_bytes(scores_frame(all_kinds, rubric))))
    types = {field.name: str(field.type).removeprefix("large_") for field in table.schema}
    assert {types[name] for name in ("source", "member", "reason", "flags")} == {"string"}
    assert {types[name] for name in ("total", "total_low", "confidence", "choices", "harm")} == {"double"}
    assert {types[name] for name in ("CH1", "HA1", "HA2")} == {"int64"}
    assert table["total"].to_pylist() == [45.1, 0.0, None, None]
    assert table["HA1"].to_pylist() == [0, 0, None, None]
    assert table["HA2"].to_pylist() == [None] * 4
    assert table["member"].to_pylist() == [None, None, None, "a/b.pdf"]
    assert table["source"].to_pylist()[1] == "\t=1.md" and "\ufffd" in table["title"].to_pylist()[1]


def test_the_types_do_not_depend_on_what_is_missing(skipped: Assessment, rubric: Rubric) -> None:
    import pyarrow.parquet

    schemas = [
        pyarrow.parquet.read_schema(io.BytesIO(parquet_bytes(scores_frame(rows, rubric)))).remove_metadata()
        for rows in ([], [skipped])
    ]
    assert schemas[0] == schemas[1]


def test_the_same_results_give_the_same_parquet_bytes(all_kinds: list[Assessment], rubric: Rubric) -> None:
    assert parquet_bytes(scores_frame(all_kinds, rubric)) == parquet_bytes(scores_frame(all_kinds, rubric))


def test_no_export_is_ordered_by_total(graded: Assessment, rubric: Rubric) -> None:
    rows = [
        graded.model_copy(update={"source": f"{n}.md", "total": total})
        for n, total in ((1, 9.0), (2, 99.0), (3, 50.0))
    ]
    assert list(scores_frame(rows, rubric)["source"]) == ["1.md", "2.md", "3.md"]
