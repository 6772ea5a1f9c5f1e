"""Content against `Settings`: the first thing that does not fit becomes an error in plain words."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from grader.configuration.settings import Settings, keys_of
from grader.configuration.toml_lines import Key
from grader.errors import ConfigurationError
from grader.rubric.validate import known_names

_EXPECTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": 'a list such as ["FM4", "TO2"]',
}
_UNIONS = {
    ("jobs",): 'a whole number from 1, or "auto"',
    ("check", "min-level"): "a level from 0 to 4, or a table of levels such as { FM3 = 3 }",
}
"""Keys with several types: pydantic says what is wrong with each, a person is told what is right."""
_LIMITS = {"greater_than_equal": ("ge", "or more"), "less_than_equal": ("le", "or less")}


def validate(content: object, place: Callable[[Key], str]) -> Settings:
    """The typed settings.

    Args:
        content: what stands in the file, or in our table of it.
        place: names file, line and key for an error message.

    Raises:
        ConfigurationError: an unknown key, or a value of the wrong type or range.
    """
    try:
        # Through JSON, where a list is the one way to write a tuple, types can be strict.
        return Settings.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as error:
        problems = error.errors(include_url=False)
    problem = min(problems, key=lambda each: each["type"] != "extra_forbidden")
    key = _key(problem["loc"])
    raise ConfigurationError(f"{place(key)}: {_message(problem, key)}")


def _key(location: Sequence[str | int]) -> Key:
    """The key in the file. Positions in a list and, in a union, the name of the branch are no keys."""
    key = tuple(part for part in location if isinstance(part, str))
    return next((union for union in _UNIONS if key[: len(union)] == union), key)


def _message(problem: Any, key: Key) -> str:
    kind, found = problem["type"], json.dumps(problem["input"], ensure_ascii=False)[:60]
    if kind == "extra_forbidden":
        return f"unknown key; {known_names(key[-1], _keys_at(key[:-1]))}"
    if key in _UNIONS:
        return f"expected {_UNIONS[key]}, found {found}"
    if kind in _LIMITS:
        limit, side = _LIMITS[kind]
        return f"expected {problem['ctx'][limit]:g} {side}, found {found}"
    if kind.startswith("model"):
        return f"expected a table with {', '.join(_keys_at(key))}, found {found}"
    return f"expected {_EXPECTED.get(kind, problem['msg'])}, found {found}"


def _keys_at(key: Key) -> list[str]:
    """What is known in the table at `key`."""
    return keys_of(type(getattr(Settings(), key[0])) if key else Settings)
