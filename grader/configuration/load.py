"""A configuration file → `Configuration`, or one line that says which file, line and key does not fit."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from grader.configuration.settings import PATHS, SECTIONS, Settings, keys_for
from grader.configuration.toml_lines import Key, line_of
from grader.configuration.validate import validate
from grader.errors import ConfigurationError

MAX_BYTES = 1_000_000
_OUR_TABLE: Key = ("tool", "grader")


class Given(BaseModel):
    """One setting that the file gives.

    Attributes:
        key: as written with its table, such as ``check.min-level``.
        value: plain value; a path has the folder of the file before it.
        place: file and line, to be shown.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    value: str | int | float | tuple[str, ...] | dict[str, int]
    place: str


class Configuration(BaseModel):
    """What a file says, and where.

    Attributes:
        file: the file; None where there is none, and nothing is set.
        settings: its content, checked.
        lines: line of each key that is set, or of the table around it, by dotted key.
        passed_over: files that were not used because they lie among submissions.
    """

    model_config = ConfigDict(frozen=True)

    file: Path | None = None
    settings: Settings = Settings()
    lines: dict[str, int] = {}
    passed_over: tuple[Path, ...] = ()

    def given(self, command: str) -> dict[str, Given]:
        """What the file sets for `command`, by the name of the option."""
        found = {}
        for key, dotted in keys_for(command).items():
            value = self._value(dotted)
            if value is not None:
                found[key] = Given(key=dotted, value=value, place=self._place(dotted))
        return found

    def _value(self, dotted: str) -> Any:
        """The value, a path with the file's folder before it; None where the file does not set it."""
        table: BaseModel = self.settings
        *tables, key = dotted.split(".")
        for name in tables:
            table = getattr(table, name)
        value = _set_in(table).get(key)
        return _anchored(value, key, self.file) if value is not None and key in PATHS else value

    def _place(self, dotted: str) -> str:
        line = self.lines.get(dotted)
        name = shown(self.file) if self.file else ""
        return f"{name}:{line}" if line else name


def load_configuration(path: Path) -> Configuration:
    """The settings in the file at `path`; in a ``pyproject.toml``, those under ``[tool.grader]``.

    Raises:
        ConfigurationError: unreadable, no valid TOML, an unknown key, or a value of the wrong type or range.
    """
    found = load_if_configured(path)
    if found is None:
        raise ConfigurationError(f"{shown(path)}: has no [tool.grader]; expected the settings there")
    return found


def load_if_configured(path: Path) -> Configuration | None:
    """As `load_configuration`; None for a ``pyproject.toml`` that has no table of ours."""
    text = _text(path)
    table = _OUR_TABLE if path.name == "pyproject.toml" else ()
    if table and "grader" not in text:  # one that is broken elsewhere is not ours to complain about
        return None
    content: object = _parsed(text, path)
    for part in table:
        content = content.get(part) if isinstance(content, dict) else None
    if content is None:
        return None
    settings = validate(content, lambda key: _where(path, text, table, key))
    return Configuration(file=path, settings=settings, lines=_lines(text, table))


def shown(path: Path) -> str:
    """A path as it is named to people: relative where it lies below the working directory."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise ConfigurationError(f"{shown(path)}: no such file; expected a TOML file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            f"{shown(path)}: cannot be read ({error.strerror}); check the file"
        ) from None
    if len(data) > MAX_BYTES:
        raise ConfigurationError(f"{shown(path)}: larger than {MAX_BYTES:,} bytes; expected settings in TOML")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{shown(path)}:{line}: not UTF-8 text; save the file as UTF-8") from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also for a number of too many digits
        raise ConfigurationError(f"{shown(path)}: not valid TOML: {error}; correct it there") from None
    except RecursionError:
        raise ConfigurationError(f"{shown(path)}: nested too deeply; expected settings in TOML") from None


def _where(path: Path, text: str, table: Key, key: Key) -> str:
    line = line_of(text, (*table, *key))
    place = f"{shown(path)}:{line}" if line else shown(path)
    return f"{place}: {'.'.join((*table, *key))}" if key or table else place


def _lines(text: str, table: Key) -> dict[str, int]:
    dotted = {name for command in SECTIONS for name in keys_for(command).values()}
    found = {name: line_of(text, (*table, *name.split("."))) for name in sorted(dotted)}
    return {name: line for name, line in found.items() if line}


def _set_in(table: BaseModel) -> dict[str, Any]:
    fields = type(table).model_fields
    return {fields[name].alias or name: getattr(table, name) for name in sorted(table.model_fields_set)}


def _anchored(value: str, key: str, file: Path | None) -> str:
    """`value` with the file's folder before it, where it is a path: it does not depend on who calls from where."""
    is_path = key == "baseline" or "/" in value or "\\" in value or value.endswith((".yaml", ".yml"))
    return str((file.parent if file else Path()) / value) if is_path else value
