"""Drafts that are checked again whenever they are saved, with models that are loaded once."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from grader.pipeline import Batch, Chain, Graded, outcome_of
from grader.reading import ReadingProcess
from grader.workers import attempt

PAUSE = 0.1
"""Seconds between two looks at the files."""
SETTLED = 0.05
"""Seconds that they must stay as they are before they are read: a save can take several writes."""

_State = tuple[tuple[int, int, int] | None, ...]


def changes(paths: Sequence[Path], pause: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yields at once, and then each time that a file was written, replaced, deleted or has come back.

    It looks at the few files that were named instead of asking the system for events: an editor that puts a
    new file in place of the old ends a watch on the old one, and network and shared folders send none. A
    change that comes while the caller is at work is seen afterwards.
    """
    seen = _state(paths)
    yield
    while True:
        pause(PAUSE)
        now = _state(paths)
        if now == seen:
            continue
        while (seen := now) != (now := _after(pause, paths)):
            pass
        yield


def _after(pause: Callable[[float], None], paths: Sequence[Path]) -> _State:
    pause(SETTLED)
    return _state(paths)


def _state(paths: Sequence[Path]) -> _State:
    return tuple(map(_mark, paths))


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What changes when the file does; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Rechecks:
    """Grades the documents of a batch as often as asked. Making one loads the models; leaving it ends the reader."""

    def __init__(self, batch: Batch) -> None:
        """Raises ModelError when a model is missing or wrong."""
        self._batch = batch
        self._process = ReadingProcess(batch.settings.limits)
        self._process.start()
        self._chain = Chain(batch.rubric, batch.settings)

    def __enter__(self) -> "Rechecks":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close()

    def graded(self) -> Iterator[Graded]:
        """One outcome per document, in order, as the files are now; one that is gone or broken is skipped."""
        for submission in self._batch.submissions:
            read = self._process.read(submission)
            yield outcome_of(read, attempt(self._chain, read))
