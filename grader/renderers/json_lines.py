"""One assessment as one line of ``results.jsonl``, and back; the JSON Schema of such a line."""

import json
import re
from typing import Any

from grader.schema import Assessment

# Legal in JSON, but they break line-wise readers or steer a terminal; escaped, they say the same.
_UNSAFE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def to_line(assessment: Assessment) -> str:
    """The assessment as one line of JSON, without the line feed; keys in the order of the contract.

    Locations hold only what is known; every other key is there, null where there is no value. Lone
    surrogates, which no UTF-8 file can hold, become U+FFFD.
    """
    return as_json(as_data(assessment))


def as_data(assessment: Assessment) -> dict[str, Any]:
    """What a line holds, as plain values."""
    data = assessment.model_dump(by_alias=True)
    for evidence in (e for criterion in data["criteria"] for e in criterion["evidence"]):
        evidence["location"] = _known(evidence["location"])
    for flag in data["flags"]:
        flag["location"] = _known(flag["location"])
    return data


def as_json(data: Any, indent: int | None = None) -> str:
    """`data` as JSON that no terminal and no line-wise reader stumbles over."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", _SURROGATE.sub("\ufffd", text))


def from_line(line: str) -> Assessment:
    """The assessment of one line. Raises pydantic's ValidationError (a ValueError) when it is not one."""
    return Assessment.model_validate_json(line)


def results_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one line, made from the types."""
    schema = Assessment.model_json_schema(by_alias=True, mode="serialization")
    location = schema["$defs"]["Location"]
    location.pop("required", None)
    for name in location["properties"]:
        location["properties"][name]["anyOf"] = [{"type": "integer", "minimum": 1}]
        location["properties"][name].pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "One line of results.jsonl",
    }


def _known(location: dict[str, int | None] | None) -> dict[str, int] | None:
    if location is None:
        return None
    return {name: value for name, value in location.items() if value is not None}
