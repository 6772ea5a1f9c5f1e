"""Where the cache is: the folder that the system has for such things, or the one that a variable names."""

import os
import sys
from pathlib import Path

from grader.errors import UsageError

CACHE_VARIABLE = "GRADER_CACHE_DIR"
NO_CACHE_VARIABLE = "GRADER_NO_CACHE"


def cache_folder() -> Path:
    """``$GRADER_CACHE_DIR``, else ``grader`` in the user's cache folder. It need not exist.

    Raises:
        UsageError: a variable names the home of a user that there is not.
    """
    if given := _from_environment(CACHE_VARIABLE):
        return given
    if given := _from_environment("XDG_CACHE_HOME"):
        return given / "grader"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "grader" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "grader"
    return Path.home() / ".cache" / "grader"


def _from_environment(variable: str) -> Path | None:
    given = os.environ.get(variable)
    if not given:
        return None
    try:
        return Path(given).expanduser()
    except RuntimeError as error:
        raise UsageError(
            f"{variable}: {given}: there is no such user; give the folder's full path"
        ) from error
