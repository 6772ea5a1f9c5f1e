"""File names of reports: safe in any file system and URL, unique in a batch, the same in every run."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

Key = tuple[str, str | None]
"""Source and archive member of a document."""

LONGEST = 80
"""Characters kept of a path; with the hash and an extension far below what file systems allow."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")


def report_names(keys: Iterable[Key]) -> list[str]:
    """One name without extension per document, in order; no two are equal even where case is ignored."""
    keys = list(keys)
    names = [report_name(key) for key in keys]
    twins = Counter(name.casefold() for name in names)
    names = [
        _with_hash(name, key) if twins[name.casefold()] > 1 and "~" not in name else name
        for name, key in zip(names, keys, strict=True)
    ]
    seen: Counter[str] = Counter()
    for index, name in enumerate(names):  # the same file named twice
        seen[name] += 1
        if seen[name] > 1:
            names[index] = f"{name}~{seen[name]}"
    return names


def report_name(key: Key) -> str:
    """``team/prd.md`` → ``team__prd.md``, ``work.zip`` and ``prd.md`` → ``work.zip+prd.md``.

    A path that this would not keep apart from every other (spaces, letters outside ASCII, too long) gets
    a hash of the whole path after a ``~``, which no other name has.
    """
    source, member = key
    whole = source if member is None else f"{source}+{member}"
    ascii_only = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("-", ascii_only.replace("/", "__"))
    name = name.lstrip(".-_")[-LONGEST:].lstrip(".-_")
    if name == whole.replace("/", "__") and "__" not in whole and "+" not in source + (member or ""):
        return name
    return _with_hash(name or "document", key)


def _with_hash(name: str, key: Key) -> str:
    source, member = key
    # a NUL is in no path, so that no two keys are joined to the same text
    whole = source if member is None else f"{source}\0{member}"
    return f"{name}~{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
