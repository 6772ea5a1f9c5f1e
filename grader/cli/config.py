"""``grader config``: which settings apply, and where each comes from."""

import json
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from grader.cli.configured import ConfiguredCommand, Setting
    from grader.configuration import Configuration


@click.group()
def config() -> None:
    """Look at the settings that come from configuration files."""


@config.command("show", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("command_line", nargs=-1, type=click.UNPROCESSED, metavar="[COMMAND [ARGUMENTS]…]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: one object, for programs.",
)
@click.pass_context
def show_command(ctx: click.Context, command_line: tuple[str, ...], style: Literal["text", "json"]) -> None:
    """Show every setting that applies, its value and where it comes from.

    With a command line, such as 'check draft.md --kind prd', what would apply to it; nothing is run.
    """
    from grader.cli.configured import ConfiguredCommand, tell_passed_over

    group = ctx.find_root().command
    known = group.commands if isinstance(group, click.Group) else {}
    commands = {name: each for name, each in known.items() if isinstance(each, ConfiguredCommand)}
    configuration, settings = _settings(commands, command_line)
    tell_passed_over(configuration)
    click.echo(_as_json(configuration, settings) if style == "json" else _as_text(configuration, settings))


def _settings(
    commands: "dict[str, ConfiguredCommand]", command_line: tuple[str, ...]
) -> "tuple[Configuration, list[Setting]]":
    """Of the given command line; without one, of all `commands`."""
    from grader.errors import UsageError
    from grader.rubric.validate import known_names

    if not command_line:
        found = [command.settings([]) for command in commands.values()]
        by_key = {setting.key: setting for _, settings in found for setting in settings}
        return found[0][0], sorted(by_key.values(), key=lambda setting: "." in setting.key)
    name, *arguments = command_line
    if name not in commands:
        raise UsageError(f"config show {name}: takes no configuration; {known_names(name, commands)}")
    return commands[name].settings(arguments)


def _as_json(configuration: "Configuration", settings: "list[Setting]") -> str:
    data = {
        "file": configuration.file,
        "settings": [{"key": each.key, "value": each.value, "from": each.origin} for each in settings],
    }
    return json.dumps(data, default=str, ensure_ascii=False, indent=2)


def _as_text(configuration: "Configuration", settings: "list[Setting]") -> str:
    from grader.renderers.visible import stripped

    first = f"Configuration: {configuration.file or 'no file; command line and defaults apply'}"
    rows = [("setting", "value", "from")]
    rows += [(each.key, stripped(_shown(each.value)), stripped(each.origin)) for each in settings]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{key:{widths[0]}}  {value:{widths[1]}}  {origin}" for key, value, origin in rows]
    return "\n".join([stripped(first), "", *lines])


def _shown(value: object) -> str:
    if value is None or value == () or value == {}:
        return "-"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}={number}" for name, number in value.items())
    return str(value)
