"""Portfolios: the documents in a zip archive, and in the archives inside it, one level deep."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import UnreadableError
from grader.readers.container import Budget, Container
from grader.schema import Reason
from grader.submissions.found import ARCHIVES, Ignored, Submission, is_document, is_hidden, printable


@dataclass(frozen=True)
class _Open:
    """An archive being listed; `inner` is its own name when it stands in another one."""

    source: str
    path: Path
    container: Container
    budget: Budget
    inner: str | None = None

    def refused(self, member: str, code: str, text: str) -> Submission:
        """The outcome for a member that is not to be opened."""
        return Submission(self.source, self.path, printable(member), self.inner, Reason(code=code, text=text))


def documents_in(source: str, path: Path, data: bytes) -> Iterator[Submission | Ignored]:
    """One submission per document in the archive `data`; an unusable archive is one refused submission."""
    budget = Budget()
    try:
        container = Container(data, budget, unique=False)
    except UnreadableError as error:
        yield Submission(source, path, problem=Reason(code=error.code, text=str(error)))
        return
    found = False
    for item in _members(_Open(source, path, container, budget)):
        found = found or isinstance(item, Submission)
        yield item
    if not found:
        yield Submission(source, path, problem=Reason(code="empty", text="the archive holds no document"))


def read_member(data: bytes, member: str, inner: str | None, budget: Budget | None = None) -> bytes:
    """Bytes of a document in the archive `data`. Raises UnreadableError as `Container` does."""
    budget = budget or Budget()
    container = Container(data, budget, unique=False)
    if inner is None:
        return container.read(member)
    return Container(container.read(inner), budget, unique=False).read(member.removeprefix(inner + "/"))


def _members(archive: _Open) -> Iterator[Submission | Ignored]:
    names = Counter(member.filename for member in archive.container.members)
    sizes = {member.filename: member.file_size for member in archive.container.members}
    for name in sorted(names):
        shown = f"{archive.inner}/{name}" if archive.inner else name
        suffix = PurePosixPath(name).suffix.lower()
        if any(is_hidden(part) for part in _parts(name) if part != ".."):
            continue
        if not is_document(suffix) and suffix not in ARCHIVES:
            yield Ignored(f"{archive.source}/{printable(shown)}", "not a document by its suffix")
        elif _is_unsafe(name):
            yield archive.refused(
                shown, "unsafe_archive", "its name points out of the archive; pack it again"
            )
        elif names[name] > 1:
            yield archive.refused(shown, "unsafe_archive", "several members have this name; pack it again")
        elif suffix not in ARCHIVES:
            yield _within_budget(archive, shown, sizes[name])
        elif archive.inner is not None:
            yield archive.refused(shown, "unsafe_archive", "archives are nested too deeply; unpack this one")
        else:
            yield from _nested(archive, name)


def _within_budget(archive: _Open, shown: str, size: int) -> Submission:
    """All documents of a portfolio share one budget; a declared size that is too small is refused later."""
    try:
        archive.budget.spend(size)
    except UnreadableError as error:
        return archive.refused(shown, error.code, f"the archive {error}; split it")
    return Submission(archive.source, archive.path, shown, archive.inner)


def _nested(archive: _Open, name: str) -> Iterator[Submission | Ignored]:
    try:
        container = Container(archive.container.read(name), archive.budget, unique=False)
    except UnreadableError as error:
        yield archive.refused(name, error.code, str(error))
        return
    yield from _members(_Open(archive.source, archive.path, container, archive.budget, inner=name))


def _is_unsafe(name: str) -> bool:
    parts = _parts(name)
    return ".." in parts or parts[0] == "" or parts[0].endswith(":") or "\x00" in name


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")
