"""The cache on disk: what comes back, and that nothing that happens to the file can do harm."""

import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cache import Cache, Nothing, cache_folder, digest, recalled
from grader.cache.store import FILE, LOOK_EVERY
from grader.errors import UsageError

KEYS = [digest("key", str(number)) for number in range(3)]


def test_values_come_back_and_unknown_keys_do_not(tmp_path: Path) -> None:
    with Cache(tmp_path / "new") as cache:
        assert cache.get(KEYS) == {} and cache.has(KEYS) == set()
        assert not (tmp_path / "new").exists()  # asking makes nothing
        cache.put({KEYS[0]: b"one", KEYS[1]: b""})
        assert cache.get(KEYS) == {KEYS[0]: b"one", KEYS[1]: b""}
        assert cache.has(KEYS) == set(KEYS[:2])
    with Cache(tmp_path / "new") as again:
        assert again.get([KEYS[0]]) == {KEYS[0]: b"one"}
        assert again.contents().values == 2
        again.clear()
        assert again.get(KEYS) == {} and again.contents().values == 0


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    many = {digest(str(number)): str(number).encode() for number in range(1_234)}
    with Cache(tmp_path) as cache:
        cache.put(many)
        assert cache.get(list(many)) == many


def test_a_damaged_value_is_missing(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({key: b"a value" for key in KEYS})
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE entry SET value = ? WHERE key = ?", (b"another value", KEYS[0]))
        connection.execute("UPDATE entry SET checksum = x'00' WHERE key = ?", (KEYS[1],))
    connection.close()
    with Cache(tmp_path) as cache:
        assert cache.get(KEYS) == {KEYS[2]: b"a value"}


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be one" * 9, b"SQLite format 3\0" * 99]
)
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with Cache(tmp_path) as cache:
        assert cache.get(KEYS) == {}
        cache.put({KEYS[0]: b"one"})
        cache.put({KEYS[0]: b"one"})
        assert cache.get(KEYS) == {KEYS[0]: b"one"}


def test_a_database_cut_short_does_no_harm(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({digest(str(number)): os.urandom(5_000) for number in range(50)})
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with Cache(tmp_path) as cache:
        cache.get([digest(str(number)) for number in range(50)])
        cache.put({KEYS[0]: b"one"})
        cache.put({KEYS[0]: b"one"})
        assert cache.get(KEYS) == {KEYS[0]: b"one"}


def test_a_folder_that_cannot_be_made_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "cache") as cache:
        cache.put({KEYS[0]: b"one"})
        assert cache.get(KEYS) == {} and cache.contents().values == 0


def test_it_stays_below_its_size(tmp_path: Path) -> None:
    with Cache(tmp_path, max_bytes=100_000) as cache:
        for number in range(2 * LOOK_EVERY):
            cache.put({digest(str(number)): os.urandom(4_000)})
        assert 5 < cache.contents().values < LOOK_EVERY + 26


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from grader.cache import Cache, digest\n"
        "with Cache(Path(sys.argv[1])) as cache:\n"
        "    for number in range(40): cache.put({digest(sys.argv[2], str(number)): sys.argv[2].encode()})\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, tmp_path, name]) for name in "abc"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with Cache(tmp_path) as cache:
        for name in "abc":
            keys = [digest(name, str(number)) for number in range(40)]
            assert cache.get(keys) == dict.fromkeys(keys, name.encode())


def test_it_goes_to_another_process_without_its_connection(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({KEYS[0]: b"one"})
        with pickle.loads(pickle.dumps(cache)) as copy:
            assert copy.get(KEYS) == {KEYS[0]: b"one"}


def test_parts_of_a_key_cannot_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")


def test_each_item_is_computed_once_and_then_recalled(tmp_path: Path) -> None:
    asked: list[tuple[str, ...]] = []

    def compute(item: tuple[str, ...]) -> bytes:
        asked.append(item)
        return item[0].upper().encode()

    items = [("a",), ("b",), ("a",)]
    with Cache(tmp_path) as cache:
        assert recalled(cache, ("version 1",), items, compute) == [b"A", b"B", b"A"]
        assert asked == [("a",), ("b",)]
        assert recalled(cache, ("version 1",), items, compute) == [b"A", b"B", b"A"]
        assert len(asked) == 2
        recalled(cache, ("version 2",), items, compute)
        assert len(asked) == 4
    assert recalled(Nothing(), ("version 1",), items, compute) == [b"A", b"B", b"A"]
    assert len(asked) == 6


def test_the_folder_is_the_one_that_a_variable_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("GRADER_CACHE_DIR", raising=False)
    assert cache_folder() == tmp_path / "grader"
    monkeypatch.setenv("GRADER_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"


@pytest.mark.parametrize("variable", ["GRADER_CACHE_DIR", "XDG_CACHE_HOME"])
def test_the_home_of_a_user_that_there_is_not_is_named(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADER_CACHE_DIR", raising=False)
    monkeypatch.setenv(variable, "~no-such-user/cache")
    with pytest.raises(UsageError, match=f"{variable}: ~no-such-user/cache: there is no such user"):
        cache_folder()
