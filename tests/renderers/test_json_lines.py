import json
from pathlib import Path

import jsonschema
import pytest

from grader.renderers.json_lines import from_line, results_schema, to_line
from grader.schema import Assessment, Evidence, Flag, Location

ROOT = Path(__file__).parents[2]


def test_a_line_has_the_contracts_keys_in_their_order(graded: Assessment) -> None:
    data = json.loads(to_line(graded))
    assert list(data) == [
        "schema",
        "source",
        "member",
        "sha256",
        "status",
        "reason",
        "title",
        "language",
        "kind",
        "profile",
        "total",
        "total_range",
        "dimensions",
        "criteria",
        "flags",
    ]
    assert list(data["criteria"][0]) == [
        "id",
        "dimension",
        "state",
        "level",
        "value",
        "confidence",
        "reason",
        "missing",
        "next_step",
        "evidence",
    ]
    assert data["schema"] == 1


def test_locations_hold_what_is_known_and_other_nulls_stay(graded: Assessment, skipped: Assessment) -> None:
    data = json.loads(to_line(graded))
    assert data["criteria"][0]["evidence"][0]["location"] == {"line": 6}
    assert data["criteria"][3]["level"] is None
    assert [flag["location"] for flag in data["flags"]] == [{"line": 15}, None]
    assert json.loads(to_line(skipped)) | {"criteria": [], "total": None, "kind": None} == json.loads(
        to_line(skipped)
    )


def test_what_was_written_is_read_back(
    graded: Assessment, not_scorable: Assessment, skipped: Assessment
) -> None:
    assert [from_line(to_line(a)) for a in (graded, not_scorable, skipped)] == [graded, not_scorable, skipped]


def test_hostile_text_stays_on_one_line_of_plain_unicode(skipped: Assessment) -> None:
    hostile = skipped.model_copy(update={"title": "é \u2028 \x85 \u202e \x1b \ud800"})
    line = to_line(hostile)
    assert len(line.splitlines()) == 1
    assert "é" in line and not set("\u2028\x85\u202e\x1b\ud800") & set(line)
    assert from_line(line).title == "é \u2028 \x85 \u202e \x1b \ufffd"


@pytest.mark.parametrize("line", ["", "{}", '{"schema": 2, "source": "a", "status": "skipped"}', "[1]"])
def test_a_line_that_is_no_assessment_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        from_line(line)


def test_every_line_is_valid_under_the_schema(
    graded: Assessment, not_scorable: Assessment, skipped: Assessment
) -> None:
    validator = jsonschema.Draft202012Validator(results_schema())
    for assessment in (graded, not_scorable, skipped):
        validator.validate(json.loads(to_line(assessment)))


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "failed"},
        {"total": 101},
        {"criteria": [{"id": "CH1"}]},
        {"extra": 1},
        {"flags": [{"code": "x", "severity": "info", "message": "m", "location": {"line": None}}]},
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(graded: Assessment, broken: dict[str, object]) -> None:
    data = json.loads(to_line(graded)) | broken
    assert not jsonschema.Draft202012Validator(results_schema()).is_valid(data)


def test_the_committed_schema_is_the_one_of_the_types() -> None:
    committed = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))
    assert committed == results_schema()


def test_a_place_without_any_number_is_an_empty_object(graded: Assessment) -> None:
    nowhere = Evidence(quote="q", block=0, start=0, end=1, location=Location(), section="", why="w")
    score = graded.criteria[0].model_copy(update={"evidence": (nowhere,)})
    flag = Flag(code="f", severity="info", message="m", location=Location())
    data = json.loads(to_line(graded.model_copy(update={"criteria": (score,), "flags": (flag,)})))
    assert data["criteria"][0]["evidence"][0]["location"] == data["flags"][0]["location"] == {}
