"""The new rubric's text, and the JSON Schemas that editors use."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from grader.rubric import load_rubric
from grader.rubric.authoring import RubricFile
from grader.rubric.json_schema import SCHEMAS, schema_text, write_schemas
from grader.rubric.template import new_rubric
from grader.schema import Dimension, Rubric

ROOT = Path(__file__).parents[2]
RUBRICS = ROOT / "rubrics"


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("my-course", "my-course"),
        ("Team 7: ethics!", "Team-7-ethics"),
        ("2026 cohort", "rubric-2026-cohort"),
        ("übung", "bung"),
        ("---", "rubric"),
    ],
)
def test_a_new_rubric_loads_under_its_own_name(tmp_path: Path, name: str, identifier: str) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(new_rubric(name), encoding="utf-8")
    assert load_rubric(file).id == identifier


def test_a_new_rubric_can_get_a_third_criterion(tmp_path: Path) -> None:
    text = new_rubric("course")
    start, end = text.index("      - id: AC2"), text.index("# How a kind of document")
    file = tmp_path / "course.yaml"
    file.write_text(text[:end] + text[start:end].replace("AC2", "AC3") + text[end:], encoding="utf-8")
    assert [criterion.id for criterion in load_rubric(file).criteria] == ["AC1", "AC2", "AC3"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schemas_are_up_to_date(name: str) -> None:
    committed = (RUBRICS / name).read_text(encoding="utf-8")
    assert committed == schema_text(SCHEMAS[name]), "run: grader rubric schema --out rubrics"


def test_write_schemas_writes_what_schema_text_says(tmp_path: Path) -> None:
    assert [path.name for path in write_schemas(tmp_path)] == list(SCHEMAS)
    assert (tmp_path / "rubric.schema.json").read_text(encoding="utf-8") == schema_text(RubricFile)


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schema_text(SCHEMAS[name]))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def content(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(RUBRICS.rglob("*.yaml")), ids=lambda file: file.name)
def test_shipped_files_fit_their_schema_and_name_it(file: Path) -> None:
    name = "rubric.schema.json" if file.parent == RUBRICS else "dimension.schema.json"
    assert [error.message for error in validator(name).iter_errors(content(file))] == []
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    prefix, _, schema = first.partition("=")
    assert prefix == "# yaml-language-server: $schema"
    assert (file.parent / schema).resolve() == RUBRICS / name


def test_the_schema_knows_paths_and_inline_dimensions_but_no_hash(small: Path) -> None:
    check = validator("rubric.schema.json")
    written = content(small)
    assert check.is_valid(written)
    assert not check.is_valid({**written, "hash": "x"})
    assert not check.is_valid({**written, "dimensions": ["parts/timing"]})
    assert not check.is_valid({**written, "schema": 2})


def test_editors_show_what_a_key_means() -> None:
    schema = json.loads(schema_text(Dimension))
    properties = schema["$defs"]["Level"]["properties"]
    assert (
        properties["missing"]["description"] == 'what was not found that the next level has; "" on level 4.'
    )


def test_a_rubric_is_written_with_the_keys_it_is_used_with() -> None:
    assert RubricFile.model_fields.keys() == Rubric.model_fields.keys() - {"hash"}
