"""What was computed once and need not be again: bytes by what they were made from, on this machine only.

Nothing in here can change a result: a key names everything that a value depends on, a value that is damaged
counts as missing, and what is missing is computed.
"""

from grader.cache.folder import CACHE_VARIABLE, NO_CACHE_VARIABLE, cache_folder
from grader.cache.recall import Entries, Nothing, digest, recalled
from grader.cache.store import MAX_BYTES, Cache, Contents

__all__ = [
    "CACHE_VARIABLE",
    "MAX_BYTES",
    "NO_CACHE_VARIABLE",
    "Cache",
    "Contents",
    "Entries",
    "Nothing",
    "cache_folder",
    "digest",
    "recalled",
]
