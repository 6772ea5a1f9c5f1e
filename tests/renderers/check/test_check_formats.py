"""Every format of a check, whole, and read back by what its readers use."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as xml

import jsonschema
import pytest

from grader.renderers.check_json import check_schema
from grader.renderers.formats import FORMATS, ONE_DRAFT
from grader.renderers.html_report import render_html
from grader.renderers.look import PLAIN
from grader.renderers.sarif import FINGERPRINT
from grader.schema import Assessment, Check, CheckedDraft

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "check"
SARIF_SCHEMA = HERE.parent / "vendor" / "sarif-schema-2.1.0.json"
DOCS = HERE.parents[2] / "docs"


def written(style: str, check: Check) -> str:
    return FORMATS[style](check, PLAIN)


@pytest.mark.parametrize("style", sorted(set(FORMATS) - ONE_DRAFT))
def test_the_whole_of_every_format(style: str, check: Check) -> None:
    assert written(style, check) == (GOLDEN / f"check.{style}").read_text(encoding="utf-8")


def test_html_is_the_page_of_the_draft(check: Check, in_markdown: CheckedDraft) -> None:
    one = check.model_copy(update={"drafts": (in_markdown,)})
    page = render_html(in_markdown.document, in_markdown.assessment, check.rubric, check.run)
    assert written("html", one) == page


@pytest.mark.parametrize("style", sorted(set(FORMATS) - ONE_DRAFT))
def test_nothing_that_steers_a_terminal_comes_through(style: str, check: Check) -> None:
    nasty = "\x1b[31mred\x1b]8;;http://x\x07 \x9b2J\u202e\u0000end\r\n::error::x"
    draft = check.drafts[0]
    finding = draft.findings[0].model_copy(update={"message": nasty, "next_step": nasty, "quote": nasty})
    hostile = draft.model_copy(
        update={
            "path": f"{nasty}.md",
            "findings": (finding,),
            "assessment": _renamed(draft.assessment, nasty),
        }
    )
    text = written(style, check.model_copy(update={"drafts": (hostile, check.drafts[3])}))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert not [line for line in text.splitlines() if line.startswith("::error::")]


def _renamed(assessment: Assessment, name: str) -> Assessment:
    flags = tuple(flag.model_copy(update={"message": name}) for flag in assessment.flags)
    return assessment.model_copy(update={"source": f"{name}.md", "flags": flags})


def test_json_is_as_documented(check: Check) -> None:
    schema = check_schema()
    documented = json.loads((DOCS / "check.schema.json").read_text(encoding="utf-8"))
    assert schema == documented, "write check_schema() to docs/check.schema.json"
    data = json.loads(written("json", check))
    jsonschema.Draft202012Validator(schema).validate(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "schema": 2}, schema)


def test_json_lines_are_the_drafts_of_json(check: Check) -> None:
    lines = [json.loads(line) for line in written("json-lines", check).splitlines()]
    drafts = json.loads(written("json", check))["drafts"]
    assert lines == [{"schema": 1, **draft} for draft in drafts]


def test_sarif_is_valid(check: Check) -> None:
    another = check.drafts[3].model_copy(update={"findings": check.drafts[0].findings})  # of one archive
    check = check.model_copy(update={"drafts": (*check.drafts, another)})
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    log = json.loads(written("sarif", check))
    validator.validate(log)
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not validator.is_valid(log)


def test_sarif_has_regions_where_there_are_lines_and_names_elsewhere(check: Check) -> None:
    (run,) = json.loads(written("sarif", check))["runs"]
    by_file: dict[str, list[dict[str, object]]] = {}
    for result in run["results"]:
        (location,) = result["locations"]
        by_file.setdefault(location["physicalLocation"]["artifactLocation"]["uri"], []).append(location)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert all("region" in location["physicalLocation"] for location in by_file["drafts/fit.md"])  # type: ignore[operator]
    assert not [d for d in by_file["a%20b%2Cc%3A100%25.pptx"] if "region" in d["physicalLocation"]]  # type: ignore[operator]
    names = [d["logicalLocations"] for d in by_file["a%20b%2Cc%3A100%25.pptx"] if "logicalLocations" in d]
    fully = "slide 3, paragraph 2 / Fit finder"
    assert names == [[{"fullyQualifiedName": fully, "name": "Fit finder"}]]
    suppressed = [result for result in run["results"] if "suppressions" in result]
    assert [result["suppressions"] for result in suppressed] == [
        [{"kind": "inSource", "justification": "in the runbook"}]
    ]
    fingerprints = [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints) == 4


def test_junit_counts_add_up(check: Check) -> None:
    root = xml.fromstring(written("junit", check))
    suites = root.findall("testsuite")
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        for suite in suites:
            assert int(suite.attrib[name]) == len(suite.findall(f"testcase/{tag}"))
        assert int(root.attrib[name]) == sum(int(suite.attrib[name]) for suite in suites) > 0
    assert [len(suite.findall("testcase")) for suite in suites] == [6, 6, 1, 1]
    assert [len(suite.findall("testcase/error")) for suite in suites] == [0, 0, 1, 1]


def test_workflow_commands_are_escaped_as_the_runner_reads_them(check: Check) -> None:
    commands = [parsed(line) for line in written("github", check).splitlines()]
    deck = [(name, fields, text) for name, fields, text in commands if fields["file"] == "a b,c:100%.pptx"]
    assert [name for name, _, _ in deck] == ["warning", "error"]  # a finding, and a total under what is asked
    assert deck[0][1]["title"] == "CH1 Other options: mentioned → specific"
    assert deck[0][2].startswith("a b,c:100%.pptx: slide 3, paragraph 2\n“We chose")
    fit = [fields for name, fields, _ in commands if fields["file"] == "drafts/fit.md" and name == "warning"]
    assert {"line": "6", "endLine": "6", "col": "1"}.items() <= fit[1].items()


def parsed(command: str) -> tuple[str, dict[str, str], str]:
    """As the runner takes a command apart: split, then decoded, ``%25`` last."""
    name, fields, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", command).groups()  # type: ignore[union-attr]
    properties = dict(field.split("=", 1) for field in fields.split(","))
    return name, {key: _decoded(value) for key, value in properties.items()}, _decoded(message)


def _decoded(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text
