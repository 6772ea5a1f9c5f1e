"""Whole numbers as files state them: strangers' files, so any of them may be none, or thousands of digits long."""

import re

_WHOLE = re.compile(r"-?\d{1,11}")


def whole(text: str | None, otherwise: int = 0) -> int:
    """The number that `text` is; `otherwise` where it is none, or one of more than eleven digits."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise
