"""Every command, option and field of the contract is documented."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from grader.cli import main
from grader.schema import Assessment, CriterionScore, Evidence, Flag, Location, RunInfo

DOCS = Path(__file__).parents[2] / "docs"


def commands(group: click.Group, name: str = "grader") -> Iterator[tuple[str, click.Command]]:
    for child, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {child}")
        else:
            yield f"{name} {child}", command


@pytest.mark.parametrize("name, command", list(commands(main)), ids=lambda value: str(value))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"`{name}" in text
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in text or f"[{parameter.opts[0]}" in text, parameter.opts[0]


def test_no_option_is_documented_that_is_not_there() -> None:
    options = {option for _, command in commands(main) for p in command.params for option in p.opts}
    documented = set(re.findall(r"--[a-z][a-z-]+", (DOCS / "cli.md").read_text(encoding="utf-8")))
    assert documented <= options | {"--help", "--version"}


@pytest.mark.parametrize("model", [Assessment, CriterionScore, Evidence, Flag, Location, RunInfo])
def test_every_field_of_the_results_is_documented(model: type) -> None:
    text = (DOCS / "results.md").read_text(encoding="utf-8")
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        assert f"`{field.alias or name}`" in text, name


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), DOCS.parent / "CONTRIBUTING.md"], ids=lambda p: p.name)
def test_links_within_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
