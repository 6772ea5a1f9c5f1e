"""What every format of a check says in the same words: places, levels, how each criterion came out."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from grader.renderers.phrases import STATE_WORDS, interval, level_name, no_total_because, points
from grader.renderers.visible import stripped
from grader.schema import Assessment, Check, CheckedDraft, CriterionScore, Finding, Flag, Place, Rubric

Outcome = Literal["finding", "silenced", "passed", "not_expected", "not_measured", "not_checked"]
SILENCED_BY = {"comment": "by an ignore comment", "baseline": "by the baseline"}
_QUOTED_WORDS = 14


class Checked(NamedTuple):
    """How one criterion came out; `finding` is set for findings, silenced or not."""

    score: CriterionScore
    title: str
    outcome: Outcome
    finding: Finding | None = None


def outcomes(check: Check, draft: CheckedDraft) -> Iterator[Checked]:
    """Every criterion of a draft with a score, in the rubric's order; nothing without one."""
    titles = {criterion.id: criterion.title for criterion in check.rubric.criteria}
    found = {finding.rule: finding for finding in draft.findings}
    for score in draft.assessment.criteria if draft.assessment.status == "graded" else ():
        finding = found.get(score.id)
        outcome = _outcome(score, finding, check.wanted)
        yield Checked(score, titles.get(score.id, score.id), outcome, finding)


def _outcome(score: CriterionScore, finding: Finding | None, wanted: Mapping[str, int]) -> Outcome:
    if finding is not None:
        return "silenced" if finding.silenced else "finding"
    if score.id not in wanted:
        return "not_checked"
    return "passed" if score.state == "scored" else score.state


def file_of(draft: CheckedDraft) -> str:
    """The file, and the member of an archive: ``work.zip › prd.md``."""
    member = draft.assessment.member
    return stripped(f"{draft.path} › {member}" if member else draft.path)


def position(draft: CheckedDraft, place: Place) -> str:
    """``draft.md:12:5`` where lines exist, as editors read it; else ``deck.pptx: slide 3``."""
    if place.line is None:
        return f"{file_of(draft)}: {place.logical}" if place.logical else file_of(draft)
    return f"{file_of(draft)}:{place.line}:{place.column or 1}"


def remarks(draft: CheckedDraft) -> Iterator[tuple[Flag, Place]]:
    """Notes on the check and flags of the document, with their places."""
    for flag in (*draft.notes, *draft.assessment.flags):
        location = flag.location
        if location is None:
            yield flag, Place()
        elif location.line is not None and location.cell is None:
            yield flag, Place(line=location.line, end_line=location.line)
        else:
            yield flag, Place(logical=str(location))


def levels(finding: Finding, rubric: Rubric) -> str:
    """``mentioned → specific``: the level it has and the next; the one wanted where that is higher still."""
    way = f"{level_name(rubric, finding.level)} → {level_name(rubric, finding.next_level)}"
    further = finding.wanted > finding.next_level
    return f"{way}, wanted {level_name(rubric, finding.wanted)}" if further else way


def quoted(text: str) -> str:
    """The beginning of a quote on one line, in quotation marks; "" without one."""
    words = stripped(text).split()
    end = " …" if len(words) > _QUOTED_WORDS else ""
    return f"“{' '.join(words[:_QUOTED_WORDS])}{end}”" if words else ""


def belongs(finding: Finding) -> str:
    """Where a passage on it belongs, in words; "" where the finding stands at its own quote."""
    return f"Put it {stripped(finding.where)}." if finding.where else ""


def advice(finding: Finding) -> str:
    """What to write next, and where, on one line."""
    return " ".join(filter(None, (stripped(finding.next_step), belongs(finding))))


def total_words(assessment: Assessment) -> str:
    """``39 of 100 (80 % range 29–50)``; without a total, why there is none."""
    if assessment.total is None:
        return stripped(no_total_because(assessment))
    within = f" (80 % range {interval(assessment)})" if assessment.total_range else ""
    return f"{points(assessment.total)} of 100{within}"


def shortfall(check: Check, draft: CheckedDraft) -> str:
    """That the total is lower than `Check.fail_under` asks, "" when it is not."""
    total = draft.assessment.total
    if check.fail_under is None or total is None or not check.falls_short(draft):
        return ""
    return f"the total {total:g} is under the {check.fail_under:g} asked for"


def silenced_because(finding: Finding) -> str:
    """``ignored by an ignore comment: covered in the runbook``; "" for a finding that is reported."""
    if finding.silenced is None:
        return ""
    reason = stripped(finding.silenced.reason)
    return f"silenced {SILENCED_BY[finding.silenced.by]}" + (f": {reason}" if reason else "")


def unscored_words(checked: Checked) -> str:
    """Why a criterion has no level: its state and the reason given."""
    return ": ".join(filter(None, (STATE_WORDS[checked.score.state], stripped(checked.score.reason))))
