"""A check as JUnit XML, which CI systems show as tests: one suite per draft, one test per criterion."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as xml

from grader.renderers.check_words import (
    Checked,
    advice,
    file_of,
    levels,
    outcomes,
    position,
    quoted,
    shortfall,
    silenced_because,
    total_words,
    unscored_words,
)
from grader.renderers.phrases import STATUS_WORDS
from grader.renderers.visible import stripped
from grader.schema import Check, CheckedDraft

_NOT_XML = re.compile("[\ufffe\uffff]")


def render_junit(check: Check) -> str:
    """A finding is a failure; what was not expected, measured, looked at or is silenced was skipped.

    A draft without a score is an error of its own; a total under `Check.fail_under` a failure.
    """
    suites = [_suite(check, draft) for draft in check.drafts]
    root = xml.Element("testsuites", {"name": "grader check", **_counts(suites)})
    root.extend(suites)
    xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _suite(check: Check, draft: CheckedDraft) -> xml.Element:
    cases = list(_cases(check, draft))
    counts = {"tests": len(cases)}
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[name] = sum(case.find(tag) is not None for case in cases)
    suite = xml.Element(
        "testsuite", {"name": _text(file_of(draft)), **{n: str(c) for n, c in counts.items()}}
    )
    suite.extend(cases)
    return suite


def _counts(suites: list[xml.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors", "skipped")
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in names}


def _cases(check: Check, draft: CheckedDraft) -> Iterator[xml.Element]:
    total = _case(draft, "total")
    if draft.assessment.total is None:
        message = f"{STATUS_WORDS[draft.assessment.status]}: {total_words(draft.assessment)}"
        _inside(total, "error", message, "not scored", "")
    elif short := shortfall(check, draft):
        _inside(total, "failure", short, "total", total_words(draft.assessment))
    yield total
    for checked in outcomes(check, draft):
        yield _criterion(check, draft, checked)


def _criterion(check: Check, draft: CheckedDraft, checked: Checked) -> xml.Element:
    case = _case(draft, f"{checked.score.id} {stripped(checked.title)}")
    finding = checked.finding
    if checked.outcome == "finding" and finding:
        lines = (
            position(draft, finding.place),
            stripped(finding.message),
            quoted(finding.quote),
            advice(finding),
        )
        message = f"{levels(finding, check.rubric)}: {stripped(finding.title)}"
        _inside(case, "failure", message, finding.rule, "\n".join(filter(None, lines)))
    elif checked.outcome == "silenced" and finding:
        _inside(case, "skipped", silenced_because(finding))
    elif checked.outcome == "not_checked":
        _inside(case, "skipped", "not looked at")
    elif checked.outcome != "passed":
        _inside(case, "skipped", unscored_words(checked))
    return case


def _case(draft: CheckedDraft, name: str) -> xml.Element:
    return xml.Element(
        "testcase",
        {"classname": _text(file_of(draft)), "name": _text(name), "file": _text(stripped(draft.path))},
    )


def _inside(case: xml.Element, tag: str, message: str, type: str = "", text: str = "") -> None:
    attributes = {"message": _text(message)} | ({"type": type} if type else {})
    xml.SubElement(case, tag, attributes).text = _text(text) or None


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
