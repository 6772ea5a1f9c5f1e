"""``grader check --baseline``: which old findings stay quiet, and writing them down anew."""

from dataclasses import dataclass
from pathlib import Path

import click

from grader.drafts.baseline import Baseline, baseline_text, read_baseline, renewed, with_baseline
from grader.errors import UsageError
from grader.schema import Check


@dataclass(frozen=True)
class OldFindings:
    """The baseline of this run; `file` is None where there is none."""

    file: Path | None = None
    baseline: Baseline = Baseline()

    def silence(self, check: Check) -> Check:
        """The check with old findings silenced."""
        return with_baseline(check, self.baseline, self.file.parent) if self.file else check

    def renew(self, check: Check) -> int:
        """Write what is found to the file, say what changed, and return the exit code."""
        from grader.output.durable import write_atomically
        from grader.renderers.visible import stripped

        assert self.file is not None  # `old_findings` asked for it
        baseline = renewed(check, self.baseline, self.file.parent)
        try:
            write_atomically(self.file, baseline_text(baseline))
        except OSError as error:
            raise UsageError(f"--baseline {self.file}: cannot be written ({error.strerror})") from None
        before, now = ({(e.file, e.rule) for e in b.findings} for b in (self.baseline, baseline))
        new, gone = len(now - before), len(before - now)
        click.echo(f"{self.file}: {len(now)} old findings, {new} of them new; {gone} taken out")
        unscored = [draft.path for draft in check.drafts if draft.assessment.status != "graded"]
        for path in unscored:
            click.echo(f"{stripped(path)}: no score, so nothing about it was changed", err=True)
        return 1 if unscored else 0


def old_findings(file: Path | None, *, writing: bool, watching: bool) -> OldFindings:
    """The baseline in `file`. Raises UsageError when it cannot be used, or the options do not go together."""
    if writing and file is None:
        raise UsageError("--write-baseline: name the file to write with --baseline FILE")
    if writing and watching:
        raise UsageError("--write-baseline and --watch do not go together; write the baseline first")
    if file is None:
        return OldFindings()
    if writing and not file.exists():
        return OldFindings(file)
    return OldFindings(file, read_baseline(file))
