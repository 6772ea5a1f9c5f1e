"""``grader check``: drafts held against what is wanted of them, like a linter. Nothing else is written."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.configured import ConfiguredCommand, beside_the_drafts, configuration_options
from grader.cli.options import cache_option, limit_options, output_options, scoring_options
from grader.renderers.formats import FORMATS, ONE_DRAFT

if TYPE_CHECKING:
    from grader.analysis.device import DeviceChoice
    from grader.drafts import Wanted
    from grader.pipeline import Graded
    from grader.schema import Check, Limits


def _further(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, Path]]:
    pairs = [value.partition("=") for value in values]
    for (style, _, file), value in zip(pairs, values, strict=True):
        if style not in FORMATS or not file:
            known = ", ".join(FORMATS)
            raise click.BadParameter(f"{value!r} is not FORMAT=FILE with a format of {known}", ctx, param)
    return [(style, Path(file)) for style, _, file in pairs]


@click.command(cls=ConfiguredCommand, search=beside_the_drafts)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@scoring_options
@configuration_options
@click.option(
    "--min-level",
    "min_levels",
    multiple=True,
    metavar="[ID=]LEVEL",
    help="Level wanted of every criterion, or of one or a dimension (FM3=2); default 2.",
)
@click.option("--select", multiple=True, metavar="ID,…", help="Look at these criteria or dimensions only.")
@click.option("--ignore", multiple=True, metavar="ID,…", help="Do not look at these criteria or dimensions.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="N", help="Exit 1 also when a total is below N."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep quiet about the findings in this file.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found to the --baseline file instead.")
@click.option("--watch", is_flag=True, help="Check again after each save, until Ctrl-C.")
@limit_options
@cache_option
@output_options(FORMATS, "the outcome")
@click.option(
    "--also",
    multiple=True,
    callback=_further,
    metavar="FORMAT=FILE",
    help="Write the same outcome to FILE in another format, too.",
)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    rubric: str,
    profile: str | None,
    kind: str | None,
    model: str | None,
    device: "DeviceChoice",
    min_levels: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_under: float | None,
    baseline: Path | None,
    write_baseline: bool,
    watch: bool,
    limits: "Limits",
    cache: Path | None,
    style: str,
    output: Path | None,
    also: list[tuple[str, Path]],
) -> None:
    """Check drafts: which criteria are below the level wanted of them, where, and what to write next.

    Exit code 0 when nothing is below it, 1 when something is or a draft has no score, 2 for usage or a
    broken rubric.
    """
    from grader.cli.baseline import old_findings
    from grader.cli.screen import waiting
    from grader.cli.watching import watch_drafts
    from grader.drafts import check_batch, wanted_levels
    from grader.pipeline import Settings, prepare

    settings = Settings(
        rubric=rubric, profile=profile, kind=kind, model=model, device=device, limits=limits, cache=cache
    )
    batch = prepare(files, settings)
    wanted = wanted_levels(batch.rubric, _wanted(min_levels, select, ignore))
    _refuse_too_many(len(batch), [style, *(further for further, _ in also)])
    old = old_findings(baseline, writing=write_baseline, watching=watch)

    def outcome_of(graded: Iterable["Graded"]) -> "Check":
        return old.silence(check_batch(batch, wanted, fail_under, graded))

    def show(outcome: "Check") -> None:
        for further, file in also:
            _write(outcome, further, file)
        _write(outcome, style, output)

    if watch:
        watch_drafts(batch, lambda graded: show(outcome_of(graded)))
        return
    with waiting("Reading and scoring"):
        outcome = outcome_of(batch)
    if write_baseline:
        ctx.exit(old.renew(outcome))
    show(outcome)
    ctx.exit(0 if outcome.passes else 1)


def _wanted(min_levels: Iterable[str], select: Iterable[str], ignore: Iterable[str]) -> "Wanted":
    from grader.drafts import Wanted

    levels = dict(_level(text) for text in _listed(min_levels))
    everywhere = {"level": levels.pop("")} if "" in levels else {}
    return Wanted(levels=levels, select=tuple(_listed(select)), ignore=tuple(_listed(ignore)), **everywhere)


def _listed(values: Iterable[str]) -> list[str]:
    """The entries of options that may be repeated and hold several, between commas."""
    return [entry.strip() for value in values for entry in value.split(",") if entry.strip()]


def _level(text: str) -> tuple[str, int]:
    """``FM3=2`` → ``("FM3", 2)``; without a name ``("", 2)``."""
    from grader.errors import UsageError

    name, _, level = text.rpartition("=")
    if level.strip() not in set("01234") or (not name.strip() and "=" in text):
        raise UsageError(f"--min-level {text}: expected a level from 0 to 4, or ID=LEVEL such as FM3=2")
    return name.strip(), int(level)


def _refuse_too_many(drafts: int, styles: Iterable[str]) -> None:
    from grader.errors import UsageError

    for style in styles:
        if drafts > 1 and style in ONE_DRAFT:
            raise UsageError(
                f"{style} holds one draft, not {drafts}; use 'grader grade' for pages of several"
            )


def _write(outcome: "Check", style: str, output: Path | None) -> None:
    from grader.cli.screen import look_of, showable
    from grader.errors import UsageError
    from grader.renderers.look import PLAIN

    if output is None:
        click.echo(showable(FORMATS[style](outcome, look_of(sys.stdout)), sys.stdout), nl=False, color=True)
        return
    try:
        output.write_bytes(FORMATS[style](outcome, PLAIN).encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error
