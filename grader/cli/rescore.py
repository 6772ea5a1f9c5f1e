"""``grader rescore``: stored results under other weights or another wording of the feedback."""

from pathlib import Path

import click

from grader.rubric import DEFAULT_RUBRIC


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of the new results."
)
@click.option(
    "--rubric",
    metavar="ID|FILE",
    default=DEFAULT_RUBRIC,
    show_default=True,
    help="The rubric as it is now: a shipped one or a YAML file.",
)
@click.option("--profile", metavar="NAME", help="Expect what this profile expects, of every document.")
@click.option("--quiet", is_flag=True, help="No table.")
@click.pass_context
def rescore(
    ctx: click.Context, results: Path, out: Path, rubric: str, profile: str | None, quiet: bool
) -> None:
    """Weigh and word the RESULTS of a run (its out folder) anew; no document is read, no model loaded.

    Weights, profiles, feedback and next steps can have changed. Where the rubric measures something else,
    the documents have to be graded again, and one line says so.

    Exit code 0 when all documents have a score, 1 when some have none, 2 when there is nothing to rescore.
    """
    from grader.errors import UsageError
    from grader.rescoring import rescore_folder

    if out.resolve() == (results if results.is_dir() else results.parent).resolve():
        raise UsageError(f"--out {out}: holds the results to rescore; choose another folder")
    found, known = rescore_folder(results, out, rubric, profile)
    if not quiet:
        import sys

        from rich.console import Console

        from grader.renderers.terminal import cohort_table

        Console(width=None if sys.stdout.isatty() else 160).print(cohort_table(found, known))
        click.echo(f"{len(found)} rescored, in {out}")
    ctx.exit(1 if any(assessment.status != "graded" for assessment in found) else 0)
