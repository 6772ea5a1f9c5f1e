"""Runs the real command on a folder and watches it: each result as it comes, time and memory with all children."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

MEMORY_EVERY = 0.25
"""Seconds between two looks at the memory: a shorter peak is not seen."""

COMMAND = (sys.executable, "-c", "from grader.cli import main; main()")


@dataclass(frozen=True)
class Line:
    """One line of stdout, the seconds since the line before, and the most memory in between, in MiB."""

    text: str
    seconds: float
    mib: float


@dataclass
class Watched:
    """What a command did.

    Attributes:
        left_behind: its processes that were still there when it had ended.
    """

    exit_code: int = 0
    seconds: float = 0
    lines: list[Line] = field(default_factory=list)
    errors: str = ""
    left_behind: list[str] = field(default_factory=list)


def watched(arguments: list[str], limit: float) -> Watched:
    """Run ``grader`` with `arguments`. Raises subprocess.TimeoutExpired after `limit` seconds."""
    found = Watched()
    began = time.monotonic()
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout and process.stderr
        memory = _Memory(process.pid)
        errors: list[bytes] = []
        reader = threading.Thread(target=_collect, args=(process.stderr, errors))
        lines = threading.Thread(target=_time, args=(process.stdout, memory, found.lines))
        for thread in (memory, reader, lines):
            thread.start()
        try:
            found.exit_code = process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            memory.ended.set()
        reader.join()
        lines.join()
        found.left_behind = [name for pid in memory.seen if (name := _command_of(pid))]
    found.seconds = time.monotonic() - began
    found.errors = b"".join(errors).decode("utf-8", "backslashreplace")
    return found


def _collect(stream: IO[bytes], into: list[bytes]) -> None:
    into.append(stream.read())


def _time(stream: IO[bytes], memory: "_Memory", into: list[Line]) -> None:
    before = time.monotonic()
    for data in stream:
        now = time.monotonic()
        text = data.decode("utf-8", "backslashreplace").removesuffix("\n")
        into.append(Line(text, now - before, memory.most_since()))
        before = now


class _Memory(threading.Thread):
    """Looks at a process and all below it, time and again."""

    def __init__(self, root: int) -> None:
        super().__init__()
        self.ended = threading.Event()
        self.seen: set[int] = set()
        self._root = root
        self._most = 0.0

    def run(self) -> None:
        while not self.ended.wait(MEMORY_EVERY):
            processes = _tree(self._root)
            self.seen.update(processes)
            self._most = max(self._most, sum(map(_mib, processes)))

    def most_since(self) -> float:
        """The most since the last time this was asked, in MiB."""
        most, self._most = self._most, 0.0
        return most


def _tree(root: int) -> list[int]:
    """`root` and its descendants."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:  # it has ended in the meantime
                continue
            below.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for process in found:
        found += below.get(process, [])
    return found


def _mib(process: int) -> float:
    """What a process holds for itself and its share of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _command_of(process: int) -> str:
    try:
        state = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
    return "" if state == "Z" or process == os.getpid() else command
