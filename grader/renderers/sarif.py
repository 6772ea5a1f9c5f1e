"""A check as SARIF 2.1.0, the form in which code hosts and editors take findings from any program."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote as percent_encoded

from grader.renderers.check_words import advice, file_of, levels, remarks, shortfall, total_words
from grader.renderers.json_lines import as_json
from grader.renderers.phrases import STATUS_WORDS
from grader.renderers.sarif_rules import rule_of
from grader.renderers.visible import stripped
from grader.schema import Check, CheckedDraft, Finding, Place, Rubric

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "graderFinding/v1"
_GITHUB_FINGERPRINT = "primaryLocationLineHash"
"""The only fingerprint that GitHub looks at."""
_SUPPRESSION_KIND = {"comment": "inSource", "baseline": "external"}

_ABSOLUTE = re.compile("([A-Za-z]:)?/")

Object = dict[str, Any]


def render_sarif(check: Check) -> str:
    """One run with every finding, silenced ones marked as suppressed so that no host opens them again."""
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(check)]}, indent=2) + "\n"


def _run(check: Check) -> Object:
    rules = {criterion.id: number for number, criterion in enumerate(check.rubric.criteria)}
    files = {_uri(draft): draft for draft in check.drafts}  # an archive holds several drafts
    number = {uri: number for number, uri in enumerate(files)}
    driver = {
        "name": "grader",
        "semanticVersion": check.run.program,
        "rules": [rule_of(criterion, check.rubric) for criterion in check.rubric.criteria],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    notification
                    for draft in check.drafts
                    for notification in _notifications(check, draft, number[_uri(draft)])
                ],
            }
        ],
        "artifacts": [_artifact(draft) for draft in files.values()],
        "results": [
            _result(draft, number[_uri(draft)], finding, rules[finding.rule], check.rubric)
            for draft in check.drafts
            for finding in draft.findings
        ],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "rubric": f"{check.rubric.id} {check.rubric.version}",
            "rubricHash": check.rubric.hash,
            "totals": {file_of(draft): draft.assessment.total for draft in check.drafts},
        },
    }


def _result(draft: CheckedDraft, index: int, finding: Finding, rule: int, rubric: Rubric) -> Object:
    said = f"{stripped(finding.title)}: {levels(finding, rubric)}. {stripped(finding.message)}"
    result: Object = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": "warning",
        "message": {"text": f"{said} Next step: {advice(finding)}"},
        "locations": [_location(draft, index, finding.place)],
        "partialFingerprints": {
            FINGERPRINT: finding.fingerprint,
            _GITHUB_FINGERPRINT: f"{finding.fingerprint[:16]}:1",
        },
        "properties": {"level": finding.level, "wanted": finding.wanted, "quote": stripped(finding.quote)},
    }
    if finding.silenced:
        kind = _SUPPRESSION_KIND[finding.silenced.by]
        reason = stripped(finding.silenced.reason)
        result["suppressions"] = [{"kind": kind} | ({"justification": reason} if reason else {})]
    return result


def _location(draft: CheckedDraft, index: int, place: Place) -> Object:
    physical: Object = {"artifactLocation": {"uri": _uri(draft), "index": index}}
    names = [draft.assessment.member or "", place.logical, place.section]
    if place.line is not None:
        if draft.assessment.member is None:
            physical["region"] = _region(place)
            names = names[2:]
        else:  # a line of the member is no line of the archive
            names[1] = f"line {place.line}"
    known = [stripped(name) for name in names if name]
    logical = [{"fullyQualifiedName": " / ".join(known), "name": known[-1]}] if known else []
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _region(place: Place) -> Object:
    numbers = {"startLine": place.line, "startColumn": place.column,
               "endLine": place.end_line, "endColumn": place.end_column}  # fmt: skip
    return {name: number for name, number in numbers.items() if number is not None}


def _artifact(draft: CheckedDraft) -> Object:
    location = {"location": {"uri": _uri(draft)}}
    hashed = draft.assessment.sha256 and draft.assessment.member is None
    return location | ({"hashes": {"sha-256": draft.assessment.sha256}} if hashed else {})


def _uri(draft: CheckedDraft) -> str:
    """Relative to the current folder, which on a code host is the root of the repository."""
    return draft.uri if _ABSOLUTE.match(draft.path) else percent_encoded(draft.path)


def _notifications(check: Check, draft: CheckedDraft, index: int) -> Iterator[Object]:
    """What is no finding: no score, too low a total, notes on the check and flags of the document."""
    whole = _location(draft, index, Place())
    if draft.assessment.total is None:
        status = STATUS_WORDS[draft.assessment.status]
        code = draft.assessment.reason.code if draft.assessment.reason else draft.assessment.status
        yield _notification(code, "error", f"{status}: {total_words(draft.assessment)}", whole)
    elif short := shortfall(check, draft):
        yield _notification("fail_under", "error", short, whole)
    for flag, place in remarks(draft):
        level = "note" if flag.severity == "info" else flag.severity
        yield _notification(flag.code, level, stripped(flag.message), _location(draft, index, place))


def _notification(code: str, level: str, text: str, location: Object) -> Object:
    return {"descriptor": {"id": code}, "level": level, "message": {"text": text}, "locations": [location]}
