"""Characters a reader cannot see or that steer the reader's program: shown, or taken out."""

import re

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_REORDERING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(r"[\u200b\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_LINE_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_STEERING = re.compile(f"[{_CONTROL}{_REORDERING}]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor moves
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*+(?:\x07|\x1b\\|\x9c)"  # titles, hyperlinks
)


def visible(text: str) -> str:
    """`text` with steering characters shown: controls as their pictures, direction marks as ``[U+202E]``.

    Zero-width characters go, line breaks become line feeds, lone surrogates U+FFFD. For HTML and Markdown.
    """
    text = _LINE_BREAK.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
    return _STEERING.sub(_picture, text)


def stripped(text: str) -> str:
    """`text` on one line without control, direction or zero-width characters. For terminals and tables."""
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", _LINE_BREAK.sub(" ", text)))
    return " ".join(_STEERING.sub("", text).split())


def without_surrogates(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 file can hold, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"[U+{code:04X}]"
