"""Addresses such as ``s3://bucket/folder``: what they are, and the file system that answers there."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

log = logging.getLogger(__name__)


def is_url(path: object) -> bool:
    """Whether it names a place by scheme, such as ``s3://…``, rather than a path on this machine."""
    scheme, separator, _ = str(path).partition("://")
    return bool(separator) and scheme.replace("+", "").isalnum()


def local_path(path: str | Path) -> Path | None:
    """Where a path, or an address of the scheme ``file``, lies on this machine; None for other addresses."""
    if not is_url(path):
        return Path(path)
    parts = urlsplit(str(path))
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def filesystem(url: str) -> "tuple[AbstractFileSystem, str]":
    """The file system of `url`, and the path in it. Options such as keys come from its own environment.

    Raises:
        UsageError: fsspec or what it needs for this scheme is not installed, or there is no such scheme.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(f'{url}: addresses need fsspec; pip install "grader[ray]"') from None
    try:
        files, path = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {' '.join(str(error).split())}") from None
    return files, path


@contextmanager
def errors_named(url: str) -> Iterator[None]:
    """What goes wrong there, as a UsageError of one line that names it."""
    try:
        yield
    except GraderError:
        raise
    except Exception as error:  # each kind of storage raises kinds of its own
        log.debug("failed at %s", url, exc_info=True)
        said = " ".join(str(error).split())[:200]
        raise UsageError(f"{url}: {type(error).__name__}" + (f": {said}" if said else "")) from error
