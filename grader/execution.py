"""Engines: a function over items, one result per item, in the order of the items.

An engine is ``(start, items, jobs) → answers``. `start` is called once in every process that works and
returns the function for one item, so that what is slow to load is loaded once per process. An item whose
function has a defect, or takes its process down, is answered with what happened, and the rest goes on;
a `GraderError` means that nothing can go on, and is raised.
"""

import os
from collections.abc import Callable, Generator, Iterable
from typing import Literal

from grader.errors import UsageError
from grader.workers import Answer, Crew, Start, attempt

Jobs = int | Literal["auto"]
Engine = Callable[[Start, Iterable[object], int], Generator[Answer, None, None]]

ITEMS_PER_JOB = 4
"""With fewer items for each, a further process takes longer to load its models than it saves."""

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def in_process(start: Start, items: Iterable[object], jobs: int) -> Generator[Answer, None, None]:
    """One item after the other, here. A crash of the interpreter ends everything."""
    function = start()
    for item in items:
        yield attempt(function, item)


def process_pool(start: Start, items: Iterable[object], jobs: int) -> Generator[Answer, None, None]:
    """Items spread over `jobs` processes, forked from one that has loaded most. `start` and items must be picklable."""
    with Crew(start, jobs) as crew:
        yield from crew.answers(items)


def ray_data(start: Start, items: Iterable[object], jobs: int) -> Generator[Answer, None, None]:
    """Items spread over `jobs` actors of a Ray cluster, all drawn at once: they should be small."""
    from grader.on_ray import answers

    return answers(start, items, jobs)


ENGINES: dict[str, Engine] = {"in_process": in_process, "process_pool": process_pool, "ray": ray_data}


def run(
    start: Start, items: Iterable[object], count: int = 1, engine: str | None = None
) -> Generator[Answer, None, None]:
    """One answer per item, in order, from `count` processes; the items are drawn a little ahead.

    Args:
        engine: one of `ENGINES`; None: here for one process, otherwise a pool of them.

    Raises:
        GraderError: `start` failed, or an item showed that nothing can go on.
    """
    limit_threads()
    here = "in_process" if count == 1 else "process_pool"
    return ENGINES[engine or here](start, items, count)


def processes(jobs: Jobs, items: int) -> int:
    """How many processes `jobs` means for so many items. Raises UsageError for fewer than 1."""
    count = auto_jobs(items, available_cores()) if jobs == "auto" else jobs
    if count < 1:
        raise UsageError(f"--jobs must be at least 1 or 'auto', not {count}")
    return count


def auto_jobs(items: int, cores: int) -> int:
    """Processes worth starting: never more than cores, and none with fewer than `ITEMS_PER_JOB` items."""
    return max(1, min(cores, items // ITEMS_PER_JOB))


def available_cores() -> int:
    """Cores this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def limit_threads() -> None:
    """One thread per process in numeric libraries loaded from now on, here and in child processes.

    The number of threads changes the order of sums, and with it last digits: results must not depend on it.
    """
    for name in _THREADS:
        os.environ[name] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
