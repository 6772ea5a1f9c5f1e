"""Values by what they were made from: recalled where they are known, computed and kept where not."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol


class Entries(Protocol):
    """Something that keeps bytes by key: `Cache`, or `Nothing`."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values of those keys that are known."""

    def has(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those keys that seem to be known; a value can still turn out to be damaged."""

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep these values."""

    def close(self) -> None:
        """Free what is held; the next use takes it again."""


class Nothing:
    """Keeps nothing, so that everything is computed."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {}

    def has(self, keys: Sequence[bytes]) -> set[bytes]:
        return set()

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        return None

    def close(self) -> None:
        return None


def digest(*parts: str) -> bytes:
    """sha256 over `parts`; no two lists of parts have the same."""
    sha256 = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha256.update(len(data).to_bytes(8, "little") + data)
    return sha256.digest()


def recalled(
    entries: Entries,
    made_by: Sequence[str],
    items: Sequence[tuple[str, ...]],
    compute: Callable[[tuple[str, ...]], bytes],
) -> list[bytes]:
    """One value per item, in order; each distinct item is computed at most once.

    Args:
        made_by: everything but the item that a value depends on: what it is, code, models, versions.
        compute: the value of one item, which must not depend on the others.
    """
    keys = {item: digest(*made_by, *item) for item in dict.fromkeys(items)}
    known = entries.get(list(keys.values()))
    fresh = {key: compute(item) for item, key in keys.items() if key not in known}
    if fresh:
        entries.put(fresh)
    return [known[keys[item]] if keys[item] in known else fresh[keys[item]] for item in items]
