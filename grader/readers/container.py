"""Zip containers read in pieces under running caps: nothing is extracted, nothing is read whole unseen.

Used for docx, pptx and odt, and for portfolios. An archive inside an archive draws on the same `Budget`.
"""

import io
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass

from grader.errors import UnreadableError

PIECE = 64 * 1024
MAX_MEMBERS = 10_000
MAX_DIRECTORY = 4 * 2**20
MAX_MEMBER_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_RATIO = 150
RATIO_MATTERS_FROM = 4 * 2**20  # small members may compress very well and still be honest
END_OF_DIRECTORY = b"PK\x05\x06"
LONGEST_END = 22 + 65_535
"""Bytes of the record at the end of an archive with the longest comment it can have."""
LOCAL_HEADER = b"PK\x03\x04"
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass
class Budget:
    """Unpacked bytes that may still be read; shared by an archive and the archives inside it."""

    left: int = MAX_TOTAL_BYTES

    def spend(self, count: int) -> None:
        """Raises UnreadableError ``too_large`` when the budget is used up."""
        self.left -= count
        if self.left < 0:
            raise UnreadableError("too_large", f"unpacks to more than {MAX_TOTAL_BYTES // 2**20} MiB")


class Container:
    """An open zip archive, checked before its first member is read.

    Raises UnreadableError on opening: ``damaged`` (truncated, no directory, members outside the file),
    ``unsafe_archive`` (overlapping members, too many of them, two of one name where `unique` is asked for).
    """

    def __init__(self, data: bytes, budget: Budget | None = None, *, unique: bool = True) -> None:
        self._budget = budget or Budget()
        _refuse_huge_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise UnreadableError("damaged", f"damaged archive: {error}; save or pack it again") from None
        self.members = tuple(member for member in self._zip.infolist() if not member.filename.endswith("/"))
        if len(self.members) > MAX_MEMBERS:
            raise UnreadableError(
                "unsafe_archive", f"archive has more than {MAX_MEMBERS:,} members; split it"
            )
        self._by_name = {member.filename: member for member in reversed(self.members)}
        if unique and len(self._by_name) < len(self.members):
            raise UnreadableError("unsafe_archive", "two members have the same name; save the file again")
        _refuse_overlaps(data, self._zip)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """Unpacked bytes of one member.

        Raises UnreadableError: ``encrypted``, ``damaged`` (also when there is no such member),
        ``too_large`` (bytes), ``unsafe_archive`` (ratio, unusual compression, link).
        """
        info = self._by_name.get(member) if isinstance(member, str) else member
        if info is None:
            raise UnreadableError("damaged", f"the file has no part {member}; save it again")
        _refuse_member(info)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(PIECE):
                    pieces.append(piece)
                    size += len(piece)
                    self._budget.spend(len(piece))
                    _refuse_growth(info, size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            struct.error,
        ) as error:
            text = f"damaged archive member {info.filename}: {error}; save or pack it again"
            raise UnreadableError("damaged", text) from None
        if size < info.file_size:
            text = f"archive member {info.filename} is truncated; save or pack it again"
            raise UnreadableError("damaged", text)
        return b"".join(pieces)


def _refuse_huge_directory(data: bytes) -> None:
    """The directory is parsed whole by the zip library, so its size is looked at first."""
    tail = data[-LONGEST_END:]
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        raise UnreadableError("damaged", "damaged: its end is missing (truncated?); save or pack it again")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    if size > MAX_DIRECTORY:
        raise UnreadableError("unsafe_archive", "archive directory is too large to be honest; pack it again")


def _refuse_overlaps(data: bytes, archive: zipfile.ZipFile) -> None:
    """Members that share bytes are how a small file unpacks to a huge one."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    starts = [member.header_offset for member in members] + [archive.start_dir]
    for member, following in zip(members, starts[1:], strict=True):
        header = data[member.header_offset : member.header_offset + 30] if member.header_offset >= 0 else b""
        if len(header) < 30 or header[:4] != LOCAL_HEADER:
            text = f"archive member {member.filename} is not where it should be; pack it again"
            raise UnreadableError("damaged", text)
        name, extra = struct.unpack_from("<HH", header, 26)
        if member.header_offset + 30 + name + extra + member.compress_size > following:
            raise UnreadableError("unsafe_archive", "archive members overlap; pack it again")


def _refuse_member(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise UnreadableError("encrypted", f"{info.filename} is encrypted; remove the password")
    if info.compress_type not in READABLE_METHODS:
        raise UnreadableError(
            "unsafe_archive", f"{info.filename} is compressed in an unusual way; pack it again"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableError(
            "unsafe_archive", f"{info.filename} is a link; put the file itself into the archive"
        )


def _refuse_growth(info: zipfile.ZipInfo, size: int) -> None:
    if size > MAX_MEMBER_BYTES:
        raise UnreadableError(
            "too_large",
            f"{info.filename} unpacks to more than {MAX_MEMBER_BYTES // 2**20} MiB; make it smaller",
        )
    if size > RATIO_MATTERS_FROM and size > MAX_RATIO * max(info.compress_size, 1):
        raise UnreadableError(
            "unsafe_archive", f"{info.filename} unpacks to more than {MAX_RATIO} times its size; leave it out"
        )
