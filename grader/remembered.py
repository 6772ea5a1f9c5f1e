"""Outcomes of documents that were graded before: the same bytes under the same name, settings and program.

Only what a document has by itself is remembered: a document that could not be read, or that grader failed
on, is tried again.
"""

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

from grader.cache import Cache, Entries, Nothing, digest, recalled
from grader.errors import UnreadableError
from grader.schema import Assessment, Document, Rubric

if TYPE_CHECKING:
    from grader.pipeline import Graded, Settings
    from grader.submissions import Submission


Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of change of a file."""


class Trace(NamedTuple):
    """What an outcome is remembered by: its key, and what the file was when that was made."""

    key: bytes
    stamp: Stamp


class Remembered:
    """The outcomes of one rubric under one set of settings."""

    def __init__(self, entries: Entries, rubric: Rubric, settings: "Settings") -> None:
        self._entries = entries
        self._made_by = _made_by(rubric, settings)
        self._hashed: tuple[Stamp, str] | None = None

    def traces(self, submissions: Sequence["Submission"]) -> list[Trace | None]:
        """One per submission; None for one that is not remembered."""
        if isinstance(self._entries, Nothing):
            return [None] * len(submissions)
        return [self._trace(submission) for submission in submissions]

    def known(self, traces: Sequence[Trace | None]) -> set[bytes]:
        """The keys under which an outcome is kept."""
        return self._entries.has([trace.key for trace in traces if trace])

    def recall(self, key: bytes) -> "Graded | None":
        """What was graded; None when it is gone."""
        from grader.pipeline import Graded, ScorerFacts

        value = self._entries.get([key]).get(key)
        if value is None:
            return None
        assessment, document, scorer = json.loads(value)
        return Graded(
            Assessment.model_validate_json(assessment),
            Document.model_validate_json(document),
            ScorerFacts(**scorer),
        )

    def keep(self, submission: "Submission", trace: Trace | None, graded: "Graded") -> None:
        """Remember an outcome, unless the file has changed since its trace was taken."""
        if trace is None or graded.document is None or graded.scorer is None:
            return
        if graded.assessment.status == "skipped" or trace.stamp != _stamp(submission):
            return
        parts = [
            graded.assessment.model_dump_json(by_alias=True),
            graded.document.model_dump_json(),
            asdict(graded.scorer),
        ]
        self._entries.put({trace.key: json.dumps(parts).encode()})

    def _trace(self, submission: "Submission") -> Trace | None:
        from grader.submissions.files import read_regular

        stamp = _stamp(submission)
        if submission.problem or submission.place or stamp is None:  # at an address, its path is only a name
            return None
        try:
            if self._hashed is None or self._hashed[0] != stamp:  # members of one archive come together
                content = read_regular(submission.path)
                self._hashed = stamp, hashlib.sha256(content).hexdigest()
        except UnreadableError:
            return None
        names = [
            submission.source,
            submission.member or "",
            submission.inner or "",
            str(submission.member is None),
        ]
        return Trace(digest(*self._made_by, self._hashed[1], *names), stamp)


def _stamp(submission: "Submission") -> Stamp | None:
    try:
        status = submission.path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def recalled_rubric(settings: "Settings") -> Rubric:
    """The rubric of the settings; a shipped one is read and checked once per version of the program.

    Raises:
        RubricError: a rubric that cannot be used.
    """
    from grader.provenance import program_hash
    from grader.rubric import load_rubric, shipped_rubrics

    name = settings.rubric
    if settings.cache is None or not isinstance(name, str) or name not in shipped_rubrics():
        return load_rubric(name)
    with Cache(settings.cache) as entries:
        (content,) = recalled(
            entries,
            ("rubric", program_hash()),
            [(name,)],
            lambda item: load_rubric(*item).model_dump_json().encode(),
        )
    return Rubric.model_validate_json(content)


def _made_by(rubric: Rubric, settings: "Settings") -> tuple[str, ...]:
    """Everything but the file that an outcome depends on."""
    from grader.analysis.device import arithmetic, resolved
    from grader.provenance import library_versions, program_hash

    choices = (settings.profile or "", settings.kind or "", settings.limits.model_dump_json())
    versions = json.dumps(library_versions())
    return (
        "outcome",
        program_hash(),
        rubric.hash,
        *choices,
        platform.python_version(),
        arithmetic(resolved(settings.device)),
        versions,
    )


def entries_for(settings: "Settings") -> Entries:
    """Where things are kept under these settings; outcomes by another model are not, since it can change."""
    return Cache(settings.cache) if settings.cache and settings.model is None else Nothing()
