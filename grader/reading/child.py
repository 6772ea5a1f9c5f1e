"""The child that reads one document: limits first, then the file, then nothing but parsing.

What it writes are lines: the sha256 of the document's bytes (empty where it could not be read), what the rest
is (`document`, `listing`, `refused`, `defect`), and the rest, as JSON.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.errors import UnreadableError, in_words
from grader.readers import read_document
from grader.readers.container import Budget
from grader.reading.wire import Request
from grader.schema import Limits
from grader.submissions import Ignored, Submission
from grader.submissions.archive import documents_in, read_member
from grader.submissions.files import read_regular

OUT_OF_MEMORY = 77
"""Exit code of a child that ran into its memory limit and could still say so."""
OPEN_FILES = 64
LAST_CALL = 5
"""Seconds after the time limit at which a child that nobody watches any more is ended by its own alarm."""
_FORBIDDEN = """
os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system os.startfile subprocess.Popen pty.spawn
socket.__new__ socket.bind socket.connect socket.getaddrinfo socket.gethostbyname
os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.chmod os.chown os.truncate shutil.rmtree
"""
FORBIDDEN = frozenset(_FORBIDDEN.split())
"""Audit events of the interpreter that no parser has a reason to cause."""


def run(request: Request, output: int) -> None:
    """Do what is asked, write it to the file descriptor `output`, and exit."""
    try:
        with os.fdopen(output, "wb") as stream:
            for piece in _pieces(request):
                stream.write(piece)
                stream.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def confine(limits: Limits) -> None:
    """Limit this process for good; where a system lacks a limit, the watching server is what is left."""
    import resource

    seconds = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_mib * 2**20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError):  # macOS does not limit the address space
            resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + LAST_CALL)


def forbid_all_but_parsing() -> None:
    """From now on Python code of this process starts nothing, connects to nothing and writes no file.

    It opens only files of its own program. A second fence: the parsers that are used try none of this.
    """
    sys.dont_write_bytecode = True
    own = tuple(
        {str(Path(folder).resolve()) for folder in (*sys.path, sys.prefix, sys.base_prefix) if folder}
    )

    def guard(event: str, args: tuple[Any, ...]) -> None:
        if event in FORBIDDEN or (event == "open" and _is_foreign(own, *args)):
            raise PermissionError(f"a reader may not do this: {event}")

    sys.addaudithook(guard)


def _is_foreign(own: tuple[str, ...], path: object, mode: str | None, flags: int) -> bool:
    if isinstance(path, int):
        return False
    writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    return bool(writes) or not os.path.realpath(os.fsdecode(path)).startswith(own)  # type: ignore[arg-type]


def _pieces(request: Request) -> Iterator[bytes]:
    digest = b""
    try:
        confine(request.limits)
        data = read_regular(Path(request.path))
        forbid_all_but_parsing()
        if request.task == "list":
            yield b"\nlisting\n" + _listing(request, data)
            return
        budget = Budget()
        if request.member is not None:
            data = read_member(data, request.member, request.inner, budget)
        digest = hashlib.sha256(data).hexdigest().encode()
        yield digest + b"\n"
        yield b"document\n" + _document(request, data, budget)
    except UnreadableError as error:
        yield (b"" if digest else b"\n") + b"refused\n" + _json({"code": error.code, "text": str(error)})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # the boundary of this process: a defect costs one document
        yield (b"" if digest else b"\n") + b"defect\n" + _json(in_words(error))


def _document(request: Request, data: bytes, budget: Budget) -> bytes:
    document = read_document(data, request.source, request.member, budget)
    return document.model_dump_json(exclude_defaults=True).encode()


def _listing(request: Request, data: bytes) -> bytes:
    return _json([_entry(item) for item in documents_in(request.source, Path(request.path), data)])


def _entry(item: Submission | Ignored) -> dict[str, Any]:
    if isinstance(item, Ignored):
        return {"source": item.source, "why": item.why}
    problem = item.problem and item.problem.model_dump()
    return {"member": item.member, "inner": item.inner, "problem": problem}


def _json(value: object) -> bytes:
    return json.dumps(value).encode("ascii")
