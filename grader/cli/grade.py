"""``grader grade``: files, folders and archives into a folder of reports."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.configured import ConfiguredCommand, configuration_options, in_working_folder
from grader.cli.options import PathOrUrl, cache_option, engine_options, limit_options, scoring_options
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.analysis.device import DeviceChoice
    from grader.execution import Jobs
    from grader.output import ResultsFolder, Unfinished
    from grader.pipeline import Batch
    from grader.schema import Limits

INTERRUPTED = 130

NAMED = 5
"""How many of the files that are no documents the last lines name; ``run.json`` names all."""


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> "Jobs":
    if value == "auto":
        return "auto"
    if value.isdecimal() and int(value) >= 1:
        return int(value)
    raise click.BadParameter(f"{value!r} is neither 'auto' nor a number from 1", ctx, param)


@click.command(cls=ConfiguredCommand, search=in_working_folder)
@click.argument("paths", nargs=-1, required=True, type=PathOrUrl(), metavar="PATH…")
@click.option(
    "--out", required=True, type=PathOrUrl(), metavar="DIR", help="Folder or address of the results."
)
@scoring_options
@configuration_options
@click.option(
    "--jobs", callback=_jobs, default="auto", metavar="N|auto", show_default=True, help="Processes that work."
)
@engine_options
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 when a total is below N."
)
@click.option(
    "--resume",
    "unfinished",
    flag_value="continue",
    help="Go on with a run into this folder that was stopped; it ends as if it never had been.",
)
@click.option(
    "--restart",
    "unfinished",
    flag_value="restart",
    help="Give up what a stopped run into this folder has done.",
)
@limit_options
@cache_option
@click.option(
    "--rank", is_flag=True, help="Let the index be sorted by total; without it nothing ranks people."
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
    paths: tuple[Path | str, ...],
    out: Path | str,
    rubric: str,
    profile: str | None,
    kind: str | None,
    model: str | None,
    device: "DeviceChoice",
    jobs: "Jobs",
    engine: Literal["local", "ray"],
    ray_address: str | None,
    fail_under: float | None,
    limits: "Limits",
    cache: Path | None,
    unfinished: "Unfinished | None",
    rank: bool,
    quiet: bool,
    style: Literal["table", "json"],
) -> None:
    """Grade documents, folders and .zip archives into a folder of reports.

    A PATH can also be an address (s3://…) or a Parquet table of documents.

    Exit code 0 when all are graded, 1 when some are not or one is under --fail-under, 2 for usage or a
    broken rubric, 130 after Ctrl-C (what was done until then is in the folder; go on with --resume).
    """
    from grader.output import ResultsFolder, is_report, staged
    from grader.pipeline import Settings, prepare
    from grader.provenance import run_info

    if ray_address and engine != "ray":
        raise UsageError(f"--ray-address {ray_address}: needs --engine ray")
    settings = Settings(
        rubric=rubric, profile=profile, kind=kind, model=model, device=device, jobs=jobs, limits=limits,
        cache=cache, engine=engine, ray_address=ray_address,
    )  # fmt: skip
    batch = prepare(paths, settings, leave_out=is_report)
    ignored = {file.source: file.why for file in batch.ignored}
    run = run_info(batch.rubric, batch.settings).model_copy(update={"ignored": ignored})
    with staged(out) as folder:
        results = ResultsFolder(folder, batch, run, unfinished or "refuse", rank=rank)
        interrupted = not _write(batch, results, quiet=quiet, lines=style == "json" and not quiet)
    if style == "table" and not quiet and results.summaries:
        _show(results, batch, out)
    if interrupted:
        done = f"{len(results.summaries)} of {len(batch)} are in {out}"
        click.echo(f"grader: interrupted; {done}; go on with --resume", err=True)
        ctx.exit(INTERRUPTED)
    ctx.exit(1 if _falls_short(results, fail_under) else 0)


def _write(batch: "Batch", results: "ResultsFolder", *, quiet: bool, lines: bool) -> bool:
    """Grade and write all; False when Ctrl-C came before the end."""
    try:
        with results, _progress(len(batch), results.resumed, hidden=quiet) as advance:
            for number, line in enumerate(results.fill(), start=1):
                if lines:
                    click.echo(line)
                if number > results.resumed:
                    advance()
    except KeyboardInterrupt:
        return False
    return True


@contextmanager
def _progress(total: int, resumed: int, *, hidden: bool) -> "Iterator[Callable[[], None]]":
    """A bar on stderr with rate and time left, where a person watches; it begins with what is `resumed`."""
    if resumed and not hidden:
        click.echo(f"grader: going on; {resumed} of {total} are done", err=True)
    if hidden or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, completed=resumed, rate="loading models")

        def advance() -> None:
            progress.advance(task)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{60 * speed:.0f}/min" if speed else "")

        yield advance


def _show(results: "ResultsFolder", batch: "Batch", out: Path | str) -> None:
    from rich.console import Console

    from grader.renderers.terminal import cohort_table

    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(cohort_table(results.summaries, batch.rubric))
    for line in _closing_lines(results, batch, out):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _closing_lines(results: "ResultsFolder", batch: "Batch", out: Path | str) -> "Iterator[str]":
    from grader.output import INDEX

    counts = ", ".join(f"{n} {status}".replace("_", " ") for status, n in results.counts().items() if n)
    yield f"{counts}. Reports: {str(out).rstrip('/')}/{INDEX}"
    if batch.ignored:
        yield f"Left out, no documents: {_counted([file.source for file in batch.ignored])}"
    if batch.left_out:
        yield f"Left out, results of an earlier run: {_counted(batch.left_out)}"


def _counted(names: "Sequence[str]") -> str:
    from grader.renderers.visible import stripped

    more = ", …" if len(names) > NAMED else ""
    return f"{len(names)} ({', '.join(map(stripped, names[:NAMED]))}{more})"


def _falls_short(results: "ResultsFolder", fail_under: float | None) -> bool:
    lowest = fail_under or 0
    return any(a.status != "graded" or (a.total or 0) < lowest for a in results.summaries)
