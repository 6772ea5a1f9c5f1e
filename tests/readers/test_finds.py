"""Every input that ever brought a reader down, and what fuzzing found since: read or refused, never a defect.

A new find is put into ``finds`` under a name that says what it does; `benchmarks.fuzz_readers` starts from them.
"""

from pathlib import Path

import pytest

from grader.errors import UnreadableError
from grader.readers import SUFFIXES, read_document

FINDS = sorted(Path(__file__).with_name("finds").glob("*.*"))


@pytest.mark.parametrize("path", FINDS, ids=lambda path: path.name)
def test_a_find_is_read_or_refused(path: Path) -> None:
    assert path.suffix in SUFFIXES
    try:
        document = read_document(path.read_bytes(), path.name)
    except UnreadableError as error:
        assert error.code and str(error).isprintable()
    else:
        document.model_dump_json()


def test_there_are_finds() -> None:
    assert FINDS
