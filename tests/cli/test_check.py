"""`grader check`, `explain` and `doctor`: what they print, how they end, and that they write nothing unasked."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
from click.testing import CliRunner, Result

from grader import __version__
from grader.analysis import embedding
from grader.cli import main

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT)
    return path


pytestmark = pytest.mark.usefixtures("counting_scorer")


def found(result: Result) -> list[str]:
    """Ids of the findings in the text of a check."""
    return re.findall(r"^\S+:\d+:\d+  (\w+)  .* → ", result.stdout, re.M)


def test_findings_are_exit_1_and_nothing_is_written(draft: Path) -> None:
    result = run("check", draft)
    assert result.exit_code == 1, result.output
    assert {"MT1", "EG2"} <= set(found(result)) and "of 100" in result.stdout
    assert [path.name for path in draft.parent.iterdir()] == ["draft.md"]


def test_without_findings_it_is_exit_0(draft: Path) -> None:
    result = run("check", draft, "--min-level", 0)
    assert result.exit_code == 0, result.output
    assert found(result) == [] and "no findings" in result.stdout


def test_places_are_those_an_editor_opens_from_here(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent)
    assert re.search(r"^draft\.md:1:3  \w+  ", run("check", draft).stdout, re.M)
    (draft.parent / "sub").mkdir()
    monkeypatch.chdir(draft.parent / "sub")
    assert re.search(rf"^{draft.resolve()}:1:3  \w+  ", run("check", "../draft.md").stdout, re.M)


def test_levels_and_choices(draft: Path) -> None:
    one = run("check", draft, "--select", "mt1,EG2", "--select", "data_provenance", "--ignore", "DP1")
    assert set(found(one)) == {"MT1", "EG2", "DP2", "DP3"} and one.exit_code == 1
    assert found(run("check", draft, "--min-level", "0", "--min-level", "MT1=1,DP1=4")) == ["MT1", "DP1"]
    dimension = run("check", draft, "--min-level", "0,trade_offs=4")
    assert found(dimension) and all(rule.startswith("TO") for rule in found(dimension))


def test_a_total_under_what_is_asked_is_exit_1(draft: Path) -> None:
    passes = run("check", draft, "--min-level", 0, "--fail-under", 0)
    fails = run("check", draft, "--min-level", 0, "--fail-under", 99)
    assert (passes.exit_code, fails.exit_code) == (0, 1)
    assert "under the 99 asked for" in fails.stdout and "asked for" not in passes.stdout


@pytest.mark.parametrize(
    "option, message",
    [
        (
            ("--select", "TO9"),
            "--select TO9: no criterion or dimension of decision-hygiene; did you mean 'TO",
        ),
        (("--ignore", "trade"), "Known: TO1, TO2"),
        (("--min-level", "XX=2"), "--min-level XX: no criterion"),
        (("--min-level", "FM3=5"), "--min-level FM3=5: expected a level from 0 to 4"),
        (("--min-level", "=2"), "--min-level =2: expected"),
        (("--output", "no/such/folder"), "no/such/folder: cannot be written"),
    ],
)
def test_what_cannot_be_used_is_exit_2_and_one_line(
    draft: Path, option: tuple[str, str], message: str
) -> None:
    result = run("check", draft, *option)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("grader: ") and result.stderr.count("\n") == 1
    assert message in result.stderr


def test_a_format_or_a_fail_under_that_is_none_is_usage(draft: Path) -> None:
    for option in (("--format", "pdf"), ("--also", "pdf=x"), ("--also", "json"), ("--fail-under", "101")):
        result = run("check", draft, *option)
        assert result.exit_code == 2 and "Invalid value" in result.stderr


def test_json_holds_every_draft(draft: Path) -> None:
    (draft.parent / "short.md").write_text("# Nothing yet\n")
    result = run("check", draft, draft.parent / "short.md", "--format", "json", "--kind", "teardown")
    graded, short = json.loads(result.stdout)["drafts"]
    assert graded["assessment"]["kind"] == {"name": "teardown", "confidence": 1.0}
    assert graded["findings"] and not graded["passes"]
    assert short["assessment"]["reason"]["code"] == "too_short" and short["findings"] == []


def test_one_check_is_written_in_several_formats(draft: Path) -> None:
    log, tests = draft.parent / "out.sarif", draft.parent / "out.xml"
    result = run("check", draft, "--format", "github", "--also", f"sarif={log}", "--also", f"junit={tests}")
    assert result.stdout.startswith("::warning ")
    results = json.loads(log.read_text())["runs"][0]["results"]
    failures = xml.fromstring(tests.read_text(encoding="utf-8")).findall(".//failure")
    assert len(results) == len(failures) == result.stdout.count("::warning ")


def test_output_goes_to_the_file_alone(draft: Path) -> None:
    file = draft.parent / "check.md"
    result = run("check", draft, "--format", "markdown", "--output", file)
    assert (result.stdout, result.exit_code) == ("", 1)
    assert file.read_text(encoding="utf-8").startswith("## ")


def test_html_is_a_page_and_refuses_a_second_draft(draft: Path) -> None:
    (draft.parent / "other.md").write_text(DRAFT)
    assert run("check", draft, "--format", "html").stdout.startswith("<!DOCTYPE html>")
    two = run("check", draft, draft.parent / "other.md", "--also", "html=x.html")
    assert two.exit_code == 2 and "html holds one draft, not 2" in two.stderr


def test_drafts_without_a_score_say_why_and_the_rest_goes_on(draft: Path) -> None:
    (draft.parent / "short.md").write_text("# Nothing yet\n")
    (draft.parent / "deck.pptx").write_bytes(b"PK\x03\x04 broken")
    result = run("check", draft.parent, "--min-level", 0)
    assert result.exit_code == 1
    assert re.search(r"short\.md  not scorable  under 10 words", result.stdout)
    assert re.search(r"deck\.pptx  skipped  \w+", result.stdout)
    assert "3 drafts, no findings, 2 without a score." in result.stdout


def test_check_of_a_missing_file_is_exit_2(tmp_path: Path) -> None:
    result = run("check", tmp_path / "no.md")
    assert result.exit_code == 2 and result.stderr.startswith("grader: ")


def test_a_criterion_is_explained_with_its_ladder_and_examples() -> None:
    page = run("explain", "to2").stdout
    assert page.startswith("TO2 Rationale and price of the choice (Trade-offs)")
    for rung in ("0, absent", "1, mentioned", "2, specific", "3, reasoned", "4, operational"):
        assert f"Level {rung}" in page
    assert page.count("Next step: ") == 5 and "Looks for" in page and page.count("“") > 5
    assert page == run("rubric", "explain", "TO2").stdout


def test_explain_lists_the_ids_and_refuses_others_with_them() -> None:
    listed = run("explain")
    assert listed.exit_code == 0 and re.findall(r"^(\w+\d)  ", listed.stdout, re.M)[0] == "TO1"
    unknown = run("explain", "TO9")
    assert unknown.exit_code == 2 and "did you mean 'TO" in unknown.stderr and "DP3" in unknown.stderr


def test_doctor_finds_everything_in_place() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert embedding.MINILM_SHA256 in result.stdout and "nothing is missing" in result.stdout


def test_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = embedding.ModelStatus(name="all-MiniLM-L6-v2", ok=False, problem="weights are not there")
    monkeypatch.setattr(embedding, "model_status", lambda: (gone,))
    result = run("doctor")
    assert result.exit_code == 1
    assert "missing: all-MiniLM-L6-v2: weights are not there" in result.stderr


def test_version() -> None:
    assert run("--version").stdout == f"grader, version {__version__}\n"
