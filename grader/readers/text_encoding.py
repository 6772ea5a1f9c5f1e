"""Bytes → text, and an honest word about it where the bytes were not clean."""

import codecs
import re
from dataclasses import dataclass

from grader.errors import UnreadableError
from grader.schema import Flag

DETECTION_SAMPLE = 64 * 1024
"""Bytes of a file looked at to guess its encoding; guessing is slow, and this much decides it."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARABLE = re.compile(
    r"(utf-?8|us-ascii|ascii|latin-?1|iso-?8859-?\d+|windows-\d+|cp\d+|macintosh|koi8-[ru]|shift[-_]jis|sjis"
    r"|x-sjis|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5)",
    re.I,
)
"""Names a page may give its encoding. Of what else Python knows, some would hide or invent text (utf-7 …)."""

_MEANT_AS_1252 = re.compile(r"us-ascii|ascii|latin-?1|iso-?8859-?1", re.I)
"""Names that browsers read as windows-1252, since that is what is written under them."""

_WESTERN = ("cp1252", "mac_roman")
_USUAL = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØŒÚÛÜ“”‘’„‚–—…•·€£¥¢©®™°§¶†«»‹›½¼¾×±²³µ¿¡\xa0"
)
"""Characters beyond ASCII that texts in English and its neighbours use."""


@dataclass(frozen=True)
class DecodedText:
    """Text with line ends as ``\\n`` and no NUL, and flags for what was repaired."""

    text: str
    flags: tuple[Flag, ...] = ()


def decode(data: bytes, declared: str | None = None) -> DecodedText:
    """Decode a text file: byte-order mark, strict UTF-8, the `declared` encoding, then a guess.

    Raises:
        UnreadableError: no encoding gives readable text.
    """
    text, repaired = _decode(data, declared)
    flags = []
    if repaired:
        message = f"Not UTF-8: read as {repaired}. Save the file as UTF-8 to be sure of every character."
        flags.append(Flag(code="encoding_repaired", severity="info", message=message))
    if nul := text.count("\x00"):
        text = text.replace("\x00", "")
        message = f"{nul} NUL characters were left out."
        flags.append(Flag(code="nul_characters", severity="info", message=message))
    return DecodedText(re.sub(r"\r\n?", "\n", text), tuple(flags))


def utf16_without_mark(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where every other byte is NUL, as in mostly Latin text."""
    sample = data[:DETECTION_SAMPLE]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _decode(data: bytes, declared: str | None) -> tuple[str, str | None]:
    """The text, and the name of the encoding where it was not plainly known."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly_or_repaired(data, encoding)
    if encoding_guess := utf16_without_mark(data):
        return data.decode(encoding_guess, errors="replace"), encoding_guess
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if declared and _DECLARABLE.fullmatch(declared):
        declared = "cp1252" if _MEANT_AS_1252.fullmatch(declared) else declared
        if (text := _try(data, declared)) is not None:
            return text, None
    return _guess(data)


def _strictly_or_repaired(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), encoding


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _guess(data: bytes) -> tuple[str, str]:
    if _mostly_utf8(data):
        return data.decode("utf-8", errors="replace"), "utf-8 with broken characters"
    for encoding in _WESTERN:
        if _is_usual(data[:DETECTION_SAMPLE].decode(encoding, errors="replace")):
            return data.decode(encoding, errors="replace"), encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data[:DETECTION_SAMPLE]).best()
    if best is None:
        raise UnreadableError("unknown_encoding", "The text is in no known encoding; save it as UTF-8.")
    return data.decode(best.encoding, errors="replace"), best.encoding


def _mostly_utf8(data: bytes) -> bool:
    """True where a few broken bytes stand among many well-formed characters beyond ASCII."""
    text = data[:DETECTION_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for char in text if ord(char) > 127) - broken
    return beyond_ascii > 2 * broken


def _is_usual(text: str) -> bool:
    """True where nearly all characters beyond ASCII are of the kind that such a text uses, and not in heaps."""
    beyond_ascii = [char for char in text if ord(char) > 127]
    usual = sum(char in _USUAL for char in beyond_ascii)
    return usual >= 0.9 * len(beyond_ascii) and len(beyond_ascii) <= 0.15 * len(text)
