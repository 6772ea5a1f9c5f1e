"""What lint reports about a rubric that loads."""

from typing import NamedTuple

from grader.schema import Frozen, Severity

OVERALL = ""


class Finding(Frozen):
    """One weakness of a rubric that can be used all the same.

    Attributes:
        criterion: id of the criterion it is about, or "" where it is about the rubric as a whole.
        severity: `error` makes scores or reports wrong, `warning` makes them weaker or harder to read.
        code: short name of the rule, such as ``vague-wording``.
        message: where it is, what was found, what to do.
    """

    criterion: str
    severity: Severity
    code: str
    message: str


class Rule(NamedTuple):
    """A lint rule's name and how much it matters."""

    code: str
    severity: Severity

    def finding(self, criterion: str, message: str) -> Finding:
        return Finding(criterion=criterion, severity=self.severity, code=self.code, message=message)
