"""Writes the out folder: a report per document as it comes, at the end the files that sum them up."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from grader.cache import recalled
from grader.errors import UsageError
from grader.output.contents import Contents
from grader.output.durable import force, locked, make_folder, remove, remove_if_empty, write_atomically
from grader.output.journal import JOURNAL, Entry, Journal
from grader.output.ours import (
    REPORTS,
    RESULTS,
    RUN,
    earlier_reports,
    files_of,
    refuse_foreign_files,
    remove_partial_files,
)
from grader.output.pages import made_of, shown_of
from grader.output.resume import Kept, Unfinished, head_of, take_over
from grader.output.summaries import summary
from grader.output.sums import SUMS, Sums
from grader.pipeline import Batch, Graded, ScorerFacts
from grader.provenance import now
from grader.remembered import entries_for
from grader.renderers.json_lines import from_line, to_line
from grader.report_names import report_names
from grader.schema import Assessment, Prose, RunInfo


class ResultsFolder:
    """The results of one batch. Use it as a context; `fill` grades and writes, document by document.

    Every document is in the journal before the next one is written. Left by Ctrl-C, the folder sums up what
    was done and holds that and nothing older; with nothing done it stays as it was. However the run ends
    early, the journal stays, and a later run can go on with it.

    Attributes:
        summaries: the assessments so far, without their texts and quotes.
        run: what is written to ``run.json``.
        resumed: number of documents taken over from an unfinished run.
    """

    def __init__(
        self,
        folder: Path,
        batch: Batch,
        run: RunInfo,
        unfinished: Unfinished = "refuse",
        *,
        rank: bool = False,
    ) -> None:
        """`rank`: let the index be sorted by total.

        Raises:
            UsageError: `folder` is none, or holds files of our names that are not ours.
        """
        refuse_foreign_files(folder)
        self.summaries: list[Assessment] = []
        self.run = run
        self._folder = folder
        self._batch = batch
        self._unfinished = unfinished
        self._rank = rank
        self._names = report_names(batch.keys)
        self._contents = Contents()
        self._kept = Kept()
        self._journal: Journal | None = None
        self._entries: list[int] = []
        self._earlier: set[str] = set()
        self._context = ExitStack()
        self._cache = entries_for(batch.settings)

    def __enter__(self) -> "ResultsFolder":
        """Lock the folder, and look at what is there.

        Raises:
            UsageError: the folder cannot be made or is in use; it holds an unfinished run that is not to be
                continued, or cannot be.
        """
        with ExitStack() as context, self._write_errors_named():
            existed = self._folder.is_dir()
            make_folder(self._folder)
            if not existed:
                context.callback(remove_if_empty, self._folder)
            context.enter_context(locked(self._folder))
            self._kept = take_over(self._folder, self._batch, self.run, self._names, self._unfinished)
            self._context = context.pop_all()
        return self

    def __len__(self) -> int:
        """Number of documents to come, and done."""
        return len(self._batch)

    @property
    def resumed(self) -> int:
        return len(self._kept.starts)

    def fill(self) -> Iterator[str]:
        """Grade and write what is missing. Yields each line of ``results.jsonl``, in order, as it is known.

        Raises:
            GraderError: nothing more can be graded, or written.
        """
        missing = [s for i, s in enumerate(self._batch.submissions) if i not in self._kept.starts]
        graded = iter(replace(self._batch, submissions=missing))
        for index in range(len(self._batch)):
            yield self._keep(index) if index in self._kept.starts else self.add(next(graded))

    def add(self, graded: Graded) -> str:
        """Write the reports of the next document; returns its line. Raises UsageError when that fails."""
        if graded.scorer:
            self._refuse_other_scorer(graded.scorer)
            self.run = self.run.model_copy(update=asdict(graded.scorer))
        with self._write_errors_named():
            journal = self._journal or self._begin()
            # stopped by Ctrl-C before the document counts, its pages go again
            names = files_of(self._names[len(self.summaries)])
            self._earlier.update(names)
            line = to_line(graded.assessment)
            made = made_of(graded, line, self._batch.rubric, self.run, self._cache)
            # not forced: should a power cut take one, its hash in the journal shows that it is gone
            pages = {
                name: write_atomically(self._folder / REPORTS / name, text, forced=False)
                for name, text in zip(names, made.reports, strict=True)
            }
            entry = self._entry(graded, line, pages, made.prose)
            self._entries.append(journal.append(entry))
        self.summaries.append(summary(graded.assessment))
        return entry.result

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        could_write = kind is None or not issubclass(kind, UsageError)
        with self._context, self._write_errors_named():
            if kind is None or (self.summaries and could_write):
                self._finish(self._journal or self._begin())

    def _keep(self, index: int) -> str:
        """Take over the next document from the unfinished run."""
        start = self._kept.starts[index]
        with self._write_errors_named():
            entry = (self._journal or self._begin()).entry_at(start)
        if entry.scorer:
            self.run = self.run.model_copy(update=asdict(entry.scorer))
        self._entries.append(start)
        self.summaries.append(summary(from_line(entry.result)))
        return entry.result

    def _begin(self) -> Journal:
        if (self._folder / REPORTS).is_symlink():
            raise UsageError(f"--out {self._folder}: its {REPORTS} is a link; choose another folder")
        remove_partial_files(self._folder)
        self._earlier = {*earlier_reports(self._folder), *self._kept.pages}
        self.run = self.run.model_copy(update={"started": self._kept.started or self.run.started})
        known = asdict(self._kept.scorer) if self._kept.scorer else {}
        # first: so that what follows is known as ours
        write_atomically(self._folder / RUN, _json(self.run.model_copy(update=known)))
        make_folder(self._folder / REPORTS)
        head = head_of(self.run, len(self._batch))
        self._journal = self._kept.journal or Journal.begin(self._folder, head)
        return self._journal

    def _entry(self, graded: Graded, line: str, pages: dict[str, str], prose: tuple[Prose, ...]) -> Entry:
        assessment = graded.assessment
        submission = self._batch.submissions[len(self.summaries)]
        read = assessment.sha256 if assessment.member is None else ""
        return Entry(
            source=assessment.source,
            member=assessment.member,
            content=read or self._contents.of(submission),
            pages=pages,
            scorer=graded.scorer,
            result=line,
            prose=prose,
        )

    def _finish(self, journal: Journal) -> None:
        del self._entries[len(self.summaries) :]  # one that Ctrl-C came in the middle of
        for name, pieces in self._top_level(journal):
            write_atomically(self._folder / name, pieces)
        folder = self._folder / REPORTS
        for name in self._earlier - set(self._written()):
            remove(folder / name)
        force((folder / name for name in self._written()), folder)
        self.run = self.run.model_copy(update={"counts": self.counts(), "finished": now()})
        write_atomically(self._folder / RUN, _json(self.run))
        if len(self.summaries) == len(self._batch):
            remove(self._folder / JOURNAL)

    def _top_level(self, journal: Journal) -> Iterator[tuple[str, bytes | str | Iterator[str]]]:
        """Name and content of each file that sums up the documents."""
        rubric = self._batch.rubric
        yield RESULTS, (f"{journal.entry_at(start).result}\n" for start in self._entries)
        names = self._names[: len(self.summaries)]
        links = {i: f"{REPORTS}/{name}.html" for i, name in enumerate(names)}
        sums = Sums(
            self.summaries,
            lambda i: journal.entry_at(self._entries[i]).prose,
            rubric,
            self.run,
            links,
            self._rank,
        )
        made_by = ("made of all", *shown_of(rubric, self.run), str(self._rank), *names)
        documents = journal.digest(self._entries)
        for name in SUMS:
            item = (name, documents)
            (content,) = recalled(self._cache, made_by, [item], lambda item: sums.content(item[0]))
            yield name, content

    def _written(self) -> Iterator[str]:
        for name in self._names[: len(self.summaries)]:
            yield from files_of(name)

    def counts(self) -> dict[str, int]:
        """Number of documents by status, and of those that were not reached."""
        counts = Counter[str](assessment.status for assessment in self.summaries)
        counts["not_reached"] = len(self._batch) - len(self.summaries)
        return dict(sorted(counts.items()))

    def _refuse_other_scorer(self, scorer: ScorerFacts) -> None:
        if self._kept.scorer and scorer != self._kept.scorer:
            raise UsageError(
                f"--out {self._folder}: its unfinished run was made with other models; "
                "give the same ones, or begin again with --restart"
            )

    @contextmanager
    def _write_errors_named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            said = f"--out {self._folder}: cannot write {error.filename or 'a file'}: {error.strerror}"
            if done := len(self.summaries):
                said += f"; {done} of {len(self._batch)} documents are kept, go on with --resume"
            raise UsageError(said) from error


def _json(run: RunInfo) -> str:
    return run.model_dump_json(by_alias=True, indent=2) + "\n"
