"""Many submissions read in order, a few ahead of the one that is being scored."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType

from grader.reading.client import ReadingProcess
from grader.schema import Assessment, Document, Limits
from grader.submissions import Submission

AHEAD_PER_PROCESS = 3
"""How many documents per process are read before they are asked for: bounds what waits in memory."""

Read = Document | Assessment
"""A document, or a skipped assessment that says why there is none."""


class ReadAhead:
    """Reads `submissions` in `count` processes. Entering the context begins; leaving it ends them all.

    Iterate once: one `Read` per submission, in order.
    """

    def __init__(
        self,
        submissions: Sequence[Submission],
        limits: Limits,
        count: int = 1,
        command: Sequence[str] | None = None,
    ) -> None:
        self._rest = iter(submissions)
        self._window = AHEAD_PER_PROCESS * count
        self._processes = [ReadingProcess(limits, command) for _ in range(count)]
        self._idle: SimpleQueue[ReadingProcess] = SimpleQueue()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._reading: deque[Future[Read]] = deque()

    def __enter__(self) -> "ReadAhead":
        for process in self._processes:
            process.start()
            self._idle.put(process)
        self._fill()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.close()
        self._threads.shutdown()

    def __iter__(self) -> Iterator[Read]:
        while self._reading:
            read = self._reading.popleft().result()
            self._fill()
            yield read

    def _fill(self) -> None:
        while len(self._reading) < self._window:
            submission = next(self._rest, None)
            if submission is None:
                return
            self._reading.append(self._threads.submit(self._read, submission))

    def _read(self, submission: Submission) -> Read:
        process = self._idle.get()
        try:
            return process.read(submission)
        finally:
            self._idle.put(process)
