"""Results at an address: made in a folder here, and taken there when the run ends, however it ends.

What an unfinished run left there is fetched first, so that a later run, on any machine, can go on with it.
A run that is killed leaves its folder here, and the next one on this machine goes on with that.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.cache import cache_folder
from grader.errors import UsageError
from grader.output.durable import locked, remove_if_empty
from grader.output.journal import JOURNAL
from grader.output.ours import REPORTS, TOP_LEVEL, earlier_reports
from grader.remote import errors_named, filesystem, is_url

AT_ONCE = 500
"""Files that are sent with one call."""

Stamps = dict[str, tuple[int, int]]
"""Size and time of change, by path in the folder."""


@contextmanager
def staged(out: Path | str) -> Iterator[Path]:
    """A folder for `out`: itself, or for an address one that is sent there on leaving.

    Raises:
        UsageError: the address cannot be reached or written; the results then stay in the folder it names.
    """
    if not is_url(out):
        yield Path(out)
        return
    url = str(out).rstrip("/")
    place = cache_folder() / "staged" / hashlib.sha256(url.encode()).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = place / "results"
    try:
        with locked(place):
            before = {} if folder.is_dir() else _fetched(url, folder)
            earlier = {f"{REPORTS}/{name}" for name in earlier_reports(folder)}
            try:
                yield folder
            finally:
                if folder.is_dir():
                    _send(folder, url, before, earlier)
                    shutil.rmtree(folder)
    except UsageError as error:
        said = str(error).replace(f"--out {folder}", f"--out {url}").replace(f"--out {place}", f"--out {url}")
        raise UsageError(said) from error
    finally:
        remove_if_empty(place)


def _fetched(url: str, folder: Path) -> Stamps:
    """Fetch what a run here would look at; returns what that was."""
    with errors_named(url), _nothing_by_halves(folder):
        files, root = filesystem(url)
        there = {Path(name).name for name in files.ls(root, detail=False)} if files.exists(root) else set()
        wanted = [name for name in (*TOP_LEVEL, JOURNAL) if name in there]
        if JOURNAL in there and REPORTS in there:
            pages = files.ls(f"{root}/{REPORTS}", detail=False)
            wanted += [f"{REPORTS}/{Path(name).name}" for name in pages]
        (folder / REPORTS if REPORTS in there else folder).mkdir(parents=True)
        for some in _portions(wanted):
            files.get([f"{root}/{name}" for name in some], [str(folder / name) for name in some])
    return _stamps(folder)


@contextmanager
def _nothing_by_halves(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _send(folder: Path, url: str, before: Stamps, earlier: set[str]) -> None:
    """Send what is new or has changed, reports first; remove what of an earlier run is no longer there."""
    now = _stamps(folder)
    changed = sorted((name for name in now if now[name] != before.get(name)), key=_late)
    if not changed:
        return
    try:
        with errors_named(url):
            files, root = filesystem(url)
            files.makedirs(f"{root}/{REPORTS}", exist_ok=True)
            for some in _portions(changed):
                files.put([str(folder / name) for name in some], [f"{root}/{name}" for name in some])
            # the journal too where this run did not fetch it: one that was killed in between may have left it
            for name in sorted((earlier | set(before) | {JOURNAL}) - set(now)):
                if files.exists(f"{root}/{name}"):
                    files.rm(f"{root}/{name}")
    except UsageError as error:
        raise UsageError(f"--out {error}; the results are kept in {folder}: copy them there") from error


def _late(name: str) -> tuple[bool, str]:
    return not name.startswith(REPORTS), name


def _portions(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]


def _stamps(folder: Path) -> Stamps:
    """Of all files of results in the folder."""
    found: Stamps = {}
    for path in (*folder.glob("*"), *(folder / REPORTS).glob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (name in (*TOP_LEVEL, JOURNAL) or name.startswith(f"{REPORTS}/")):
            status = path.stat()
            found[name] = status.st_size, status.st_mtime_ns
    return found
