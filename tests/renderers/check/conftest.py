"""A check of four drafts that between them show every outcome a criterion and a draft can have."""

import pytest

from grader.drafts import findings_of
from grader.schema import (
    Assessment,
    Check,
    CheckedDraft,
    Document,
    Evidence,
    Flag,
    Location,
    Rubric,
    RunInfo,
    Silenced,
)

WANTED = {"CH1": 2, "CH2": 2, "HA1": 2, "HA2": 2, "HA3": 2}
LINES = (
    *("---", "owner: x", "---", "# Fit finder", ""),
    "We chose **rules** over a model because sizes change weekly.",
    *("", "#### Risks <b>"),
)


@pytest.fixture
def in_markdown(graded: Assessment, document: Document, rubric: Rubric) -> CheckedDraft:
    """Two findings, one at a line and a column; a note on an ignore comment."""
    note = Flag(code="ignore_unused", severity="info", message="nothing to hide", location=Location(line=3))
    return CheckedDraft(
        path="drafts/fit.md",
        uri="file:///home/a/drafts/fit.md",
        assessment=graded,
        document=document,
        findings=findings_of(graded, document, rubric, WANTED, LINES),
        notes=(note,),
    )


@pytest.fixture
def in_slides(graded: Assessment, rubric: Rubric) -> CheckedDraft:
    """The same levels on a slide, where there are no lines; one finding silenced."""
    criteria = tuple(
        score.model_copy(update={"evidence": tuple(_on_slide(e) for e in score.evidence)})
        for score in graded.criteria
    )
    deck = graded.model_copy(update={"source": "a b,c:100%.pptx", "criteria": criteria, "flags": ()})
    findings = tuple(
        finding.model_copy(update={"silenced": Silenced(by="comment", reason="in the runbook")})
        if finding.rule == "HA1"
        else finding
        for finding in findings_of(deck, None, rubric, WANTED)
    )
    return CheckedDraft(path="a b,c:100%.pptx", assessment=deck, findings=findings)


def _on_slide(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"location": Location(slide=3, paragraph=2)})


@pytest.fixture
def check(
    in_markdown: CheckedDraft,
    in_slides: CheckedDraft,
    not_scorable: Assessment,
    skipped: Assessment,
    rubric: Rubric,
    run: RunInfo,
) -> Check:
    """Findings, a silenced one, criteria that pass, are not expected or not measured; no score; unreadable."""
    unscored = (
        CheckedDraft(path=not_scorable.source, assessment=not_scorable),
        CheckedDraft(path="/home/a/portfolio.zip", uri="file:///home/a/portfolio.zip", assessment=skipped),
    )
    drafts = (in_markdown, in_slides, *unscored)
    return Check(drafts=drafts, rubric=rubric, run=run, wanted=WANTED, fail_under=50)
