"""The whole chain for one document in one place, which may be far from where the results are written.

It reads in a limited process and scores in another, as the local engine does, so that whatever a document
does to either costs this document only, and gives the same result as it would at home.
"""

import platform
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.analysis.device import arithmetic
from grader.errors import GraderError
from grader.execution import run
from grader.pipeline import Chain, Graded, Settings, outcome_of
from grader.provenance import library_versions, program_hash
from grader.reading import ReadingProcess
from grader.remote import is_url
from grader.schema import Rubric
from grader.workers import Crew

if TYPE_CHECKING:
    from grader.submissions import Submission


def graded_on_ray(
    submissions: Sequence["Submission"], rubric: Rubric, settings: Settings
) -> Generator[Graded, None, None]:
    """One outcome per submission, in order, from stations on a Ray cluster.

    Raises:
        UsageError: Ray is not installed, or there is no cluster.
        GraderError: nothing more can be graded.
    """
    from grader.on_ray import actors, connected

    # what is remembered stays with the one who asks: a path there means nothing here
    there = replace(settings, cache=None, model=settings.model and _whole(settings.model))
    start = partial(Station, rubric, there, Program())
    with connected(settings.ray_address):
        count = actors(settings.jobs, len(submissions))
        with closing(run(start, map(_with_whole_paths, submissions), count, "ray")) as answers:
            for submission, answer in zip(submissions, answers, strict=True):
                yield outcome_of(submission, answer)


def _with_whole_paths(submission: "Submission") -> "Submission":
    """An actor works in another folder."""
    place = submission.place and replace(submission.place, url=_whole(submission.place.url))
    return replace(submission, path=submission.path.absolute(), place=place)


def _whole(name: str) -> str:
    """A path from the root, where `name` is one here."""
    return str(Path(name).absolute()) if not is_url(name) and Path(name).exists() else name


@dataclass(frozen=True)
class Program:
    """What results depend on besides documents and settings, as it is where this is made."""

    hash: str = field(default_factory=program_hash)
    python: str = field(default_factory=platform.python_version)
    libraries: dict[str, str] = field(default_factory=library_versions)
    arithmetic: str = field(default_factory=partial(arithmetic, "cpu"))

    def differs_in(self, other: "Program") -> str:
        """The first thing that is not the same, in words; "" where all is."""
        if self.python != other.python:
            return f"Python {self.python}, not {other.python}"
        if self.arithmetic != other.arithmetic:
            return f"a processor of another kind ({self.arithmetic})"
        for name, version in other.libraries.items():
            if self.libraries.get(name) != version:
                return f"{name} {self.libraries.get(name, 'missing')}, not {version}"
        return "" if self.hash == other.hash else "another version of grader"


class Station:
    """Reads and scores submissions, one at a time. Its two processes end with this one."""

    def __init__(self, rubric: Rubric, settings: Settings, wanted: Program) -> None:
        """Raises GraderError when the program here is not the one that is wanted."""
        if other := Program().differs_in(wanted):
            raise GraderError(f"node {platform.node()} has {other}: every node needs the same")
        self._reading = ReadingProcess(settings.limits)
        self._scoring = Crew(partial(Chain, rubric, settings), 1).__enter__()

    def __call__(self, submission: "Submission") -> Graded:
        """The outcome of one submission. Raises GraderError when a model is missing or wrong."""
        read = self._reading.read(submission)
        (answer,) = self._scoring.answers([read])
        return outcome_of(read, answer)
