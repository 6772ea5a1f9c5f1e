"""The engine that works past one machine: items in small blocks through a pool of Ray actors.

An actor holds the function and works on one item after the other. When its node is lost, Ray starts it
again elsewhere and gives it its block once more; what was answered is not asked twice. Each actor asks for
half a core and there is one actor per core, so that those of up to half of the nodes find room on the others.
"""

import logging
import os
import pickle
from collections.abc import Generator, Iterable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError, UsageError
from grader.execution import Jobs, limit_threads
from grader.workers import Answer, Function, Start, attempt

if TYPE_CHECKING:
    from ray.data import Dataset

ITEMS_PER_BLOCK = 16
"""Items that a lost node costs at most to do again, per actor and block in hand."""
BLOCKS_PER_ACTOR = 2
"""Blocks that an actor has in hand: the one it works on, and the next."""
CORES_PER_ACTOR = 0.5

_SETTINGS = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal", "PYTHONSAFEPATH": "1"}
"""Ray sends nothing home, does not write over the terminal, and imports nothing from the current folder; what is
set already stays."""

_PROGRAM = Path(__file__).parents[1]


@contextmanager
def connected(address: str | None = None) -> Iterator[None]:
    """Within it, this process belongs to the Ray cluster at `address`.

    None: the one it belongs to already, or that RAY_ADDRESS names, or a new one on this machine.

    Raises:
        UsageError: Ray is not installed, or there is no cluster at `address`.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray.data
    except ImportError:
        raise UsageError('--engine ray: Ray is not installed; pip install "grader[ray]"') from None
    if ray.is_initialized():
        yield
        return
    where = address or os.environ.get("RAY_ADDRESS") or "local"
    own = {"include_dashboard": False} if where == "local" else {}
    try:
        with chdir(_PROGRAM):  # actors import from the folder they are asked for in: not a cohort's
            ray.init(address=where, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise UsageError(f"--ray-address {where}: no Ray cluster answers there ({said})") from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        ray.shutdown()


def actors(jobs: Jobs, items: int) -> int:
    """How many actors `jobs` means on the cluster: at most one per core and per item. Call it `connected`.

    Raises:
        UsageError: fewer than 1.
    """
    import ray

    cores = int(ray.cluster_resources().get("CPU", 1))
    count = cores if jobs == "auto" else jobs
    if count < 1:
        raise UsageError(f"--jobs must be at least 1 or 'auto', not {count}")
    return max(1, min(count, cores, items))


def answers(start: Start, items: Iterable[object], jobs: int) -> Generator[Answer, None, None]:
    """One answer per item, in order, from `jobs` actors. `start` and items must be picklable, items small.

    Raises:
        GraderError: `start` failed, an item showed that nothing can go on, or the cluster is gone.
    """
    with connected():
        import ray

        waiting = list(items)
        rows = _worked_on(start, waiting, jobs).iter_rows() if waiting else ()
        done = 0
        try:
            for row in rows:
                if row["number"] != done:
                    raise GraderError(
                        f"Ray answered item {row['number']} in place of {done}; go on with --resume"
                    )
                done += 1
                yield _opened(row["answer"])
        except ray.exceptions.RayError as error:
            said = " ".join(str(error).split())[:300]
            raise GraderError(f"the Ray cluster cannot go on ({said}); go on with --resume") from error
        if done != len(waiting):
            raise GraderError(f"Ray answered {done} of {len(waiting)} items; go on with --resume")


def _worked_on(start: Start, items: list[object], jobs: int) -> "Dataset":
    import ray.data

    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    per_block = max(1, min(ITEMS_PER_BLOCK, len(items) // (BLOCKS_PER_ACTOR * jobs)))
    rows = [{"number": number, "item": pickle.dumps(item)} for number, item in enumerate(items)]
    pool = ray.data.ActorPoolStrategy(size=jobs, max_tasks_in_flight_per_actor=BLOCKS_PER_ACTOR)
    blocks = ray.data.from_items(rows, override_num_blocks=-(-len(items) // per_block))
    return blocks.map(_Actor, fn_constructor_args=[start], compute=pool, num_cpus=CORES_PER_ACTOR)


class _Actor:
    """Holds the function, which is made when the first item comes."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._function: Function | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"number": row["number"], "answer": pickle.dumps(self._answer(pickle.loads(row["item"])))}

    def _answer(self, item: object) -> Answer | GraderError:
        try:
            if self._function is None:
                limit_threads()
                self._function = self._start()
            return attempt(self._function, item)
        except GraderError as error:  # raised where it is read: Ray would wrap it
            return error


def _opened(data: bytes) -> Answer:
    answer = pickle.loads(data)
    if isinstance(answer, GraderError):
        raise answer
    assert isinstance(answer, Answer)
    return answer
