"""JSON Schemas of the files that authors write, so that an editor completes keys and marks mistakes."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from grader.rubric.authoring import RubricFile
from grader.schema import Criterion, Dimension, Example, Frozen, Kind, Level, Profile, Rung, Signals

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DESCRIBED: tuple[type[Frozen], ...] = (
    RubricFile, Criterion, Dimension, Example, Kind, Level, Profile, Rung, Signals,
)  # fmt: skip
_ATTRIBUTE = re.compile(r"^ {4}(\w[\w, ]*): (.+(?:\n {5,}.+)*)", re.MULTILINE)

# File name of each schema, and what it describes.
SCHEMAS: dict[str, type[Frozen]] = {
    "rubric.schema.json": RubricFile,
    "dimension.schema.json": Dimension,
}


def schema_text(model: type[Frozen]) -> str:
    """The JSON Schema of `model` as text, keys described by the types' own documentation."""
    schema = model.model_json_schema(by_alias=True)
    for described in _DESCRIBED:
        target = schema if described is model else schema.get("$defs", {}).get(described.__name__)
        if target is not None:
            _describe(target, described)
    return json.dumps({"$schema": _DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes every schema of `SCHEMAS` into `folder`; the paths written."""
    paths = tuple(folder / name for name in SCHEMAS)
    for path, model in zip(paths, SCHEMAS.values(), strict=True):
        path.write_text(schema_text(model), encoding="utf-8", newline="\n")
    return paths


def _describe(target: dict[str, Any], model: type[Frozen]) -> None:
    text = inspect.getdoc(model) or ""
    summary, _, attributes = text.partition("\n\nAttributes:\n")
    target["description"] = " ".join(summary.split())
    for names, meaning in _ATTRIBUTE.findall(attributes):
        for name in names.split(", "):
            key = model.model_fields[name].alias or name
            target["properties"][key]["description"] = " ".join(meaning.split())
