"""A YAML file as plain values, with the line of every key: what error messages point at.

Rubrics are exchanged between strangers, so a file is untrusted: no tags, no anchors (so nothing can be
expanded), no control characters, and limits on size and nesting.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

from grader.errors import RubricError

MAX_BYTES = 2_000_000
MAX_DEPTH = 20

Key = tuple[str | int, ...]
"""Where a value stands: ``("criteria", 0, "levels", 2, "feedback")``; positions count from 0."""

# Control, text-direction and surrogate code points: in a terminal or a report they could hide or forge text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_READ_AS_WRITTEN = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:merge",
    "tag:yaml.org,2002:value",
}


class Source(NamedTuple):
    """One file's content.

    Attributes:
        file: the path as it is named in messages.
        content: dicts, lists, strings, numbers, booleans and None.
        lines: line of each key and list item, counted from 1.
    """

    file: str
    content: object
    lines: dict[Key, int]

    def place(self, key: Key) -> str:
        """Where `key` stands, or the nearest thing around it that is in the file: ``file:line: key path``."""
        known = key
        while known not in self.lines:
            known = known[:-1]
        path = one_line(key_path(key, self.content))
        return f"{self.file}:{self.lines[known]}: {path}" if path else f"{self.file}:{self.lines[known]}"


def key_path(key: Key, content: object = None) -> str:
    """A key as people read it: ``criteria[TO2].levels[level 0].feedback``.

    List items go by their id or level in `content`, else by their position counted from 1.
    """
    text = ""
    for part in key:
        content = _step(content, part)
        text += f"[{_label(content, part, text)}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _step(content: object, part: str | int) -> object:
    if isinstance(content, dict):
        return content.get(part)
    if isinstance(content, list) and isinstance(part, int) and part < len(content):
        return content[part]
    return None


def _label(item: object, position: int, path: str) -> str:
    if isinstance(item, dict):
        if isinstance(item.get("id"), str):
            return str(item["id"])
        if path.endswith((".levels", ".ladder")) and isinstance(item.get("level"), int):
            return f"level {item['level']}"
    return str(position + 1)


def one_line(text: str, limit: int = 100) -> str:
    """`text` with runs of white space as one space, cut to `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def read_source(path: Path, file: str | None = None) -> Source:
    """The content of the YAML file at `path`, called `file` in messages (default: the path).

    Raises:
        RubricError: unreadable, too large, not UTF-8, not valid YAML, or YAML that a rubric may not use.
    """
    name = file or str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RubricError(
            f"{name}: cannot be read ({error.strerror or error}); expected a YAML file"
        ) from None
    if len(data) > MAX_BYTES:
        raise RubricError(f"{name}: larger than {MAX_BYTES:,} bytes; expected a rubric written by hand")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RubricError(f"{name}:{line}: not UTF-8 text; save the file as UTF-8") from None
    return parse(text, name)


def parse(text: str, file: str) -> Source:
    """The content of the YAML `text`; `file` is its name in messages. Raises RubricError."""
    with suppress(YAMLError):
        return _Builder(file).build(YAML(typ="safe").parse(StringIO(text)))
    try:  # the parser in Python takes twenty times as long, and says better what is wrong
        return _Builder(file).build(YAML(typ="safe", pure=True).parse(StringIO(text)))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise RubricError(f"{file}:{line}: not valid YAML: {one_line(str(problem))}") from None


class _Builder:
    """Turns parser events into values, noting lines on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Key, int] = {(): 1}
        self.loader = YAML(typ="safe", pure=True)

    def build(self, events: Iterator[Event]) -> Source:
        content: object = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, (), "a second document starts here; expected one per file")
                content = self._value(next(events), events, ())
        if content is None:
            raise RubricError(f"{self.file}: is empty; expected a rubric in YAML")
        return Source(self.file, content, self.lines)

    def _value(self, event: Event, events: Iterator[Event], key: Key) -> object:
        if len(key) > MAX_DEPTH:
            raise self._error(event, key[:3], f"nested more than {MAX_DEPTH} deep")
        self._refuse_unsafe(event, key)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, key)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, key)
        assert isinstance(event, ScalarEvent)
        return self._scalar(event, key)

    def _sequence(self, events: Iterator[Event], key: Key) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            item = (*key, len(items))
            self.lines[item] = event.start_mark.line + 1
            items.append(self._value(event, events, item))
        return items

    def _mapping(self, events: Iterator[Event], key: Key) -> dict[str, object]:
        entries: dict[str, object] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            self._refuse_unsafe(event, key)
            if not isinstance(event, ScalarEvent):
                raise self._error(event, key, "a key that is a list or mapping; expected a plain word")
            entry = (*key, event.value)
            if event.value in entries:
                raise self._error(event, entry, f"written twice; first on line {self.lines[entry]}")
            self.lines[entry] = event.start_mark.line + 1
            entries[event.value] = self._value(next(events), events, entry)
        return entries

    def _scalar(self, event: ScalarEvent, key: Key) -> object:
        tag = str(self.loader.resolver.resolve(ScalarNode, event.value, event.implicit))
        if tag in _READ_AS_WRITTEN:
            return event.value.strip()
        constructor = SafeConstructor(loader=self.loader)
        try:
            value: object = constructor.construct_object(ScalarNode(tag, event.value))
        except ValueError:
            raise self._error(
                event, key, f"{one_line(event.value, 40)} is not a number; put it in quotes"
            ) from None
        return value

    def _refuse_unsafe(self, event: Event, key: Key) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._error(
                event, key, "anchors and aliases (& and *) are not used in rubrics; repeat the value"
            )
        if getattr(event, "tag", None):
            raise self._error(event, key, "tags (!…) are not used in rubrics; write plain values")
        if isinstance(event, ScalarEvent) and (found := _FORBIDDEN.search(event.value)):
            raise self._error(event, key, f"control character U+{ord(found[0]):04X}; expected plain text")

    def _error(self, event: Event, key: Key, message: str) -> RubricError:
        where = f"{self.file}:{event.start_mark.line + 1}"
        path = key_path(key)
        return RubricError(
            f"{where}: {path}: {one_line(message)}" if path else f"{where}: {one_line(message)}"
        )
