"""When a draft is seen to have changed: whatever an editor does to the file, once per save."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.drafts.watch import changes

Deed = Callable[[Path], None]


def write(text: str) -> Deed:
    return lambda path: None if path.write_text(text) else None


def replace_with(text: str) -> Deed:
    def deed(path: Path) -> None:
        new = path.with_name("new")
        new.write_text(text)
        new.replace(path)

    return deed


def nothing(path: Path) -> None:
    pass


def times_seen(path: Path, *deeds: Deed) -> int:
    """How often a change is seen when one thing is done in each pause, until there is nothing left to do."""
    waiting: Iterator[Deed] = iter(deeds)

    class Done(Exception):
        pass

    def pause(seconds: float) -> None:
        deed = next(waiting, None)
        if deed is None:
            raise Done
        deed(path)

    seen = 0
    with pytest.raises(Done):
        for _ in changes([path], pause):
            seen += 1
    return seen


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("one")
    return path


@pytest.mark.parametrize(
    "deeds, seen",
    [
        ([nothing, nothing], 1),  # at once, then never again
        ([write("another"), nothing, nothing], 2),
        ([replace_with("two"), nothing, nothing], 2),  # as long as before
        ([write("ano"), write("anoth"), write("another"), nothing, nothing], 2),  # a save in pieces
        ([Path.unlink, nothing, nothing], 2),
        ([Path.unlink, write("back"), nothing, nothing], 2),  # an editor that deletes first
        ([Path.unlink, nothing, write("back"), nothing, nothing], 3),
        ([lambda path: path.rename(path.with_name("b.md")), nothing, nothing], 2),
        ([write("two words"), nothing, nothing, write("three more words"), nothing], 3),
    ],
)
def test_each_save_is_seen_once_when_it_is_over(draft: Path, deeds: list[Deed], seen: int) -> None:
    assert times_seen(draft, *deeds) == seen


def test_a_change_while_the_caller_is_at_work_is_seen_afterwards(draft: Path) -> None:
    class Done(Exception):
        pass

    pauses = iter(range(3))

    def pause(seconds: float) -> None:
        if next(pauses, None) is None:
            raise Done

    seen = 0
    with pytest.raises(Done):
        for _ in changes([draft], pause):
            seen += 1
            if seen == 1:
                draft.write_text("written meanwhile")
    assert seen == 2


def test_any_of_several_files_counts(tmp_path: Path) -> None:
    paths = [tmp_path / "a.md", tmp_path / "b.md"]
    deeds: Iterator[Deed] = iter([write("b"), nothing])
    found = changes(paths, lambda seconds: next(deeds)(paths[1]))
    next(found)
    next(found)
    assert next(deeds, None) is None
