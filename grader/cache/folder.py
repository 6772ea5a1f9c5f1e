"""Where the cache is: the folder that the system has for such things, or the one that a variable names."""

import os
import sys
from pathlib import Path

CACHE_VARIABLE = "GRADER_CACHE_DIR"
NO_CACHE_VARIABLE = "GRADER_NO_CACHE"


def cache_folder() -> Path:
    """``$GRADER_CACHE_DIR``, else ``grader`` in the user's cache folder. It need not exist."""
    if given := os.environ.get(CACHE_VARIABLE):
        return Path(given).expanduser()
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given).expanduser() / "grader"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "grader" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "grader"
    return Path.home() / ".cache" / "grader"
