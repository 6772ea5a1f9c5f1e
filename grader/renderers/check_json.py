"""A check as JSON: one object for all drafts, or a line for each."""

from typing import Any

from grader.renderers.json_lines import as_data, as_json, results_schema
from grader.schema import Check, CheckedDraft, Finding

SCHEMA = 1
"""Version of the form; it changes when a program that reads it would have to."""


def render_json(check: Check) -> str:
    """The whole check as one indented object; its form is in ``docs/check.schema.json``."""
    return as_json(_whole(check), indent=2) + "\n"


def render_json_lines(check: Check) -> str:
    """One line per draft, each the object that `render_json` lists for it, with the version of the form."""
    return "".join(as_json({"schema": SCHEMA, **_draft(check, draft)}) + "\n" for draft in check.drafts)


def _whole(check: Check) -> dict[str, Any]:
    rubric = check.rubric
    return {
        "schema": SCHEMA,
        "program": check.run.program,
        "rubric": {"id": rubric.id, "version": rubric.version, "hash": rubric.hash},
        "wanted": check.wanted,
        "fail_under": check.fail_under,
        "passes": check.passes,
        "drafts": [_draft(check, draft) for draft in check.drafts],
    }


def _draft(check: Check, draft: CheckedDraft) -> dict[str, Any]:
    findings = [_known(finding.model_dump()) for finding in draft.findings]
    return {
        "path": draft.path,
        "passes": not draft.open_findings and not check.falls_short(draft),
        "findings": findings,
        "notes": [note.model_dump(exclude_none=True) for note in draft.notes],
        "assessment": as_data(draft.assessment),
    }


def _known(finding: dict[str, Any]) -> dict[str, Any]:
    place = {name: value for name, value in finding["place"].items() if value not in (None, "")}
    return {**finding, "place": place}


def check_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `render_json` gives, made from the types."""
    assessment = results_schema()
    finding = Finding.model_json_schema(mode="serialization")
    parts = {**assessment.pop("$defs"), **finding.pop("$defs")}
    assessment.pop("$schema")
    place = parts["Place"]
    place.pop("required", None)  # what is not known is left out
    text, flag = {"type": "string"}, {"type": "boolean"}
    rubric = _object(id=text, version=text, hash=text)
    draft = _object(
        path=text,
        passes=flag,
        findings={"type": "array", "items": {"$ref": "#/$defs/Finding"}},
        notes={"type": "array", "items": {"$ref": "#/$defs/Flag"}},
        assessment={"$ref": "#/$defs/Assessment"},
    )
    parts |= {"Finding": finding, "Assessment": assessment, "Draft": draft}
    whole = _object(
        schema={"const": SCHEMA},
        program=text,
        rubric=rubric,
        wanted={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 4}},
        fail_under={"anyOf": [{"type": "number", "minimum": 0, "maximum": 100}, {"type": "null"}]},
        passes=flag,
        drafts={"type": "array", "items": {"$ref": "#/$defs/Draft"}},
    )
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "Output of grader check --format json", **whole, "$defs": parts}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
