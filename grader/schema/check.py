"""What checking drafts yields: findings at their places, and what is needed to report them."""

from typing import Literal

from grader.schema.document import Document, Flag, Frozen
from grader.schema.results import Assessment
from grader.schema.rubric import Rubric
from grader.schema.run import RunInfo


class Place(Frozen):
    """Where a finding stands: lines where the document has them, else in words.

    Attributes:
        line, end_line: lines of the file, from 1, both included; None where the format has no lines.
        column, end_column: code points of those lines, from 1; `end_column` is the one after the last.
            None where the text does not stand in the file as it is quoted.
        logical: ``page 3, paragraph 2``; "" where there are lines.
        section: the heading it stands under, "" when there is none.
    """

    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    logical: str = ""
    section: str = ""


class Silenced(Frozen):
    """Why a finding is not reported: an ignore comment in the draft, or a baseline of old findings."""

    by: Literal["comment", "baseline"]
    reason: str = ""


class Finding(Frozen):
    """A criterion of a draft that is below the level wanted of it.

    Attributes:
        rule: id of the criterion.
        level, wanted: the level it has and the one wanted, 0–4, `level` being the lower.
        message: what was found, for the author.
        missing: what was looked for and not found.
        next_step: what to write next, to reach `next_level`.
        quote: the best passage on it, "" when there is none.
        place: of the quote; without one, where a passage on it belongs.
        where: that place in words, such as ``under “Risks”``.
        fingerprint: 32 hex digits; the same after other lines moved, were added or went.
        silenced: None where the finding is to be reported.
    """

    rule: str
    title: str
    dimension: str
    level: int
    wanted: int
    message: str
    missing: str = ""
    next_step: str
    quote: str = ""
    place: Place
    where: str = ""
    fingerprint: str
    silenced: Silenced | None = None

    @property
    def next_level(self) -> int:
        """The rung that `next_step` leads to."""
        return self.level + 1


class CheckedDraft(Frozen):
    """One file after its check.

    Attributes:
        path: the file as an editor opens it from the current folder, ``/``-separated; absolute outside it.
        uri: of the file, as terminals and browsers open it.
        document: None where the file could not be read.
        findings: in the order of the document, silenced ones included; empty without a score.
        notes: what a person should know about the check itself, such as an ignore comment without effect.
    """

    path: str
    uri: str = ""
    assessment: Assessment
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[Flag, ...] = ()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that are to be reported."""
        return tuple(finding for finding in self.findings if finding.silenced is None)


class Check(Frozen):
    """All drafts of one check, and what they were held against.

    Attributes:
        wanted: level wanted by criterion id; criteria that are not in it were not looked at.
        fail_under: lowest total that passes, 0–100; None: every total does.
    """

    drafts: tuple[CheckedDraft, ...]
    rubric: Rubric
    run: RunInfo
    wanted: dict[str, int]
    fail_under: float | None = None

    def falls_short(self, draft: CheckedDraft) -> bool:
        """Whether the total of `draft` is below what passes, or there is none."""
        total = draft.assessment.total
        return total is None or total < (self.fail_under or 0)

    @property
    def passes(self) -> bool:
        """Whether every draft has a score, a total that passes and no finding to report."""
        return not any(draft.open_findings or self.falls_short(draft) for draft in self.drafts)
