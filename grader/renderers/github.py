"""A check as GitHub workflow commands: annotations beside the lines of a pull request."""

from collections.abc import Iterator

from grader.renderers.check_words import (
    advice,
    file_of,
    levels,
    outcomes,
    position,
    quoted,
    remarks,
    shortfall,
    total_words,
)
from grader.renderers.phrases import STATUS_WORDS
from grader.renderers.visible import stripped
from grader.schema import Check, CheckedDraft, Finding, Place, Rubric

_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


def render_github(check: Check) -> str:
    """A warning per finding, flags worth a look, an error per draft without a score, a notice with each total."""
    return "".join(f"{line}\n" for draft in check.drafts for line in _lines(check, draft))


def _lines(check: Check, draft: CheckedDraft) -> Iterator[str]:
    for finding in draft.open_findings:
        yield _finding(draft, finding, check.rubric)
    for flag, place in remarks(draft):
        if flag.severity != "info":
            text = f"{position(draft, place)}: {stripped(flag.message)}"
            yield _command(flag.severity, _where(draft, place, flag.code), text)
    where = _where(draft, Place(), "grader")
    if draft.assessment.total is None:
        text = f"{file_of(draft)}: {STATUS_WORDS[draft.assessment.status]}: {total_words(draft.assessment)}"
        yield _command("error", where, text)
        return
    passed = sum(checked.outcome == "passed" for checked in outcomes(check, draft))
    findings = len(draft.open_findings)
    text = f"{file_of(draft)}: {total_words(draft.assessment)}; {findings} to work on, {passed} pass"
    short = shortfall(check, draft)
    yield _command("error" if short else "notice", where, f"{text}; {short}" if short else text)


def _finding(draft: CheckedDraft, finding: Finding, rubric: Rubric) -> str:
    place = finding.place
    in_file = place.line is not None and draft.assessment.member is None
    title = f"{finding.rule} {stripped(finding.title)}: {levels(finding, rubric)}"
    lines = ("" if in_file else position(draft, place), quoted(finding.quote), stripped(finding.message))
    return _command(
        "warning",
        _where(draft, place, title),
        "\n".join(filter(None, (*lines, f"Next step: {advice(finding)}"))),
    )


def _where(draft: CheckedDraft, place: Place, title: str) -> dict[str, str]:
    """The properties of an annotation: lines where the file has them."""
    numbers: dict[str, int | None] = {}
    if draft.assessment.member is None:  # a line of a member is no line of the archive
        numbers = {"line": place.line, "endLine": place.end_line, "col": place.column}
        if place.line == place.end_line:  # columns of different lines make no range
            numbers["endColumn"] = place.end_column
    known = {name: str(number) for name, number in numbers.items() if number is not None}
    return {"file": stripped(draft.path), **known, "title": title}


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(message, _MESSAGE)}"


def _escaped(text: str, by: dict[str, str]) -> str:
    return "".join(by.get(character, character) for character in text)
