"""A crew of worker processes that outlives the death of any of them.

Every worker holds one item at a time on a pipe of its own, so that when one dies (a segfault in a parser,
the kernel short of memory) exactly its item is to blame: that item is answered, a fresh worker takes its
place, and nothing is tried twice. `concurrent.futures` breaks the whole pool in this case.
"""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from typing import Any

from grader.errors import GraderError, in_words

log = logging.getLogger(__name__)

Function = Callable[[Any], Any]
Start = Callable[[], Function]

PRELOADED = "grader.preloaded"
"""Imported once, in the process that workers are forked from: each begins with it instead of loading it."""

AHEAD_PER_WORKER = 16
"""How many items per worker may be taken before the oldest one is answered: bounds what waits in memory."""


@dataclass(frozen=True)
class Answer:
    """What came of one item: a result, or in words what went wrong with it."""

    result: Any = None
    crash: str | None = None


def attempt(function: Function, item: object) -> Answer:
    """Apply `function` to `item`; a defect in our code costs this item only, and is told.

    Raises:
        GraderError: passed on, since nothing after this item could be graded either.
    """
    try:
        return Answer(result=function(item))
    except GraderError:
        raise
    except Exception as error:  # the one boundary: a cohort must not be lost to one file
        log.debug("failed on %r", item, exc_info=True)
        return Answer(crash=in_words(error))


class Crew:
    """`size` processes, each with a function from its own `start()`. Leaving the context ends them all."""

    def __init__(self, start: Start, size: int) -> None:
        self._start = start
        self._size = size
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Crew":
        self._workers = [_Worker(self._start) for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def answers(self, items: Iterable[object]) -> Iterator[Answer]:
        """One answer per item, in the order of `items`, which are drawn only a little ahead of the answers.

        Raises:
            GraderError: from `start` or the function, or when a worker dies before it could start.
        """
        numbered = enumerate(items)
        answered: dict[int, Answer] = {}
        oldest = 0
        while self._hand_out(numbered, len(answered)):
            answered.update(self._collect())
            while oldest in answered:
                yield answered.pop(oldest)
                oldest += 1

    def _hand_out(self, numbered: Iterator[tuple[int, object]], waiting: int) -> bool:
        """Give idle workers an item each, unless `waiting` answers are too many; False when all is done."""
        if waiting < AHEAD_PER_WORKER * self._size:
            for worker, (number, item) in zip(self._idle(), numbered, strict=False):
                # it died while idle: nothing is to blame
                if not worker.take(number, item) and not self._replaced(worker).take(number, item):
                    raise GraderError("a worker process ended before it could start; try --jobs 1")
        return any(worker.number is not None for worker in self._workers)

    def _idle(self) -> list["_Worker"]:
        return [worker for worker in self._workers if worker.number is None]

    def _replaced(self, worker: "_Worker") -> "_Worker":
        worker.stop()
        fresh = _Worker(self._start)
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _collect(self) -> dict[int, Answer]:
        """Answers that have come in, by number; at least one message has been read when this returns."""
        busy = {worker.connection: worker for worker in self._workers if worker.number is not None}
        answers: dict[int, Answer] = {}
        for connection in wait(list(busy)):
            worker = busy[connection]  # type: ignore[index]  # only what was given comes back
            number = worker.number
            answer = worker.message()
            if worker.process.exitcode is not None:
                self._replaced(worker)
            if answer is not None and number is not None:
                answers[number] = answer
        return answers


class _Worker:
    """One process and the number of the item it has; None when it is idle."""

    def __init__(self, start: Start) -> None:
        self.number: int | None = None
        self._started = False
        with _interrupts_held():  # half a start would leave a worker that complains
            context = _fork_server()
            self.connection, theirs = context.Pipe()
            self.process = context.Process(target=_serve, args=(theirs, start), daemon=True)
            self.process.start()
            theirs.close()

    def take(self, number: int, item: object) -> bool:
        """Send it an item; False when the process is dead."""
        try:
            self.connection.send(item)
        except (BrokenPipeError, ConnectionResetError):
            return False
        self.number = number
        return True

    def message(self) -> Answer | None:
        """The answer to its item; None when it only says that it has started. Its death is an answer too."""
        try:
            message = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._died()
        if isinstance(message, GraderError):
            raise message
        if isinstance(message, Answer):
            self.number = None
            return message
        self._started = True
        return None

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(timeout=5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()

    def _died(self) -> Answer:
        self.process.join()
        how = _exit_in_words(self.process.exitcode)
        if not self._started:
            raise GraderError(f"a worker process ended before it could start ({how}); try --jobs 1")
        self.number = None
        return Answer(crash=f"the process working on it ended ({how})")


def _fork_server() -> ForkServerContext:
    """The process that workers are forked from, running, with what they need loaded or being loaded."""
    os.environ["PYTHONSAFEPATH"] = "1"  # a folder of submissions may hold a spacy.py: none of it is imported
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    resource_tracker.ensure_running()  # before: it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # inherited: Ctrl-C is for the parent
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _serve(connection: Connection, start: Start) -> None:
    """Body of a worker process: start, then answer items until the other end is closed."""
    try:
        function = start()
        connection.send("started")
        while True:
            connection.send(attempt(function, connection.recv()))
    except GraderError as error:
        connection.send(error)
    except EOFError:
        return  # the parent is gone


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C takes effect at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt


def _exit_in_words(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}"
    return f"exit code {code}"
