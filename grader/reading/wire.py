"""What the processes say to each other: frames of bytes, each with its length in front."""

import json
import struct
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Literal

from grader.schema import Limits

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Request:
    """What a child is asked for: to read one document, or to list the documents of one archive.

    Attributes:
        source, member, inner: as in `Submission`.
        path: the file on disk; may hold bytes that are no text, as surrogates.
    """

    task: Literal["read", "list"]
    limits: Limits
    path: str
    source: str
    member: str | None = None
    inner: str | None = None

    def to_bytes(self) -> bytes:
        """As JSON, surrogates of odd file names escaped."""
        return json.dumps(asdict(self) | {"limits": self.limits.model_dump()}).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Request":
        """The reverse of `to_bytes`."""
        fields = json.loads(data)
        return cls(**fields | {"limits": Limits(**fields["limits"])})

    @property
    def name(self) -> str:
        """The name whose ending promises a format."""
        return self.member or Path(self.path).name


class Ended(StrEnum):
    """How a child came to its end."""

    DONE = "done"
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    DIED = "died"


@dataclass(frozen=True)
class Answer:
    """What came of a request.

    Attributes:
        how: in words, for a child that died: ``signal 11``.
        output: what the child wrote until then: the lines of `child.py`.
        seconds: wall time; peak_mib: largest resident memory, both as the server saw them.
    """

    ended: Ended
    how: str = ""
    output: bytes = b""
    seconds: float = 0
    peak_mib: int = 0

    def to_frames(self) -> tuple[bytes, bytes]:
        """The facts as JSON, and the output as it is."""
        facts = {key: value for key, value in asdict(self).items() if key != "output"}
        return json.dumps(facts).encode("ascii"), self.output

    @classmethod
    def from_frames(cls, facts: bytes, output: bytes) -> "Answer":
        """The reverse of `to_frames`."""
        fields = json.loads(facts)
        return cls(**fields | {"ended": Ended(fields["ended"]), "output": output})


def send(stream: BinaryIO, *frames: bytes) -> None:
    """Write frames. Raises OSError when the other side is gone."""
    for frame in frames:
        stream.write(_LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """The next frame. Raises EOFError when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError("the other process is gone")
    return data
