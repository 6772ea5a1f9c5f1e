"""The main file and its dimension files as one content, each key still traceable to its file and line."""

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from grader.errors import RubricError
from grader.rubric.source import Key, Source, one_line, read_source


class Assembled(NamedTuple):
    """A whole rubric, not yet checked against the schema.

    Attributes:
        content: the main file's mapping, with each dimension file's mapping in place of its path.
        main: the main file.
        parts: dimension files, by position in ``dimensions``.
    """

    content: dict[str, object]
    main: Source
    parts: dict[int, Source]

    def error(self, key: Key, message: str) -> RubricError:
        """The error to raise for what stands at `key` of `content`: file, line, key path, then `message`."""
        source = self.main
        if len(key) > 1 and key[0] == "dimensions" and isinstance(key[1], int) and key[1] in self.parts:
            source, key = self.parts[key[1]], key[2:]
        return RubricError(f"{source.place(key)}: {one_line(message, 400)}")


def assemble(path: Path) -> Assembled:
    """Reads the main file at `path` and the dimension files it names. Raises RubricError."""
    main = read_source(path)
    if not isinstance(main.content, dict):
        raise RubricError(f"{main.file}:1: expected a mapping that begins with 'schema: 1'")
    parts: dict[int, Source] = {}
    whole = Assembled(dict(main.content), main, parts)
    entries = main.content.get("dimensions")
    if isinstance(entries, list):
        whole.content["dimensions"] = dimensions = list(entries)
        for index, entry in enumerate(entries):
            if isinstance(entry, str):
                parts[index] = _read_dimension(path, entry, index, whole)
                dimensions[index] = parts[index].content
    return whole


def _read_dimension(main: Path, entry: str, index: int, whole: Assembled) -> Source:
    key: Key = ("dimensions", index)
    path = main.parent / PurePosixPath(entry)
    try:
        inside, exists = path.resolve().is_relative_to(main.parent.resolve()), path.is_file()
    except (OSError, RuntimeError):  # a name too long for the file system, links in a circle
        inside, exists = True, False
    if not inside:
        raise whole.error(key, f"'{entry}' lies outside the rubric's folder; expected a path beneath it")
    if not exists:
        raise whole.error(key, f"no file '{path}'; expected a dimension or the path of its file")
    if any(path.resolve() == Path(part.file).resolve() for part in whole.parts.values()):
        raise whole.error(key, f"'{entry}' is listed twice")
    return read_source(path)
