"""The main command. Every error of the library, or of a path, becomes one line on stderr and exit code 2."""

import os
from typing import Any

import click

from grader import __version__
from grader.cli.cache import cache
from grader.cli.check import check
from grader.cli.compare import compare
from grader.cli.config import config
from grader.cli.doctor import doctor
from grader.cli.explain import explain
from grader.cli.grade import grade
from grader.cli.rescore import rescore
from grader.cli.rubric import rubric
from grader.errors import GraderError


class OneLineErrors(click.Group):
    """A group whose commands may raise `GraderError`."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GraderError as error:
            from grader.renderers.visible import stripped

            click.echo(f"grader: {stripped(str(error))}", err=True)
            ctx.exit(2)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # nobody reads any more: click's to end
                raise
            from grader.renderers.visible import stripped

            where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            click.echo(f"grader: {stripped(where + (error.strerror or str(error)))}", err=True)
            ctx.exit(2)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Grade product documents for decision hygiene: locally, reproducibly, with a quote for every level."""


for command in (grade, check, compare, explain, rescore, rubric, config, cache, doctor):
    main.add_command(command)
