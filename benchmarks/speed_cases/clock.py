"""Runs a command in a process of its own: seconds, seconds of processor, and memory at its highest."""

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.schema import Frozen


class Cost(Frozen):
    """What one run took.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of processor, user and system, of the process and all it started, directly or not.
        mib: largest memory of one of these processes.
    """

    wall: float
    cpu: float
    mib: float


def cost(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0, 1),
) -> Cost:
    """Run `command` with its output thrown away; no other children may be running.

    Raises:
        CalledProcessError: an exit code not `allowed`.
    """
    _adopt_orphans()
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    usages = [usage, *_left_behind()]
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(
        wall=wall,
        cpu=sum(usage.ru_utime + usage.ru_stime for usage in usages),
        mib=max(usage.ru_maxrss for usage in usages) / unit,
    )


def _adopt_orphans() -> None:
    """From now on processes whose parent ends become children of this one, so that they can be counted."""
    if sys.platform == "linux":  # elsewhere they are not counted
        be_subreaper = 36
        ctypes.CDLL(None).prctl(be_subreaper, 1, 0, 0, 0)


def _left_behind() -> Iterator[resource.struct_rusage]:
    """What the processes used that ended, or are ending, after the one that started them."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def paired(runs: int, measures: Mapping[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    """Each measure `runs` times, all of them once per round: what slows a round slows them all."""
    rounds = [{name: measure() for name, measure in measures.items()} for _ in range(runs)]
    return {name: [done[name] for done in rounds] for name in measures}


def median(costs: Sequence[Cost], field: str) -> float:
    """Median of ``wall``, ``cpu`` or ``mib``."""
    return statistics.median(getattr(cost, field) for cost in costs)


def ratio(costs: Sequence[Cost], base: Sequence[Cost], field: str) -> float:
    """Median over the rounds of what one took over what the other took in the same round."""
    return statistics.median(
        getattr(one, field) / getattr(other, field) for one, other in zip(costs, base, strict=True)
    )
