"""The spine: one file through the chain, many files through an engine."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UnreadableError, UsageError
from grader.execution import Jobs, run
from grader.rubric import DEFAULT_RUBRIC
from grader.schema import Assessment, Document, Rubric

if TYPE_CHECKING:
    from grader.submissions import Submission
    from grader.workers import Answer


@dataclass(frozen=True)
class Settings:
    """What can change a score, and how many processes work.

    Attributes:
        rubric: id of a shipped rubric, or path of a YAML file.
        profile: name of the profile for every document; None: by kind of document.
        kind: name of the kind of every document; None: recognised.
        model: sentence-transformers name or folder; None: the one that comes with the program.
        jobs: number of processes, or ``auto``; never changes a result.
    """

    rubric: str | Path = DEFAULT_RUBRIC
    profile: str | None = None
    kind: str | None = None
    model: str | None = None
    jobs: Jobs = 1


@dataclass(frozen=True)
class ScorerFacts:
    """What a report says about the scorer; both as in `RunInfo`."""

    models: dict[str, str] = field(default_factory=dict)
    agreement: str = ""


@dataclass(frozen=True)
class Graded:
    """The outcome for one document: `document` is None where it could not be read, `scorer` after a crash."""

    assessment: Assessment
    document: Document | None = None
    scorer: ScorerFacts | None = None


@dataclass(frozen=True)
class Batch:
    """Submissions and a rubric, checked and ready; iterating grades them, in order, as they come.

    Attributes:
        ignored: number of files found that are no documents, such as pictures.
        left_out: number of documents that `prepare` was told to leave out.
    """

    submissions: Sequence["Submission"]
    rubric: Rubric
    settings: Settings
    ignored: int = 0
    left_out: int = 0

    @property
    def keys(self) -> list[tuple[str, str | None]]:
        """Source and archive member of every document, in order."""
        return [(submission.source, submission.member) for submission in self.submissions]

    def __len__(self) -> int:
        return len(self.submissions)

    def __iter__(self) -> Iterator[Graded]:
        start = partial(Chain, self.rubric, self.settings)
        with closing(run(start, self.submissions, self.settings.jobs)) as answers:
            for submission, answer in zip(self.submissions, answers, strict=True):
                yield _outcome(submission, answer)


def grade(paths: Iterable[str | Path], settings: Settings | None = None) -> Iterator[Graded]:
    """Grade files, folders and archives; one outcome per document, in a fixed order.

    Raises:
        GraderError: for a setting that cannot be used, before any document is read.
    """
    return iter(prepare(paths, settings or Settings()))


def grade_file(
    path: str | Path,
    *,
    rubric: str | Path = DEFAULT_RUBRIC,
    profile: str | None = None,
    kind: str | None = None,
    model: str | None = None,
) -> Assessment:
    """Grade one document. One that cannot be read gives an assessment that is ``skipped``, with its reason.

    Raises:
        GraderError: for a setting that cannot be used, a path that does not exist or holds several documents.
    """
    settings = Settings(rubric=rubric, profile=profile, kind=kind, model=model)
    return next(iter(prepare_one(path, settings))).assessment


def prepare_one(path: str | Path, settings: Settings) -> Batch:
    """A batch of exactly one document. Raises like `grade_file`."""
    batch = prepare([path], settings)
    if len(batch) != 1:
        raise UsageError(f"{path}: holds {len(batch)} documents, expected one; use 'grader grade'")
    return batch


def prepare(
    paths: Iterable[str | Path], settings: Settings, leave_out: Callable[[Path], bool] | None = None
) -> Batch:
    """Load the rubric, check the settings and find the submissions; nothing is graded yet.

    Args:
        leave_out: True for the path of a file that is not to be graded.

    Raises:
        RubricError: a rubric that cannot be used.
        UsageError: an unknown kind or profile, a path that cannot be used, no submission at all.
    """
    from grader.rubric import load_rubric
    from grader.submissions import scan

    rubric = load_rubric(settings.rubric)
    _known("kind", settings.kind, [kind.id for kind in rubric.kinds])
    _known("profile", settings.profile, [profile.id for profile in rubric.profiles])
    where = [Path(path) for path in paths]
    findings = scan(where)
    found = findings.submissions
    submissions = [s for s in found if leave_out is None or not leave_out(s.path)]
    if not submissions:
        raise UsageError(f"no documents in {', '.join(map(str, where))}")
    return Batch(submissions, rubric, settings, len(findings.ignored), len(found) - len(submissions))


class Chain:
    """Takes one submission through all steps. Making one loads the models: seconds, about 1 GB."""

    def __init__(self, rubric: Rubric, settings: Settings) -> None:
        """Raises ModelError when a model is missing or wrong."""
        from grader.scoring import Scorer

        self._scorer: Scorer = Scorer(
            rubric, model=settings.model, profile=settings.profile, kind=settings.kind
        )
        self._facts = ScorerFacts(models=dict(self._scorer.models), agreement=self._scorer.agreement)

    def __call__(self, submission: "Submission") -> Graded:
        """Read and score; a submission that cannot be read is skipped with the reason."""
        from grader.readers import read_document
        from grader.submissions import load

        where = (submission.source, submission.member)
        if submission.problem:
            code, text = submission.problem.code, submission.problem.text
            return Graded(Assessment.skipped(*where, code, text), scorer=self._facts)
        data = b""
        try:
            data = load(submission)
            document = read_document(data, *where)
        except UnreadableError as error:
            digest = hashlib.sha256(data).hexdigest() if data else ""
            skipped = Assessment.skipped(*where, error.code, str(error), digest)
            return Graded(skipped, scorer=self._facts)
        return Graded(self._scorer.assess(document), document, self._facts)


def _outcome(submission: "Submission", answer: "Answer") -> Graded:
    if isinstance(answer.result, Graded):
        return answer.result
    text = f"grader failed on this file ({answer.crash}); grade it by hand and please report it"
    return Graded(Assessment.skipped(submission.source, submission.member, "crashed", text))


def _known(what: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"--{what} {name}: not in this rubric, which has {', '.join(known)}")
