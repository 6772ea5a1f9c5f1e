"""Commands whose options can also stand in a configuration file: command line, then file, then default."""

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from grader.configuration import Configuration, find_configuration, load_configuration
from grader.configuration.load import Given, shown
from grader.configuration.settings import keys_for
from grader.errors import ConfigurationError, UsageError
from grader.remote import local_path

F = TypeVar("F", bound=Callable[..., Any])
Arguments = Mapping[str, Any]
"""What was typed, by name of parameter, before any of it is converted."""


class Setting(NamedTuple):
    """One setting that applies: its key in a configuration file, its value and where that comes from."""

    key: str
    value: object
    origin: str


def in_working_folder(arguments: Arguments) -> Configuration:
    """From the working directory upwards, outside the folders that what is graded lies in."""
    given = [path for path in map(local_path, arguments.get("paths") or ()) if path]
    return find_configuration(Path.cwd(), outside=[path if path.is_dir() else path.parent for path in given])


def beside_the_drafts(arguments: Arguments) -> Configuration:
    """From the folder of the draft upwards; drafts that fall under different files are refused."""
    drafts = [Path(path) for path in arguments.get("files") or ()]
    folders = [path if path.is_dir() else path.parent for path in drafts] or [Path.cwd()]
    found = {each.file: each for each in map(find_configuration, dict.fromkeys(folders))}
    if len(found) > 1:
        names = " and ".join(shown(file) if file else "none" for file in found)
        raise UsageError(f"the drafts fall under different settings ({names}); name one with --config")
    return next(iter(found.values()))


class ConfiguredCommand(click.Command):
    """A command that takes what was not typed from a configuration file, then from the options' defaults.

    It needs the options of `configuration_options`. `search` finds the file where none is named.
    """

    def __init__(self, *args: Any, search: Callable[[Arguments], Configuration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._search = search

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            typed = self._typed(ctx, args)
            help_option = self.get_help_option(ctx)
            if help_option is None or help_option.name not in typed:
                self._configure(ctx, typed)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        tell_passed_over(self._configuration(ctx))
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise self._named(ctx, error) from None

    def settings(self, args: list[str]) -> tuple[Configuration, list[Setting]]:
        """What would apply if the command were called with `args`, of which its arguments may be missing."""
        ctx = click.Context(self, info_name=self.name)
        with ctx.scope(cleanup=False):
            typed = self._typed(ctx, args)
            self._configure(ctx, typed)
            found = [self._setting(ctx, key, typed) for key in self._options()]
        return self._configuration(ctx), found

    def _typed(self, ctx: click.Context, args: list[str]) -> Arguments:
        found, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        return {name: value for name, value in found.items() if not _is_unset(value)}

    def _configure(self, ctx: click.Context, typed: Arguments) -> None:
        configuration = self._chosen(typed)
        given = configuration.given(self.name or "")
        ctx.obj = configuration
        ctx.default_map = {
            option.name: self._default(ctx, option, given[key])
            for key, option in self._options().items()
            if key in given and option.name
        }

    def _chosen(self, typed: Arguments) -> Configuration:
        if typed.get("no_config"):
            return Configuration()
        named = typed.get("config")
        return load_configuration(Path(named)) if named else self._search(typed)

    def _options(self) -> dict[str, click.Option]:
        """The options that can stand in a file, by key."""
        options = {max(p.opts, key=len).lstrip("-"): p for p in self.params if isinstance(p, click.Option)}
        return {key: options[key] for key in keys_for(self.name or "") if key in options}

    def _default(self, ctx: click.Context, option: click.Option, given: Given) -> object:
        """The file's value as it would be typed; what the option refuses is refused with the place in the file."""
        value: Any = given.value
        if isinstance(value, dict):
            value = tuple(f"{name}={number}" for name, number in value.items())
        if option.multiple and not isinstance(value, tuple):
            value = (str(value),)
        try:
            option.type_cast_value(ctx, value)
        except click.BadParameter as error:
            raise ConfigurationError(f"{given.place}: {given.key}: {error.message}") from None
        return value

    def _setting(self, ctx: click.Context, key: str, typed: Arguments) -> Setting:
        option = self._options()[key]
        option.handle_parse_result(ctx, typed, [])
        name = option.name or key
        source = ctx.get_parameter_source(name)
        origin = "command line" if source is ParameterSource.COMMANDLINE else "default"
        if source is ParameterSource.DEFAULT_MAP:
            origin = self._configuration(ctx).given(self.name or "")[key].place
        value = ctx.params.get(name)
        return Setting(keys_for(self.name or "")[key], None if _is_unset(value) else value, origin)

    def _configuration(self, ctx: click.Context) -> Configuration:
        return ctx.obj if isinstance(ctx.obj, Configuration) else Configuration()

    def _named(self, ctx: click.Context, error: UsageError) -> UsageError:
        """An error about an option that nobody typed names the file and key that set it."""
        given = self._configuration(ctx).given(self.name or "")
        for key, option in self._options().items():
            from_file = ctx.get_parameter_source(option.name or "") is ParameterSource.DEFAULT_MAP
            message = str(error).removeprefix("--")
            if from_file and message.startswith(f"{key} "):
                return UsageError(f"{given[key].place}: {message}")
        return error


def _is_unset(value: object) -> bool:
    """Whether it is click's own mark for "not given", which a command itself never sees."""
    return isinstance(value, Enum)


def tell_passed_over(configuration: Configuration) -> None:
    """Say on stderr which files were not used."""
    for path in configuration.passed_over:
        text = f"{shown(path)} lies among the submissions and is not used; --config FILE names one to use"
        click.echo(f"grader: {text}", err=True)


def configuration_options(command: F) -> F:
    """--config and --no-config; `ConfiguredCommand` acts on them, so the command does not see them."""
    no_config = click.option(
        "--no-config", is_flag=True, expose_value=False, help="Use no configuration file."
    )
    config = click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        expose_value=False,
        help="Take settings from this file instead of the nearest grader.toml or pyproject.toml.",
    )
    return config(no_config(command))
