"""Ignore comments of a draft, acted upon: a finding is silenced, never a score changed."""

from collections.abc import Iterator, Mapping

from grader.integrity.ignores import IgnoreComment, ignore_comments
from grader.rubric.validate import known_names
from grader.schema import CheckedDraft, Finding, Flag, Rubric, Silenced

_FORM = "grader: ignore ID - reason"


def with_ignores(draft: CheckedDraft, rubric: Rubric, wanted: Mapping[str, int]) -> CheckedDraft:
    """The draft with the findings that its comments ignore silenced, and notes on comments without effect.

    Args:
        wanted: level by criterion id; a comment on a criterion that was not looked at is no reason for a note.
    """
    comments = ignore_comments(draft.document) if draft.document else ()
    if not comments:
        return draft
    reasons = _reasons(comments)
    findings = tuple(_silenced(finding, reasons.get(finding.rule.lower())) for finding in draft.findings)
    notes = tuple(_notes(comments, draft, rubric, wanted))
    # What the flag says of a comment that nobody acts on, the notes say better here.
    flags = tuple(flag for flag in draft.assessment.flags if flag.code != "ignore_comment")
    assessment = draft.assessment.model_copy(update={"flags": flags})
    return draft.model_copy(
        update={"findings": findings, "notes": draft.notes + notes, "assessment": assessment}
    )


def _reasons(comments: tuple[IgnoreComment, ...]) -> dict[str, str]:
    """Reason by id, of comments that give one; the first has the word."""
    reasons: dict[str, str] = {}
    for comment in comments:
        for name in comment.ids if comment.reason else ():
            reasons.setdefault(name.lower(), comment.reason)
    return reasons


def _silenced(finding: Finding, reason: str | None) -> Finding:
    if reason is None:
        return finding
    return finding.model_copy(update={"silenced": Silenced(by="comment", reason=reason)})


def _notes(
    comments: tuple[IgnoreComment, ...], draft: CheckedDraft, rubric: Rubric, wanted: Mapping[str, int]
) -> Iterator[Flag]:
    known = {criterion.id.lower(): criterion.id for criterion in rubric.criteria}
    left = {finding.rule.lower() for finding in draft.findings}
    for comment in comments:
        if not comment.ids:
            text = f"this comment speaks to grader and is not understood; write {_FORM}"
            yield Flag(
                code="ignore_not_understood", severity="warning", message=text, location=comment.location
            )
        elif not comment.reason:
            text = f"an ignore comment without a reason hides nothing; write {_FORM}"
            yield Flag(
                code="ignore_without_reason", severity="warning", message=text, location=comment.location
            )
        for name in comment.ids if comment.reason else ():
            if name.lower() not in known:
                text = f"ignore comment: no criterion '{name}'; {known_names(name, known.values())}"
                yield Flag(code="ignore_unknown", severity="warning", message=text, location=comment.location)
            elif name.lower() in left:
                left.remove(name.lower())
            elif known[name.lower()] in wanted and draft.assessment.status == "graded":
                text = f"ignore comment: nothing to hide on {known[name.lower()]}; take it out"
                yield Flag(code="ignore_unused", severity="info", message=text, location=comment.location)
