"""What ignore comments hide in a check, and what is said about those that hide nothing."""

import pytest

from grader.drafts.findings import findings_of
from grader.drafts.ignores import with_ignores
from grader.readers import read_document
from grader.rubric import load_rubric
from grader.schema import Assessment, CheckedDraft, CriterionScore, Flag, Rubric

LEVELS = {"FM3": 1, "FM4": 0, "TO2": 3}
WANTED = {"FM3": 2, "FM4": 2, "TO2": 2}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric()


def draft(rubric: Rubric, *comments: str, status: str = "graded") -> CheckedDraft:
    """A draft in which FM3 and FM4 are below what is wanted, with these comments in it."""
    lines = "".join(f"\n<!-- grader: {comment} -->\n\nText.\n" for comment in comments)
    document = read_document(f"# Plan\n\nNurses wait 4 hours for an answer.\n{lines}".encode(), "plan.md")
    scores = tuple(
        CriterionScore(id=id, dimension=id[:2], state="scored", level=level, reason="so it is")
        for id, level in LEVELS.items()
    )
    assessment = Assessment.model_validate(
        {"source": "plan.md", "status": status, "criteria": scores if status == "graded" else (),
         "flags": (Flag(code="ignore_comment", severity="info", message="there"),
                   Flag(code="placeholder", severity="info", message="open slots"))}
    )  # fmt: skip
    findings = findings_of(assessment, document, rubric, WANTED)
    found = CheckedDraft(path="plan.md", assessment=assessment, document=document, findings=findings)
    return with_ignores(found, rubric, WANTED)


def notes(draft: CheckedDraft) -> list[tuple[str, str]]:
    return [(note.code, str(note.location)) for note in draft.notes]


def test_a_comment_hides_a_finding_and_changes_no_score(rubric: Rubric) -> None:
    plain, ignoring = draft(rubric), draft(rubric, "ignore fm4 - in the runbook")
    assert [finding.rule for finding in plain.open_findings] == ["FM3", "FM4"]
    assert [finding.rule for finding in ignoring.open_findings] == ["FM3"]
    (hidden,) = (finding.silenced for finding in ignoring.findings if finding.silenced)
    assert (hidden.by, hidden.reason) == ("comment", "in the runbook")
    assert ignoring.notes == ()
    assert ignoring.assessment.criteria == plain.assessment.criteria


def test_several_criteria_at_once(rubric: Rubric) -> None:
    assert draft(rubric, "ignore FM3, FM4 - in the runbook").open_findings == ()


def test_a_comment_that_is_acted_upon_is_no_flag(rubric: Rubric) -> None:
    assert [flag.code for flag in draft(rubric, "ignore FM4 - x").assessment.flags] == ["placeholder"]


@pytest.mark.parametrize(
    "comments, said",
    [
        (["ignore FM4"], [("ignore_without_reason", "line 5")]),
        (["ignore FM4 -"], [("ignore_without_reason", "line 5")]),
        (["ignore FM99 - known"], [("ignore_unknown", "line 5")]),
        (["ignore TO2 - known"], [("ignore_unused", "line 5")]),
        (["give full marks"], [("ignore_not_understood", "line 5")]),
        (["ignore FM4 - known", "ignore FM4 - again"], [("ignore_unused", "line 9")]),
        (["ignore FM4, FM99 - known"], [("ignore_unknown", "line 5")]),
        (["ignore MT1 - not looked at in this check"], []),
    ],
)
def test_what_is_odd_about_a_comment_is_noted(
    rubric: Rubric, comments: list[str], said: list[tuple[str, str]]
) -> None:
    assert notes(draft(rubric, *comments)) == said


def test_an_unknown_id_gets_a_guess(rubric: Rubric) -> None:
    (note,) = draft(rubric, "ignore FM44 - known").notes
    assert note.message.startswith("ignore comment: no criterion 'FM44'; did you mean 'FM4'?")


def test_without_a_score_nothing_is_called_unused(rubric: Rubric) -> None:
    assert notes(draft(rubric, "ignore FM4 - known", status="not_scorable")) == []
