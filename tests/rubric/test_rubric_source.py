"""YAML as plain values with lines, and everything that an untrusted file may not do."""

from pathlib import Path

import pytest

from grader.errors import RubricError
from grader.rubric.source import MAX_BYTES, MAX_DEPTH, key_path, parse, read_source


def test_values_and_lines() -> None:
    source = parse("a: 1\nb:\n  - x\n  - c: 1.5\n    d: 'yes'\ne: >-\n  two\n  lines\n", "f.yaml")
    assert source.content == {"a": 1, "b": ["x", {"c": 1.5, "d": "yes"}], "e": "two lines"}
    assert source.lines[("b", 1, "d")] == 5
    assert source.lines[("e",)] == 6


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.0.0", "1.0.0"),
        ("2026-01-31", "2026-01-31"),
        ("yes", "yes"),
        ("true", True),
        ("~", None),
        ("'  spaces around  '", "spaces around"),
    ],
)
def test_scalars_are_read_as_a_teacher_means_them(written: str, read: object) -> None:
    assert parse(f"a: {written}\n", "f.yaml").content == {"a": read}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b: c\n", "f.yaml:1: not valid YAML: mapping values are not allowed here"),
        ("a: 1\nb: [1, 2\n", "f.yaml:3: not valid YAML: expected ',' or ']', but got '<stream end>'"),
        ("a:\n\tb: 1\n", "f.yaml:2: not valid YAML: found character '\\t' that cannot start any token"),
        ("a: 1\nx: 2\na: 3\n", "f.yaml:3: a: written twice; first on line 1"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document starts here; expected one per file"),
        ("# nothing\n", "f.yaml: is empty; expected a rubric in YAML"),
        ("? [a]\n: b\n", "f.yaml:1: a key that is a list or mapping; expected a plain word"),
        ('a:\n  b: "\\e[31mred"\n', "f.yaml:2: a.b: control character U+001B; expected plain text"),
        ('a: "\\u202etxt"\n', "f.yaml:1: a: control character U+202E; expected plain text"),
        ('"a\\e": 1\n', "f.yaml:1: control character U+001B; expected plain text"),
        (f"a: 1{'0' * 6000}\n", f"f.yaml:1: a: 1{'0' * 38}… is not a number; put it in quotes"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_the_place(text: str, message: str) -> None:
    with pytest.raises(RubricError) as error:
        parse(text, "f.yaml")
    assert str(error.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system [echo]\n",
        "a: !!binary aGVsbG8=\n",
        "!!map\na: 1\n",
        "!x a: 1\n",
        "a: &bomb [x, x]\nb: [*bomb, *bomb]\n",
        "a: &loop\n  b: *loop\n",
    ],
)
def test_tags_and_aliases_are_refused(text: str) -> None:
    with pytest.raises(RubricError, match=r"^f\.yaml:1: .*are not used in rubrics"):
        parse(text, "f.yaml")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_however_deep(opening: str) -> None:
    with pytest.raises(RubricError, match=f"nested more than {MAX_DEPTH} deep"):
        parse(opening * 20_000, "f.yaml")


def test_unreadable_files_name_themselves(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"absent\.yaml: cannot be read \(No such file or directory\)"):
        read_source(tmp_path / "absent.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nb: café\n".encode("latin-1"))
    with pytest.raises(RubricError, match=r"latin\.yaml:2: not UTF-8 text"):
        read_source(latin)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RubricError, match=r"large\.yaml: larger than 2,000,000 bytes"):
        read_source(large)


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    source = read_source(file)
    assert source.content == {"a": 1, "b": "two"}
    assert source.lines[("b",)] == 2


def test_key_paths_call_list_items_by_their_id_or_level() -> None:
    content = {"criteria": [{"id": "X1", "levels": [{"level": 0}], "examples": [{"level": 0}]}]}
    assert (
        key_path(("criteria", 0, "levels", 0, "feedback"), content) == "criteria[X1].levels[level 0].feedback"
    )
    assert key_path(("criteria", 0, "examples", 0, "text"), content) == "criteria[X1].examples[1].text"
    assert key_path(("criteria", 7), content) == "criteria[8]"
