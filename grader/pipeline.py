"""The spine: one file through the chain, many files through an engine."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from grader.analysis.device import Device, DeviceChoice, compute_on, resolved
from grader.cache import Cache, Nothing
from grader.errors import UsageError
from grader.execution import Jobs, limit_threads, processes, run
from grader.rubric import DEFAULT_RUBRIC
from grader.schema import Assessment, Document, Limits, Rubric

if TYPE_CHECKING:
    from grader.reading import Read
    from grader.submissions import Ignored, Submission
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
        limits: how much reading one document may cost.
        cache: folder where what was computed is kept for the next time; None keeps nothing. Never changes
            a result.
        engine: where the processes work: on this machine, or on a Ray cluster. Never changes a result.
        ray_address: the cluster; None: the one that RAY_ADDRESS names, or a new one on this machine.
        device: where the encoder computes; `prepare` puts what ``auto`` means here in its place. Can change
            last digits.
    """

    rubric: str | Path = DEFAULT_RUBRIC
    profile: str | None = None
    kind: str | None = None
    model: str | None = None
    jobs: Jobs = 1
    limits: Limits = Limits()
    cache: Path | None = None
    engine: Literal["local", "ray"] = "local"
    ray_address: str | None = None
    device: DeviceChoice = "auto"


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
        ignored: files found that are no documents, such as pictures.
        left_out: sources of the documents that `prepare` was told to leave out.
    """

    submissions: Sequence["Submission"]
    rubric: Rubric
    settings: Settings
    ignored: tuple["Ignored", ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def keys(self) -> list[tuple[str, str | None]]:
        """Source and archive member of every document, in order."""
        return [(submission.source, submission.member) for submission in self.submissions]

    def __len__(self) -> int:
        return len(self.submissions)

    def __iter__(self) -> Iterator[Graded]:
        from grader.remembered import Remembered, entries_for

        with closing(entries_for(self.settings)) as entries:
            remembered = Remembered(entries, self.rubric, self.settings)
            traces = remembered.traces(self.submissions)
            known = remembered.known(traces)
            todo = [
                s
                for s, trace in zip(self.submissions, traces, strict=True)
                if not trace or trace.key not in known
            ]
            with closing(self._graded(todo)) as fresh:
                for submission, trace in zip(self.submissions, traces, strict=True):
                    if trace and trace.key in known:
                        yield remembered.recall(trace.key) or next(self._graded([submission]))
                        continue
                    graded = next(fresh)
                    remembered.keep(submission, trace, graded)
                    yield graded

    def _graded(self, submissions: Sequence["Submission"]) -> Generator[Graded, None, None]:
        """One outcome per submission, in order, each graded now."""
        from grader.reading import ReadAhead

        if not submissions:
            return
        if self.settings.engine == "ray":
            from grader.station import graded_on_ray

            yield from graded_on_ray(submissions, self.rubric, self.settings)
            return
        count = processes(self.settings.jobs, len(submissions))
        start = partial(Chain, self.rubric, self.settings)
        scoring: deque[Read] = deque()
        with (
            ReadAhead(submissions, self.settings.limits, count) as reads,  # while the models load
            closing(run(start, _kept(reads, scoring), count)) as answers,
        ):
            for answer in answers:
                yield outcome_of(scoring.popleft(), answer)


def _kept(reads: Iterable["Read"], scoring: deque["Read"]) -> Iterator["Read"]:
    """The same, and each put aside for when its answer comes: documents need not travel back."""
    for read in reads:
        scoring.append(read)
        yield read


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
        UsageError: an unknown kind or profile, a path that cannot be used, no submission at all, a device
            that is not to be had.
    """
    from grader.reading import ReadingProcess
    from grader.remembered import recalled_rubric
    from grader.submissions import scan

    settings = replace(settings, device=_device(settings))
    rubric = recalled_rubric(settings)
    _known("kind", settings.kind, [kind.id for kind in rubric.kinds])
    _known("profile", settings.profile, [profile.id for profile in rubric.profiles])
    where = list(paths)
    with ReadingProcess(settings.limits) as process:  # started only where there is an archive
        findings = scan(where, process.documents_in)
    found = findings.submissions
    left_out = {s.source for s in found if leave_out and not (s.member or s.place) and leave_out(s.path)}
    submissions = [s for s in found if s.source not in left_out]
    if not submissions:
        raise UsageError(f"no documents in {', '.join(map(str, where))}")
    return Batch(submissions, rubric, settings, findings.ignored, tuple(sorted(left_out)))


class Chain:
    """Scores what was read. Making one loads the models: seconds, about 1 GB."""

    def __init__(self, rubric: Rubric, settings: Settings) -> None:
        """Raises ModelError when a model is missing or wrong."""
        limit_threads()
        from grader.scoring import Scorer

        compute_on(_device(settings))
        self._scorer: Scorer = Scorer(
            rubric,
            model=settings.model,
            profile=settings.profile,
            kind=settings.kind,
            entries=Cache(settings.cache) if settings.cache else Nothing(),
        )
        self._facts = ScorerFacts(models=dict(self._scorer.models), agreement=self._scorer.agreement)

    def __call__(self, read: "Read") -> Graded:
        """The assessment of a document; one that could not be read is passed on."""
        assessment = read if isinstance(read, Assessment) else self._scorer.assess(read)
        return Graded(assessment, scorer=self._facts)


def outcome_of(read: "Read | Submission", answer: "Answer") -> Graded:
    """The outcome for what was read and what came of scoring it; after a crash, skipped with the reason."""
    if isinstance(answer.result, Graded):
        return replace(answer.result, document=read) if isinstance(read, Document) else answer.result
    text = f"grader failed on this file ({answer.crash}); grade it by hand and please report it"
    document = read if isinstance(read, Document) else None
    sha256 = read.sha256 if isinstance(read, Document | Assessment) else ""
    return Graded(Assessment.skipped(read.source, read.member, "crashed", text, sha256), document)


def _device(settings: Settings) -> Device:
    """What the device of the settings means here. Raises UsageError where it is not to be had."""
    for given, name in (settings.engine == "ray", "--engine ray"), (settings.model, "--model"):
        if given and settings.device == "cuda":
            raise UsageError(f"--device cuda: not with {name}, which computes on the CPU")
        if given:
            return "cpu"
    return resolved(settings.device)


def _known(what: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"--{what} {name}: not in this rubric, which has {', '.join(known)}")
