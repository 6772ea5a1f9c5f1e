"""Graded files → checked drafts: the path as an editor opens it, the findings at their places."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from grader.drafts.findings import findings_of
from grader.drafts.ignores import with_ignores
from grader.errors import UnreadableError
from grader.pipeline import Batch, Graded
from grader.provenance import run_info
from grader.schema import Check, CheckedDraft, Rubric
from grader.submissions import Submission
from grader.submissions.found import printable

TEXT_FORMATS = frozenset({"markdown", "text", "html", "rst", "adoc"})
"""Formats whose locations are lines of the file itself."""


def check_batch(
    batch: Batch,
    wanted: Mapping[str, int],
    fail_under: float | None = None,
    outcomes: Iterable[Graded] | None = None,
) -> Check:
    """Grade the files of `batch`, one after the other, and hold each against `wanted` and `fail_under`.

    Args:
        outcomes: of the files of `batch`, in order, where they were graded already.
    """
    run = run_info(batch.rubric, batch.settings)
    drafts = []
    for submission, graded in zip(batch.submissions, outcomes or batch, strict=True):
        drafts.append(checked(submission, graded, batch.rubric, wanted))
        if graded.scorer:
            run = run.model_copy(update=asdict(graded.scorer))
    return Check(
        drafts=tuple(drafts), rubric=batch.rubric, run=run, wanted=dict(wanted), fail_under=fail_under
    )


def checked(
    submission: Submission, graded: Graded, rubric: Rubric, wanted: Mapping[str, int]
) -> CheckedDraft:
    """The findings of one graded file, silenced where its comments ignore them.

    Args:
        wanted: as `wanted_levels` gives it.
    """
    lines = source_lines(submission, graded)
    findings = findings_of(graded.assessment, graded.document, rubric, wanted, lines)
    draft = CheckedDraft(
        path=path_from_here(submission.path),
        uri=submission.path.absolute().as_uri(),
        assessment=graded.assessment,
        document=graded.document,
        findings=findings,
    )
    return with_ignores(draft, rubric, wanted)


def source_lines(submission: Submission, graded: Graded) -> tuple[str, ...]:
    """The lines of a text file as it was read; none for other formats, or in an archive: none is opened here."""
    from grader.readers.text_encoding import decode
    from grader.submissions import load

    if submission.member is not None or graded.document is None or graded.document.format not in TEXT_FORMATS:
        return ()
    try:
        return tuple(decode(load(submission)).text.split("\n"))
    except UnreadableError:  # gone since it was read: findings then have lines and no columns
        return ()


def path_from_here(path: Path) -> str:
    """`path` relative to the current folder, absolute outside it; ``/``-separated, valid Unicode."""
    whole, here = path.absolute(), Path.cwd()
    shown = whole.relative_to(here) if whole.is_relative_to(here) else whole
    return printable(shown.as_posix())
