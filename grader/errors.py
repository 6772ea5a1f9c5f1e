"""The few errors the library raises on purpose. Each message is one line: where, what, what to do."""

import traceback
from pathlib import PurePath


class GraderError(Exception):
    """Root of all errors a caller is meant to catch."""


class UsageError(GraderError):
    """An option, a path or a name that cannot be used; known names are listed in the message."""


class RubricError(GraderError):
    """A rubric file that cannot be used.

    The message names file, line and key and says what was expected.
    """


class ConfigurationError(GraderError):
    """A configuration file that cannot be used. The message names file, line and key, and what was expected."""


class ModelError(GraderError):
    """A language model that is missing, incomplete or not the one expected."""


class UnreadableError(GraderError):
    """A submission that cannot be read. It becomes a `skipped` result; the batch goes on.

    Attributes:
        code: short machine-readable reason, such as ``encrypted`` or ``no_text_layer``.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code

    def __reduce__(self) -> tuple[type["UnreadableError"], tuple[str, str]]:
        # Exceptions pickle by their message alone; both arguments must cross to another process.
        return type(self), (self.code, str(self))


def in_words(error: Exception) -> str:
    """An error that nobody foresaw, in one line: its type, the place in the code, its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{place}" + (f": {said}" if said else "")
