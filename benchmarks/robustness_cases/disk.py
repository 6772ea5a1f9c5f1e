"""What stands in a folder and is no ordinary file."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.robustness_cases.case import NOT_A_RESULT, SHORT, Case, honest

_TOO_SHORT = "not_scorable:too_short"


def cases() -> Iterator[Case]:
    yield Case("disk", "control.md", SHORT, _TOO_SHORT)
    yield Case("disk", "pipe.md", os.mkfifo, "skipped:not_a_file")
    yield Case("disk", "socket.txt", _socket, "skipped:not_a_file")
    yield Case("disk", "giant.md", _sparse(2**40), "skipped:too_large")
    yield Case("disk", "giant.zip", _sparse(2**40), "skipped:too_large")
    yield Case("disk", "out.md", _link("/etc/passwd"), "skipped:link")
    yield Case("disk", "up.md", _link("../../../../../../../../etc/hostname"), "skipped:link")
    yield Case("disk", "nowhere.md", _link("does-not-exist.md"), "skipped:link")
    yield Case("disk", "loop.md", _link("loop.md"), "skipped:link")
    yield Case("disk", "inside.md", _link("control.md"), NOT_A_RESULT)
    yield Case("disk", "out", _link("/etc"), "skipped:link")
    yield Case("disk", "twin.md", _hard_link("control.md"), _TOO_SHORT)
    yield Case("disk", "device.md", _device, "skipped:not_a_file")
    yield Case("disk", "folder.md", _folder, members={"inside.md": _TOO_SHORT})
    yield Case("disk", ".hidden.md", honest(), NOT_A_RESULT)
    yield Case("disk", "deep", _deep, members={f"{'d/' * 60}a.md": _TOO_SHORT})
    if os.geteuid() != 0:  # root may read everything
        yield Case("disk", "forbidden.md", _forbidden, "skipped:unreadable")


def _socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)


def _device(path: Path) -> None:
    """A device where that is allowed, else a pipe: both would never end."""
    try:
        os.mknod(path, 0o20644, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(path)


def _sparse(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _hard_link(target: str) -> Callable[[Path], None]:
    return lambda path: path.hardlink_to(path.with_name(target))


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.md").write_text(SHORT)


def _deep(path: Path) -> None:
    folder = path / Path(*["d"] * 60)
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(SHORT)


def _forbidden(path: Path) -> None:
    path.write_text(honest())
    path.chmod(0)
