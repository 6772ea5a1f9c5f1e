"""A batch whose outcomes are known beforehand: for tests of what is written, many times over."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import UnreadableError, UsageError
from grader.output import ResultsFolder, Unfinished
from grader.pipeline import Batch, Graded, ScorerFacts, Settings
from grader.provenance import run_info
from grader.readers import read_document
from grader.report_names import Key
from grader.rubric import load_rubric
from grader.schema import Assessment, Rubric
from grader.submissions import Submission, find_submissions, load

DRAFT = (
    "# Shift swap\n\nWe compared two alternatives with doing nothing and chose the cheaper option because "
    "nurses wait 4 hours for an answer; we accept a slower first screen.\n"
)
FACTS = ScorerFacts(models={"counting": "0" * 64}, agreement="Not measured: this scorer counts words.")

Scorer = Callable[[Rubric], Any]


@dataclass(frozen=True)
class KnownBatch(Batch):
    """Yields `outcomes`."""

    outcomes: Mapping[Key, Graded] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Graded]:
        for submission in self.submissions:
            yield self.outcomes[submission.source, submission.member]


def known_batch(cohort: Path, scorer: Scorer, settings: Settings | None = None) -> KnownBatch:
    """The documents in `cohort`, graded by `scorer`."""
    settings = settings or Settings()
    rubric = load_rubric(settings.rubric)
    submissions = tuple(find_submissions([cohort]))
    outcomes = {(s.source, s.member): _graded(s, scorer(rubric)) for s in submissions}
    return KnownBatch(submissions, rubric, settings, outcomes=outcomes)


def _graded(submission: Submission, scorer: Any) -> Graded:
    data, key = load(submission), (submission.source, submission.member)
    try:
        document = read_document(data, *key)
    except UnreadableError as error:
        digest = hashlib.sha256(data).hexdigest()
        return Graded(Assessment.skipped(*key, error.code, str(error), digest), scorer=FACTS)
    return Graded(scorer.assess(document), document, FACTS)


def opened(batch: Batch, out: Path, unfinished: Unfinished = "refuse") -> ResultsFolder:
    return ResultsFolder(out, batch, run_info(batch.rubric, batch.settings), unfinished)


def written(batch: Batch, out: Path, unfinished: Unfinished = "refuse") -> ResultsFolder:
    """The batch graded into `out`."""
    with opened(batch, out, unfinished) as results:
        assert len(list(results.fill())) == len(batch)
    return results


def stopped_after(count: int, batch: Batch, out: Path, unfinished: Unfinished = "refuse") -> None:
    """A run that fails when `count` documents are done: nothing is summed up."""
    with suppress(UsageError), opened(batch, out, unfinished) as results:
        lines = results.fill()
        for _ in range(count):
            next(lines)
        raise UsageError("stopped")


def content(folder: Path) -> dict[str, bytes]:
    """Every file in `folder` by its path; of run.json all but the times."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    if "run.json" in found:
        found["run.json"] = b"\n".join(
            line
            for line in found["run.json"].splitlines()
            if b'"started"' not in line and b'"finished"' not in line
        )
    return found
