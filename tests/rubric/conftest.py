"""A small rubric of two files, whole or with one thing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small() -> Path:
    """The main file of a rubric that loads."""
    return SMALL / "rubric.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Copies the small rubric with `old` replaced by `new` once in `file`; the copy's main file."""

    def change(old: str, new: str, file: str = "rubric.yaml") -> Path:
        folder = tmp_path / "small"
        shutil.copytree(SMALL, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder / "rubric.yaml"

    return change
