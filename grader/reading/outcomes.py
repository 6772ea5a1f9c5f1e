"""Why a document could not be read, in one line: what happened, and what to do about it."""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from grader.reading.wire import Answer, Ended
from grader.schema import Document, Limits, Reason
from grader.submissions import Ignored, Submission

LONGEST_TEXT = 500
_NONSENSE = Reason(
    code="reader_crashed", text="the process that reads it gave no sensible answer: needs a person"
)
_ENTRIES: TypeAdapter[list[dict[str, str | None | Reason]]] = TypeAdapter(
    list[dict[str, str | None | Reason]]
)


def parts(answer: Answer) -> tuple[str, bytes, bytes]:
    """The sha256 of the document, what kind the rest is, and the rest; each empty where it was not reached."""
    digest, _, rest = answer.output.partition(b"\n")
    kind, _, rest = rest.partition(b"\n")
    is_digest = len(digest) == 64 and digest.isalnum()
    return digest.decode("ascii") if is_digest and digest.isascii() else "", kind, rest


def document(source: str, member: str | None, data: bytes) -> Document | None:
    """The document that a child wrote as JSON; None where it is none, or not the one asked for."""
    try:
        read = Document.model_validate_json(data)
    except ValidationError:
        return None
    return read if (read.source, read.member) == (source, member) else None


def listing(source: str, path: Path, data: bytes) -> list[Submission | Ignored] | None:
    """What a child found in an archive; None where it wrote nothing of the kind."""
    try:
        return [_item(source, path, entry) for entry in _ENTRIES.validate_json(data)]
    except (ValidationError, TypeError):
        return None


def _item(source: str, path: Path, entry: dict[str, str | None | Reason]) -> Submission | Ignored:
    if "why" in entry:
        return Ignored(**entry)  # type: ignore[arg-type]  # the adapter has looked
    return Submission(source, path, **entry)  # type: ignore[arg-type]


def refusal(answer: Answer, limits: Limits) -> Reason:
    """Why `answer` holds no document."""
    if answer.ended is Ended.DONE:
        return _said(answer)
    code, text = {
        Ended.TIME: (
            "timeout",
            f"reading it takes more than {limits.seconds:g} s; raise --time-limit or have a person read it",
        ),
        Ended.MEMORY: (
            "out_of_memory",
            f"reading it takes more than {limits.memory_mib} MiB of memory; raise --memory-limit or have a "
            "person read it",
        ),
        Ended.OUTPUT: (
            "too_much_text",
            f"as read it is larger than {limits.output_mib} MiB: needs a person",
        ),
        Ended.DIED: (
            "reader_crashed",
            f"the process that reads it ended ({answer.how}); the file may be damaged: needs a person",
        ),
    }[answer.ended]
    return Reason(code=code, text=text)


def _said(answer: Answer) -> Reason:
    _, kind, rest = parts(answer)
    try:
        said = json.loads(rest)
        if kind == b"refused":
            return Reason(code=str(said["code"])[:40], text=_one_line(str(said["text"])))
        if kind == b"defect":
            text = (
                f"grader failed on this file ({_one_line(str(said))}); grade it by hand and please report it"
            )
            return Reason(code="crashed", text=text)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _NONSENSE
    return _NONSENSE


def _one_line(text: str) -> str:
    """What a child said, as one printable line."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:LONGEST_TEXT]
