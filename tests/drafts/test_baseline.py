"""Old findings stay quiet while they are no worse, and fixed ones are noted."""

import json
from pathlib import Path

import pytest

from grader.drafts.baseline import Baseline, baseline_text, read_baseline, renewed, with_baseline
from grader.errors import UsageError
from grader.rubric import load_rubric
from grader.schema import Assessment, Check, CheckedDraft, Finding, Place, RunInfo, Silenced

RUN = RunInfo(
    program="0", rubric_id="r", rubric_version="1", rubric_hash="0", started="2026-01-01T00:00:00+00:00"
)
WANTED = {"FM3": 2, "FM4": 2, "TO2": 2}


def finding(rule: str, level: int = 1, words: str = "so and so", silenced: Silenced | None = None) -> Finding:
    return Finding(
        rule=rule, title=rule, dimension=rule[:2], level=level, wanted=2, message="so it is", next_step="write",
        quote=words, place=Place(line=3), fingerprint=f"{rule} {words}", silenced=silenced,
    )  # fmt: skip


def draft(path: str, *findings: Finding, status: str = "graded", member: str | None = None) -> CheckedDraft:
    assessment = Assessment.model_validate({"source": path, "status": status, "member": member})
    return CheckedDraft(path=path, assessment=assessment, findings=findings)


def check(*drafts: CheckedDraft, wanted: dict[str, int] = WANTED) -> Check:
    return Check(drafts=drafts, rubric=load_rubric(), run=RUN, wanted=wanted)


def loud(check: Check) -> list[str]:
    return [finding.rule for draft in check.drafts for finding in draft.open_findings]


def notes(check: Check) -> list[str]:
    return [note.message for draft in check.drafts for note in draft.notes]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def baseline(folder: Path) -> Baseline:
    """FM3 and FM4 of one draft, both at level 1."""
    return renewed(check(draft("docs/a.md", finding("FM4"), finding("FM3"))), Baseline(), folder)


@pytest.mark.parametrize(
    "now, quiet",
    [
        (finding("FM4"), True),
        (finding("FM4", words="other words"), True),  # at the same level
        (finding("FM4", level=0), True),  # the same words: not the author who changed
        (finding("FM4", level=0, words="other words"), False),
        (finding("TO2"), False),
    ],
)
def test_a_finding_is_old_while_it_is_no_worse(
    baseline: Baseline, folder: Path, now: Finding, quiet: bool
) -> None:
    held = with_baseline(check(draft("docs/a.md", now)), baseline, folder)
    assert loud(held) == ([] if quiet else [now.rule])


def test_another_file_has_findings_of_its_own(baseline: Baseline, folder: Path) -> None:
    assert loud(with_baseline(check(draft("docs/b.md", finding("FM4"))), baseline, folder)) == ["FM4"]
    packed = draft("docs/a.md", finding("FM4"), member="inner.md")
    assert loud(with_baseline(check(packed), baseline, folder)) == ["FM4"]


def test_paths_do_not_depend_on_who_calls_from_where(
    baseline: Baseline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "docs").mkdir()
    monkeypatch.chdir(folder / "docs")
    assert loud(with_baseline(check(draft("a.md", finding("FM4"))), baseline, Path(".."))) == []


def test_what_is_no_longer_found_is_noted(baseline: Baseline, folder: Path) -> None:
    held = with_baseline(check(draft("docs/a.md", finding("FM4"))), baseline, folder)
    assert notes(held) == ["FM3 is in the baseline and no longer found; --write-baseline takes it out"]
    not_looked_at = check(draft("docs/a.md", finding("FM4")), wanted={"FM4": 2})
    assert notes(with_baseline(not_looked_at, baseline, folder)) == []
    no_score = check(draft("docs/a.md", status="skipped"))
    assert notes(with_baseline(no_score, baseline, folder)) == []


def test_an_ignore_comment_keeps_its_word(baseline: Baseline, folder: Path) -> None:
    ignored = finding("FM4", silenced=Silenced(by="comment", reason="known"))
    held = with_baseline(check(draft("docs/a.md", ignored, finding("FM3"))), baseline, folder)
    assert [f.silenced.by for f in held.drafts[0].findings if f.silenced] == ["comment", "baseline"]
    again = renewed(held, baseline, folder)
    assert [entry.rule for entry in again.findings] == ["FM3"]


def test_writing_again_keeps_what_was_not_looked_at(baseline: Baseline, folder: Path) -> None:
    def rules(*drafts: CheckedDraft, wanted: dict[str, int] = WANTED) -> list[tuple[str, str]]:
        again = renewed(check(*drafts, wanted=wanted), baseline, folder)
        return [(entry.file, entry.rule) for entry in again.findings]

    both = [("docs/a.md", "FM3"), ("docs/a.md", "FM4")]
    assert rules(draft("docs/b.md", finding("TO2"))) == [*both, ("docs/b.md", "TO2")]
    assert rules(draft("docs/a.md", status="skipped")) == both
    assert rules(draft("docs/a.md"), wanted={"FM4": 2}) == both[:1]
    assert rules(draft("docs/a.md")) == []


def test_the_file_is_sorted_and_read_back_the_same(baseline: Baseline, folder: Path) -> None:
    text = baseline_text(baseline)
    assert text == (
        '{\n  "schema": 1,\n  "findings": [\n'
        '    {"file": "docs/a.md", "rule": "FM3", "level": 1, "fingerprint": "FM3 so and so"},\n'
        '    {"file": "docs/a.md", "rule": "FM4", "level": 1, "fingerprint": "FM4 so and so"}\n  ]\n}\n'
    )
    (folder / "old.json").write_text(text)
    assert read_baseline(folder / "old.json") == baseline
    assert json.loads(baseline_text(Baseline())) == {"schema": 1, "findings": []}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"schema": 2, "findings": []}', '{"schema": 1, "findings": [{"rule": "FM4"}]}', "[" * 99999],
)  # fmt: skip
def test_another_file_is_no_baseline(folder: Path, text: str) -> None:
    (folder / "old.json").write_text(text)
    with pytest.raises(UsageError, match="--baseline .*old.json: not a baseline") as caught:
        read_baseline(folder / "old.json")
    assert "\n" not in str(caught.value)


def test_a_baseline_that_is_not_there_or_a_folder(folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_baseline(folder / "old.json")
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(folder)
