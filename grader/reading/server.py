"""The reading server: holds the readers and no model, forks a child for each document and watches it.

Forking a small process that has its readers loaded costs milliseconds; a fresh interpreter for every
document would cost half a second. The server itself parses nothing, so that no document can touch the next.
"""

import os
import select
import signal
import sys
import time
from io import RawIOBase
from pathlib import PurePosixPath

from grader.readers import READERS, SUFFIXES
from grader.reading.child import OUT_OF_MEMORY, run
from grader.reading.wire import Answer, Ended, Request, receive, send

PIECE = 2**16
READY = b"ready"
MEMORY_UNITS_PER_MIB = 2**20 if sys.platform == "darwin" else 2**10


def main() -> None:
    """Answer requests from stdin on stdout until the other side is gone."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    send(answers, READY)
    while True:
        try:
            request = Request.from_bytes(receive(requests))
            load_reader(request)
            send(answers, *_watched(request, requests.fileno()).to_frames())
        except (EOFError, BrokenPipeError):
            return


def load_reader(request: Request) -> None:
    """Import the reader that the name promises, so that no child has to."""
    for name in (request.inner, request.name):
        if name and (promised := SUFFIXES.get(PurePosixPath(name).suffix.lower())):
            READERS[promised].load()


def _watched(request: Request, requests: int) -> Answer:
    """Fork a child for the request and wait for its end, or end it."""
    started = time.monotonic()
    from_child, to_server = os.pipe()
    child = os.fork()
    if child == 0:
        _keep_only(to_server)
        run(request, to_server)
    os.close(to_server)
    output, ended = bytearray(), Ended.TIME
    deadline = started + request.limits.seconds
    try:
        with os.fdopen(from_child, "rb", buffering=0) as stream:
            ended = _collect(output, stream, requests, deadline, request.limits.output_mib * 2**20)
        if ended is Ended.DONE and not _is_over(child, deadline):
            ended = Ended.TIME
    finally:
        _kill(child)
        _, status, usage = os.wait4(child, 0)
    code, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss // MEMORY_UNITS_PER_MIB
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    if ended is Ended.DONE:
        ended = _meaning(code, peak > request.limits.memory_mib / 2)
    return Answer(ended, how, bytes(output), round(time.monotonic() - started, 3), peak)


def _keep_only(descriptor: int) -> None:
    """Close what belongs to the server, so that a child can answer on its own pipe and nowhere else."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, max(descriptor, nothing) + 1)


def _collect(output: bytearray, stream: RawIOBase, requests: int, deadline: float, most: int) -> Ended:
    """Fill `output` until the child closes its side, time is up, or it is more than `most` bytes.

    Raises:
        EOFError: the other side of the server is gone.
    """
    while (left := deadline - time.monotonic()) > 0:
        readable, _, _ = select.select([stream.fileno(), requests], [], [], left)
        if requests in readable:  # one request at a time is sent: this is its end
            raise EOFError("the other process is gone")
        if stream.fileno() in readable:
            piece = stream.read(PIECE)
            if not piece:
                return Ended.DONE
            output += piece
            if len(output) > most:
                return Ended.OUTPUT
    return Ended.TIME


def _is_over(child: int, deadline: float) -> bool:
    """Whether a child that has said all exits by the deadline; it is left to be waited for."""
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.0005)
    return True


def _kill(child: int) -> None:
    # not waited for yet, so that its number is still its own
    os.kill(child, signal.SIGKILL)


def _meaning(code: int, was_large: bool) -> Ended:
    """What an exit says: by itself, or by the kernel."""
    if code == 0:
        return Ended.DONE
    if code == -signal.SIGXCPU:
        return Ended.TIME
    if code in (OUT_OF_MEMORY, -signal.SIGKILL) or (code < 0 and was_large):
        return Ended.MEMORY
    return Ended.DIED
