"""What of an unfinished run can be taken over: results whose document, settings and pages are unchanged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.errors import UsageError
from grader.output.contents import Contents, file_hash
from grader.output.journal import JOURNAL, Entry, Head, Journal
from grader.output.ours import REPORTS, files_of, is_file_name
from grader.pipeline import Batch, ScorerFacts
from grader.provenance import program_hash
from grader.schema import RunInfo

Unfinished = Literal["refuse", "continue", "restart"]
"""What to do about a run into the same folder that was not finished."""

_WORDS = {
    "program": "version of grader",
    "program_hash": "version of grader",
    "versions": "versions of libraries",
    "computed": "processor or device",
    "rubric_id": "rubric",
    "rubric_version": "rubric",
    "rubric_hash": "rubric",
}


@dataclass
class Kept:
    """What is taken over.

    Attributes:
        journal: the journal that is continued; None where there is none.
        started: when that run was begun.
        starts: where in the journal the entry of a document begins, by its number in the batch.
        pages: names of all reports that the unfinished run wrote, whether they are kept or not.
        scorer: what the scorer said about itself; None when no document was scored.
    """

    journal: Journal | None = None
    started: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    scorer: ScorerFacts | None = None


def head_of(run: RunInfo, documents: int) -> Head:
    """What all results of `run` depend on, its documents and models apart."""
    apart = {"schema_version", "started", "finished", "counts", "ignored", "models", "agreement"}
    identity = {"program_hash": program_hash(), **run.model_dump(mode="json", exclude=apart)}
    return Head(started=run.started, documents=documents, identity=identity)


def take_over(folder: Path, batch: Batch, run: RunInfo, names: Sequence[str], unfinished: Unfinished) -> Kept:
    """What the unfinished run in `folder` has done of `batch`, whose reports are called `names`.

    Raises:
        UsageError: there is one, and it is not to be continued, or was made with other settings.
    """
    if not (folder / JOURNAL).exists():
        return Kept()
    journal = Journal(folder)
    head = journal.head()
    if unfinished == "refuse":
        raise _half_done(folder, journal, head)
    if unfinished == "continue":
        _refuse_other_run(folder, head, head_of(run, len(batch)))
    kept = Kept(journal, head.started if head else "")
    numbers = {key: number for number, key in enumerate(batch.keys)}
    contents = Contents()
    for start, entry in journal.entries():
        kept.pages.update(filter(is_file_name, entry.pages))
        kept.scorer = entry.scorer or kept.scorer
        number = numbers.get((entry.source, entry.member))
        if number is None:
            continue
        kept.starts.pop(number, None)
        read = entry.content and entry.content == contents.of(batch.submissions[number])
        if read and _pages_stand(folder, entry, names[number]):
            kept.starts[number] = start
    return kept if unfinished == "continue" else Kept(pages=kept.pages)


def _pages_stand(folder: Path, entry: Entry, name: str) -> bool:
    """The reports of the document are what they were when it was done."""
    wanted = files_of(name)
    return list(entry.pages) == wanted and all(
        file_hash(folder / REPORTS / page) == entry.pages[page] for page in wanted
    )


def _half_done(folder: Path, journal: Journal, head: Head | None) -> UsageError:
    done = sum(1 for _ in journal.entries())
    of = f"{done} of {head.documents} documents" if head else "some documents"
    return UsageError(
        f"--out {folder}: holds an unfinished run ({of} are done); "
        "go on with --resume, or begin again with --restart"
    )


def _refuse_other_run(folder: Path, head: Head | None, now: Head) -> None:
    before = head.identity if head else {}
    other = [name for name in {**before, **now.identity} if before.get(name) != now.identity.get(name)]
    if other:
        words = ", ".join(dict.fromkeys(_WORDS.get(name, name) for name in other))
        raise UsageError(
            f"--out {folder}: its unfinished run cannot be resumed, it was made with other {words}; "
            "give the same ones, or begin again with --restart"
        )
