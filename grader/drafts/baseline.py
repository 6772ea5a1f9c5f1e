"""A file of old findings that stay quiet, so that a check can be strict about what is new.

A finding is old while its file and criterion are in the baseline and it has not got worse: the words quoted
are the same, or the level is not below the one written down. So neither moved lines nor other words at the
same level bring it back.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from grader.errors import UsageError
from grader.schema import Check, CheckedDraft, Finding, Flag, Frozen, Silenced

MAX_BYTES = 50_000_000
_REASON = "in the baseline"


class OldFinding(Frozen):
    """One finding that stays quiet.

    Attributes:
        file: path relative to the baseline's folder, ``/``-separated; a member of an archive follows ``!``.
        rule: id of the criterion.
        level: it had when this was written, 0–4.
        fingerprint: as in `Finding`.
    """

    file: str
    rule: str
    level: int = Field(ge=0, le=4)
    fingerprint: str


class Baseline(Frozen):
    """The content of a baseline file. `findings` are in the order of file and criterion, one of each."""

    schema_version: Literal[1] = Field(1, alias="schema")
    findings: tuple[OldFinding, ...] = ()


def read_baseline(path: Path) -> Baseline:
    """The baseline in the file at `path`. Raises UsageError when there is none, or it is something else."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"--baseline {path}: larger than {MAX_BYTES:,} bytes; is it a baseline?")
        return Baseline.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise UsageError(f"--baseline {path}: no such file; --write-baseline makes it") from None
    except OSError as error:
        raise UsageError(f"--baseline {path}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        key = ".".join(map(str, problem["loc"])) or "the file"
        text = f"--baseline {path}: not a baseline ({key}: {problem['msg']}); write it with --write-baseline"
        raise UsageError(" ".join(text.split())) from None


def baseline_text(baseline: Baseline) -> str:
    """The file's content: JSON, one finding per line, the same text for the same findings."""
    lines = [json.dumps(finding.model_dump(), ensure_ascii=False) for finding in baseline.findings]
    body = ",\n".join(f"    {line}" for line in lines)
    listed = f"[\n{body}\n  ]" if lines else "[]"
    return f'{{\n  "schema": {baseline.schema_version},\n  "findings": {listed}\n}}\n'


def with_baseline(check: Check, baseline: Baseline, folder: Path) -> Check:
    """The check with old findings silenced, and a note on each that is no longer found.

    Args:
        folder: that of the baseline file.
    """
    old = {(entry.file, entry.rule): entry for entry in baseline.findings}
    drafts = tuple(_held_against(draft, old, folder, check.wanted) for draft in check.drafts)
    return check.model_copy(update={"drafts": drafts})


def renewed(check: Check, earlier: Baseline, folder: Path) -> Baseline:
    """The baseline that makes all findings of `check` old ones.

    What `earlier` says stays for files that were not checked or got no score, and for criteria that were not
    looked at. Findings that a comment ignores need no entry.
    """
    scored = [draft for draft in check.drafts if draft.assessment.status == "graded"]
    checked = {_file(draft, folder) for draft in scored}
    kept = [e for e in earlier.findings if e.file not in checked or e.rule not in check.wanted]
    found = [_entry(draft, finding, folder) for draft in scored for finding in _loud(draft)]
    return Baseline(findings=tuple(_in_order([*kept, *found])))


def _held_against(
    draft: CheckedDraft, old: dict[tuple[str, str], OldFinding], folder: Path, wanted: dict[str, int]
) -> CheckedDraft:
    file = _file(draft, folder)
    findings = tuple(_silenced(finding, old.get((file, finding.rule))) for finding in draft.findings)
    found = {finding.rule for finding in findings}
    scored = draft.assessment.status == "graded"
    fixed = [rule for at, rule in old if at == file and rule not in found and rule in wanted and scored]
    notes = tuple(_fixed(rule) for rule in sorted(fixed))
    return draft.model_copy(update={"findings": findings, "notes": draft.notes + notes})


def _silenced(finding: Finding, old: OldFinding | None) -> Finding:
    if old is None or finding.silenced:
        return finding
    if finding.fingerprint != old.fingerprint and finding.level < old.level:
        return finding
    return finding.model_copy(update={"silenced": Silenced(by="baseline", reason=_REASON)})


def _fixed(rule: str) -> Flag:
    text = f"{rule} is in the baseline and no longer found; --write-baseline takes it out"
    return Flag(code="baseline_fixed", severity="info", message=text)


def _loud(draft: CheckedDraft) -> Iterator[Finding]:
    """Findings that only a baseline silences, or nothing."""
    return (f for f in draft.findings if f.silenced is None or f.silenced.by == "baseline")


def _entry(draft: CheckedDraft, finding: Finding, folder: Path) -> OldFinding:
    file = _file(draft, folder)
    return OldFinding(file=file, rule=finding.rule, level=finding.level, fingerprint=finding.fingerprint)


def _file(draft: CheckedDraft, folder: Path) -> str:
    path = os.path.relpath(Path(draft.path).absolute(), folder.absolute())
    member = draft.assessment.member
    return Path(path).as_posix() + (f"!{member}" if member else "")


def _in_order(entries: Iterable[OldFinding]) -> list[OldFinding]:
    return sorted(entries, key=lambda entry: (entry.file, entry.rule))
