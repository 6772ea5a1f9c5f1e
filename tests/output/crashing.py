"""``python crashing.py COHORT FOLDER kill|full|interrupt STEP`` lets a run fail at every STEP-th change to the disk.

For each number of a change a child process is forked that writes the results of COHORT into a folder of its own
and fails at that change: killed, with a full disk from there on, or by Ctrl-C; a write is done by half. A second
child goes on with it and is killed on the way, a third one goes on to the end. Prints what differs from a run
that was never stopped, as JSON.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import CountingScorer
from known import KnownBatch, content, known_batch, written

from grader.errors import UsageError
from grader.output import Unfinished
from grader.renderers import tables

tables.parquet_bytes = lambda frame: b"PAR1"  # the real one starts threads, which no fork survives

CHANGES = ("write", "fsync", "replace", "unlink", "mkdir", "ftruncate")
FAILED, REFUSED = 3, 2


class Faults:
    """Counts the changes to the disk that ``os`` is asked for; number `at` fails, in the way of `kind`."""

    def __init__(self, kind: str = "none", at: int = 0) -> None:
        self.seen = 0
        self._kind = kind
        self._at = at
        for name in CHANGES:
            setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.seen += 1
            if self.seen == self._at and name == "write" and self._kind != "none":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            if self.seen == self._at:
                self._fail()
            if self.seen > self._at > 0 and self._kind == "full" and name in ("write", "mkdir"):
                self._fail()
            return real(*arguments, **named)

        return call

    def _fail(self) -> None:
        if self._kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self._kind == "full":
            raise OSError(errno.ENOSPC, "No space left on device")
        elif self._kind == "interrupt":
            raise KeyboardInterrupt


def forked(task: Callable[[], int]) -> int:
    """Exit code of `task` in a child process, −9 when it was killed."""
    child = os.fork()
    if not child:
        try:
            os._exit(task())
        finally:
            os._exit(99)  # a defect, shown on stderr
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(batch: KnownBatch, out: Path, unfinished: Unfinished, kind: str = "none", at: int = 0) -> int:
    """0 when all was written, else how it ended."""
    Faults(kind, at)
    try:
        written(batch, out, unfinished)
    except UsageError as error:
        return FAILED if "No space left" in str(error) else REFUSED
    except KeyboardInterrupt:
        return 130
    return 0


def count_changes(batch: KnownBatch, out: Path) -> int:
    faults = Faults()
    written(batch, out)
    return faults.seen


def main(cohort: Path, folder: Path, kind: str, step: int) -> None:
    batch = known_batch(cohort, CountingScorer)
    changes = count_changes(batch, folder / "whole")
    whole = content(folder / "whole")
    ends: dict[str, int] = {}
    differing: list[str] = []
    for at in range(1, changes + 1, step):
        out = folder / "out"
        end = forked(lambda: run(batch, out, "refuse", kind, at))  # noqa: B023  (called at once)
        ends[str(end)] = ends.get(str(end), 0) + 1
        forked(lambda: run(batch, out, "continue", "kill", 1 + 7 * at % changes))  # noqa: B023
        last = forked(lambda: run(batch, out, "continue"))  # noqa: B023
        found = content(out)
        wrong = [name for name in {**whole, **found} if whole.get(name) != found.get(name)]
        if last or wrong:
            differing.append(f"{kind} at {at} of {changes}: exit {last}, {wrong}")
        shutil.rmtree(out)
    print(json.dumps({"changes": changes, "ends": ends, "differing": differing}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
