"""``grader check``: one draft, in the terminal, no files written."""

import sys
from pathlib import Path
from typing import Literal

import click

from grader.cli.options import scoring_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@scoring_options
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: one line as in results.jsonl.",
)
@click.pass_context
def check(
    ctx: click.Context,
    file: Path,
    rubric: str,
    profile: str | None,
    kind: str | None,
    model: str | None,
    style: Literal["text", "json"],
) -> None:
    """Score one draft and show what to write next. Writes no files.

    Exit code 0 when the draft is graded, 1 when it could not be, 2 for usage or a broken rubric.
    """
    from grader.pipeline import Settings, prepare_one
    from grader.renderers.json_lines import to_line

    batch = prepare_one(file, Settings(rubric=rubric, profile=profile, kind=kind, model=model))
    assessment = next(iter(batch)).assessment
    if style == "json":
        click.echo(to_line(assessment))
    else:
        from rich.console import Console

        from grader.renderers.terminal import check_view

        # On a pipe a finding stays one line, so that grep and editors can use it.
        Console(soft_wrap=not sys.stdout.isatty()).print(check_view(assessment, batch.rubric))
    ctx.exit(0 if assessment.status == "graded" else 1)
