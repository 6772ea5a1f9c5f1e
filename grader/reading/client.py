"""The other side of the reading server: asks, waits, and makes an ordinary outcome of whatever comes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from grader.errors import GraderError, UnreadableError
from grader.reading import outcomes
from grader.reading.wire import Answer, Ended, Request, receive, send
from grader.schema import Assessment, Document, Limits
from grader.submissions import Ignored, Submission, on_disk

GRACE = 10
"""Seconds that the server has beyond a document's own before it is ended itself."""


def server_command() -> list[str]:
    """Start the server with this interpreter; nothing is imported from the current folder."""
    program = str(Path(__file__).resolve().parents[2])
    paths = [str(Path(path).absolute()) for path in sys.path if path]
    code = f"import sys; sys.path[:] = {[*paths, program]!r}; from grader.reading.server import main; main()"
    return [sys.executable, "-I", "-W", "ignore", "-c", code]


class ReadingProcess:
    """A reading server of one's own, for one thread at a time. Leaving the context ends it.

    It is started by `start` or at the first request, and once more whenever it has died.
    """

    def __init__(self, limits: Limits, command: Sequence[str] | None = None) -> None:
        self._limits = limits
        self._command = command or server_command()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._closed = False

    def __enter__(self) -> "ReadingProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load, without waiting for it."""
        if self._closed:
            raise GraderError("reading has been ended")
        if not hasattr(os, "fork"):
            raise GraderError("documents are read in limited processes, which need Linux or macOS")
        if self._process is None:
            self._ready = False
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )

    def close(self) -> None:
        """End the server and the child it may have, for good; another thread may do it."""
        self._closed = True
        self._discard()

    def read(self, submission: Submission) -> Document | Assessment:
        """The document, or a skipped assessment that says why there is none."""
        where = (submission.source, submission.member)
        if submission.problem:
            return Assessment.skipped(*where, submission.problem.code, submission.problem.text)
        try:
            with on_disk(submission) as here:
                answer = self.ask(Request("read", self._limits, str(here.path), *where, submission.inner))
        except UnreadableError as error:
            return Assessment.skipped(*where, error.code, str(error))
        digest, kind, rest = outcomes.parts(answer)
        if answer.ended is Ended.DONE and kind == b"document":
            document = outcomes.document(*where, rest)
            if document is not None:
                return document
        reason = outcomes.refusal(answer, self._limits)
        return Assessment.skipped(*where, reason.code, reason.text, digest)

    def documents_in(self, source: str, path: Path) -> list[Submission | Ignored]:
        """What an archive holds; one that cannot be listed is one refused submission."""
        answer = self.ask(Request("list", self._limits, str(path), source))
        _, kind, rest = outcomes.parts(answer)
        if answer.ended is Ended.DONE and kind == b"listing":
            found = outcomes.listing(source, path, rest)
            if found is not None:
                return found
        return [Submission(source, path, problem=outcomes.refusal(answer, self._limits))]

    def ask(self, request: Request) -> Answer:
        """The server's answer; a server that dies over a request has answered with that.

        Raises:
            GraderError: the server does not start.
        """
        requests, answers = self._streams()
        try:
            send(requests, request.to_bytes())
        except OSError:  # it died while idle: nothing is to blame
            self._discard()
            requests, answers = self._streams()
            send(requests, request.to_bytes())
        expired = threading.Event()
        watch = threading.Timer(request.limits.seconds + GRACE, self._expire, [expired])
        watch.daemon = True
        watch.start()
        try:
            return Answer.from_frames(receive(answers), receive(answers))
        except EOFError:
            self._discard()
            return Answer(Ended.TIME if expired.is_set() else Ended.DIED, "with its server")
        finally:
            watch.cancel()

    def _streams(self) -> tuple[BinaryIO, BinaryIO]:
        self.start()
        process = self._process
        if process is None:
            raise GraderError("reading has been ended")
        requests, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        if not self._ready:
            try:
                receive(answers)
            except EOFError:
                self._discard()
                raise GraderError(
                    "the process that reads documents could not start; run 'grader doctor'"
                ) from None
            self._ready = True
        return requests, answers

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        if self._process is not None:
            _kill(self._process)

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):  # what was still to be sent is for nobody
                    cast(BinaryIO, stream).close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """The server and its child, which are a session of their own."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
