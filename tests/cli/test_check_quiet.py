"""Ignore comments, a baseline and --watch, as someone at a terminal meets them."""

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import grader.rubric
from grader.cli import main
from grader.drafts import watch
from grader.rubric import load_rubric
from grader.schema import Rubric

DRAFT = (
    "# Shift swap\n\nWe chose the phone over a kiosk, because nurses wait 4 hours for an answer to a swap.\n"
)

pytestmark = pytest.mark.usefixtures("counting_scorer", "rubric_once")


@pytest.fixture(scope="module")
def loaded() -> Callable[..., Rubric]:
    return functools.cache(load_rubric)


@pytest.fixture
def rubric_once(monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., Rubric]) -> None:
    """The rubric is the same for all commands here: it is read once."""
    monkeypatch.setattr(grader.rubric, "load_rubric", loaded)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def rules(result: Result) -> set[str]:
    """Criteria with a finding that is shown."""
    lines = [line.split() for line in result.stdout.splitlines() if line.startswith("plan.md:")]
    return {words[1] for words in lines if words[1] not in ("info", "warning")}


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.md"
    path.write_text(DRAFT)
    return path


def test_an_ignore_hides_a_finding_from_the_exit_code_and_never_changes_a_score(draft: Path) -> None:
    comment = "ignore FM3, FM4 - in the runbook"
    draft.write_text(
        f"{DRAFT}\n<!-- note: {comment} -->\n"
    )  # this test's scorer counts words of comments, too
    before = run("check", "plan.md", "--select", "FM4,FM3")
    plain = run("check", "plan.md", "--format", "json-lines")
    assert rules(before) == {"FM3", "FM4"} and before.exit_code == 1
    draft.write_text(f"{DRAFT}\n<!-- grader: {comment} -->\n")
    after = run("check", "plan.md", "--select", "FM4,FM3")
    assert rules(after) == set() and after.exit_code == 0
    ignoring = run("check", "plan.md", "--format", "json-lines")
    for name in ("total", "dimensions"):
        assert values(plain, name) == values(ignoring, name)


def values(result: Result, name: str) -> list[object]:
    """Every value of this name, anywhere in the lines of JSON."""

    def walk(data: object) -> Iterator[object]:
        if isinstance(data, dict):
            yield from (value for key, value in data.items() if key == name)
        for child in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            yield from walk(child)

    return [value for line in result.stdout.splitlines() for value in walk(json.loads(line))]


def test_notes_on_ignore_comments_are_shown(draft: Path) -> None:
    draft.write_text(f"{DRAFT}\n<!-- grader: ignore FM4 -->\n")
    result = run("check", "plan.md", "--select", "FM4")
    assert "plan.md:5" in result.stdout and "without a reason hides nothing" in result.stdout
    assert result.exit_code == 1


def test_grade_flags_an_ignore_comment_and_scores_as_without(draft: Path, tmp_path: Path) -> None:
    def graded(out: str) -> dict[str, object]:
        result = run("grade", "plan.md", "--out", out, "--jobs", 1, "--format", "json")
        return dict(json.loads(result.stdout))

    draft.write_text(f"{DRAFT}\n<!-- note: ignore FM4 - in the runbook -->\n")
    plain = graded("one")
    draft.write_text(f"{DRAFT}\n<!-- grader: ignore FM4 - in the runbook -->\n")
    ignoring = graded("two")
    assert {"total", "criteria", "dimensions"} <= plain.keys()
    assert {name: value for name, value in plain.items() if name not in ("sha256", "flags")} == {
        name: value for name, value in ignoring.items() if name not in ("sha256", "flags")
    }


def test_a_baseline_keeps_old_findings_quiet(draft: Path) -> None:
    written = run("check", "plan.md", "--baseline", "old.json", "--write-baseline")
    assert written.exit_code == 0, written.output
    count = len(json.loads(Path("old.json").read_text())["findings"])
    assert written.stdout == f"old.json: {count} old findings, {count} of them new; 0 taken out\n"
    quiet = run("check", "plan.md", "--baseline", "old.json")
    assert (rules(quiet), quiet.exit_code) == (set(), 0)
    assert run("check", "plan.md").exit_code == 1


def test_the_baseline_of_the_configuration_applies(draft: Path) -> None:
    Path("grader.toml").write_text('[check]\nbaseline = "old.json"\n')
    assert run("check", "plan.md", "--write-baseline").exit_code == 0
    assert run("check", "plan.md").exit_code == 0
    assert run("check", "plan.md", "--no-config").exit_code == 1


def test_a_fixed_finding_is_noted_and_taken_out(draft: Path) -> None:
    run("check", "plan.md", "--baseline", "old.json", "--write-baseline")
    fixed = json.loads(Path("old.json").read_text())["findings"]
    fixed.append({"file": "plan.md", "rule": "ZZ9", "level": 1, "fingerprint": "0"})
    draft.write_text(
        DRAFT + "\nFailure, failures, incident, outage, crash, error, timeout, fallback, retry.\n"
    )
    result = run("check", "plan.md", "--baseline", "old.json", "--min-level", 0)
    assert result.exit_code == 0
    assert result.stdout.count("is in the baseline and no longer found") == len(fixed) - 1
    again = run("check", "plan.md", "--baseline", "old.json", "--write-baseline", "--min-level", 0)
    assert again.stdout == f"old.json: 0 old findings, 0 of them new; {len(fixed) - 1} taken out\n"


def test_writing_a_baseline_says_what_had_no_score(draft: Path) -> None:
    draft.write_text("# Nothing yet\n")
    result = run("check", "plan.md", "--baseline", "old.json", "--write-baseline")
    assert result.exit_code == 1
    assert "plan.md: no score" in result.stderr


@pytest.mark.parametrize(
    "options, said",
    [
        (["--write-baseline"], "--write-baseline: name the file"),
        (["--baseline", "gone.json"], "--baseline gone.json: no such file"),
        (["--baseline", "new.json", "--write-baseline", "--watch"], "do not go together"),
        (["--baseline", "plan.md"], "--baseline plan.md: not a baseline"),
        (["--baseline", "no/folder.json", "--write-baseline"], "cannot be written"),
    ],
)
def test_baseline_options_that_cannot_be_used(draft: Path, options: list[str], said: str) -> None:
    result = run("check", "plan.md", *options)
    assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1


@pytest.fixture
def at_the_pauses(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Deeds that are done one by one while the watch pauses; then Ctrl-C."""

    def arrange(*deeds: Callable[[], object]) -> None:
        waiting = iter(deeds)

        def pause(seconds: float) -> None:
            deed = next(waiting, None)
            if deed is None:
                raise KeyboardInterrupt
            deed()

        monkeypatch.setattr(watch, "changes", functools.partial(watch.changes, pause=pause))

    return arrange


def test_watch_checks_again_after_each_save_and_ends_with_ctrl_c(
    draft: Path, at_the_pauses: Callable[..., None]
) -> None:
    ignored = f"{DRAFT}\n<!-- grader: ignore FM4 - in the runbook -->\n"
    at_the_pauses(
        lambda: draft.write_text(ignored), int, int, draft.unlink, int, lambda: draft.write_text(DRAFT), int
    )
    result = run("check", "plan.md", "--select", "FM4", "--watch")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("waiting for a save") == 4
    assert result.stderr.count("plan.md is not there") == 1
    assert result.stdout.count("  FM4  absent") == 2  # at first, and when the file is back


def test_watch_outlives_a_broken_file(draft: Path, at_the_pauses: Callable[..., None]) -> None:
    at_the_pauses(
        lambda: draft.write_bytes(b"PK\x03\x04 half a fi"), int, lambda: draft.write_text(DRAFT), int
    )
    result = run("check", "plan.md", "--select", "FM4", "--watch")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("waiting for a save") == 3
    assert "skipped" in result.stdout
