"""``grader grade``: files, folders and archives into a folder of reports."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.options import scoring_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.execution import Jobs
    from grader.output import ResultsFolder
    from grader.pipeline import Batch, Graded

INTERRUPTED = 130


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> "Jobs":
    if value == "auto":
        return "auto"
    if value.isdecimal() and int(value) >= 1:
        return int(value)
    raise click.BadParameter(f"{value!r} is neither 'auto' nor a number from 1", ctx, param)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of the results."
)
@scoring_options
@click.option(
    "--jobs", callback=_jobs, default="auto", metavar="N|auto", show_default=True, help="Processes that work."
)
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 when a total is below N."
)
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What goes to stdout; json: the lines of results.jsonl.",
)
@click.pass_context
def grade(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    rubric: str,
    profile: str | None,
    kind: str | None,
    model: str | None,
    jobs: "Jobs",
    fail_under: float | None,
    quiet: bool,
    style: Literal["table", "json"],
) -> None:
    """Grade documents, folders and .zip archives into a folder of reports.

    Exit code 0 when all are graded, 1 when some are not or one is under --fail-under, 2 for usage or a
    broken rubric, 130 after Ctrl-C (what was done until then is in the folder).
    """
    from grader.output import ResultsFolder, is_report
    from grader.pipeline import Settings, prepare
    from grader.provenance import run_info

    settings = Settings(rubric=rubric, profile=profile, kind=kind, model=model, jobs=jobs)
    batch = prepare(paths, settings, leave_out=is_report)
    results = ResultsFolder(out, batch.rubric, run_info(batch.rubric, settings), batch.keys)
    interrupted = not _write(batch, results, quiet=quiet, lines=style == "json" and not quiet)
    if style == "table" and not quiet and results.summaries:
        _show(results, batch, out)
    if interrupted:
        click.echo(f"grader: interrupted; {len(results.summaries)} of {len(batch)} are in {out}", err=True)
        ctx.exit(INTERRUPTED)
    ctx.exit(1 if _falls_short(results, fail_under) else 0)


def _write(batch: "Batch", results: "ResultsFolder", *, quiet: bool, lines: bool) -> bool:
    """Grade and write all; False when Ctrl-C came before the end."""
    try:
        with _progress(len(batch), hidden=quiet) as advance, results:
            for graded in batch:
                results.add(graded)
                if lines:
                    _print_line(graded)
                advance()
    except KeyboardInterrupt:
        return False
    return True


def _print_line(graded: "Graded") -> None:
    from grader.renderers.json_lines import to_line

    click.echo(to_line(graded.assessment))


@contextmanager
def _progress(total: int, *, hidden: bool) -> "Iterator[Callable[[], None]]":
    """A bar on stderr with rate and time left, where a person watches."""
    if hidden or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, rate="loading models")

        def advance() -> None:
            progress.advance(task)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{60 * speed:.0f}/min" if speed else "")

        yield advance


def _show(results: "ResultsFolder", batch: "Batch", out: Path) -> None:
    from rich.console import Console

    from grader.renderers.terminal import cohort_table

    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(cohort_table(results.summaries, batch.rubric))
    for line in _closing_lines(results, batch, out):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _closing_lines(results: "ResultsFolder", batch: "Batch", out: Path) -> "Iterator[str]":
    from grader.output import INDEX

    counts = ", ".join(f"{n} {status}".replace("_", " ") for status, n in results.counts().items() if n)
    yield f"{counts}. Reports: {out / INDEX}"
    if batch.ignored:
        yield f"Left out, no documents: {batch.ignored}"
    if batch.left_out:
        yield f"Left out, results of an earlier run: {batch.left_out}"


def _falls_short(results: "ResultsFolder", fail_under: float | None) -> bool:
    lowest = fail_under or 0
    return any(a.status != "graded" or (a.total or 0) < lowest for a in results.summaries)
