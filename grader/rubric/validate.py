"""Content against the schema: the first thing that does not fit becomes an error in a teacher's words."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from grader.errors import RubricError
from grader.rubric.assemble import Assembled
from grader.rubric.source import Key, one_line
from grader.schema import Rubric

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_COMPUTED = "hash"


def validate(whole: Assembled) -> Rubric:
    """The typed rubric, its hash still empty. Raises RubricError for the most telling misfit."""
    if _COMPUTED in whole.content:
        raise whole.error((_COMPUTED,), "unknown key; the hash is computed from the content")
    try:
        return Rubric.model_validate_json(json.dumps(whole.content), strict=True)
    except ValidationError as error:
        problems = error.errors(include_url=False)
    # A misspelt key is both unknown and missing: the unknown one says more.
    raise _translated(min(problems, key=lambda problem: problem["type"] != "extra_forbidden"), whole)


def known_names(name: str, known: Iterable[str]) -> str:
    """``did you mean 'title'? Known: …``, for a `name` that is none of the `known` ones."""
    names = list(known)
    by_lower = {each.lower(): each for each in names}
    close = get_close_matches(name.lower(), by_lower, n=1)
    guess = f"did you mean '{by_lower[close[0]]}'? " if close else ""
    return f"{guess}Known: {', '.join(names) or 'none'}"


def _translated(problem: Any, whole: Assembled) -> RubricError:
    key: Key = tuple(problem["loc"])
    return whole.error(key, _message(problem, key))


def _message(problem: Any, key: Key) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    found = _found(problem["input"])
    if kind == "extra_forbidden":
        return f"unknown key; {known_names(str(key[-1]), _keys_at(key[:-1]))}"
    if kind == "missing":
        return "missing; expected this key"
    if kind in _EXPECTED:
        expected = _EXPECTED[kind]
        if kind.startswith("model"):
            expected = f"a mapping with {', '.join(_keys_at(key))}"
        quote = (
            "; put it in quotes"
            if kind == "string_type" and isinstance(problem["input"], int | float)
            else ""
        )
        return f"expected {expected}, found {found}{quote}"
    if kind == "greater_than_equal":
        return f"expected {context['ge']} or more, found {found}"
    if kind == "less_than_equal":
        return f"expected {context['le']} or less, found {found}"
    if kind == "literal_error":
        return f"expected {context['expected']}, found {found}"
    return f"{problem['msg']}, found {found}"


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return one_line(json.dumps(value, ensure_ascii=False), 60)


def _keys_at(key: Key) -> list[str]:
    """The keys that the schema knows in the mapping at `key`, as they are written in YAML."""
    model: type[BaseModel] = Rubric
    for part in key:
        if isinstance(part, str):
            annotation = next(
                field.annotation for name, field in model.model_fields.items() if part in (name, field.alias)
            )
            candidates = (annotation, *get_args(annotation))
            model = next(
                each for each in candidates if isinstance(each, type) and issubclass(each, BaseModel)
            )
    return [field.alias or name for name, field in model.model_fields.items() if name != _COMPUTED]
