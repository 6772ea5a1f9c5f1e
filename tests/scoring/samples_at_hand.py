"""The project's samples, read once each, with what a careful reader says of them."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ruamel.yaml import YAML

from grader.readers import read_document
from grader.schema import Document

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(SAMPLES / "expected.yaml")


@lru_cache(maxsize=64)
def sample(name: str) -> Document:
    """The sample of that name; ``archive.zip/member`` for one in an archive."""
    source, inside, member = name.partition(".zip/")
    if not inside:
        return read_document((SAMPLES / name).read_bytes(), name)
    with ZipFile(SAMPLES / f"{source}.zip") as archive:
        path = next(entry for entry in archive.namelist() if entry.endswith(member))
        return read_document(archive.read(path), f"{source}.zip", path)


def by_quality(kind: str) -> dict[str, str]:
    """Names of the samples of a kind by quality, archives left out."""
    return {e["quality"]: name for name, e in EXPECTED.items() if e["kind"] == kind and ".zip/" not in name}
