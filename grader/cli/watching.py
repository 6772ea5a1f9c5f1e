"""``grader check --watch``: the same check again after each save."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.pipeline import Batch, Graded


def watch_drafts(batch: "Batch", show: Callable[[Iterable["Graded"]], None]) -> None:
    """Show how the batch does, now and after each change of a file; return on Ctrl-C."""
    from grader.drafts.watch import Rechecks, changes

    paths = list(dict.fromkeys(submission.path for submission in batch.submissions))
    with suppress(KeyboardInterrupt):
        click.echo("Loading the models …", err=True)
        with Rechecks(batch) as rechecks:
            for _ in changes(paths):
                begun = time.monotonic()
                graded = list(rechecks.graded())
                click.clear()  # only on a terminal, and only when there is something new to show
                show(graded)
                gone = [path.name for path in paths if not path.exists()]
                what = f"{', '.join(gone)} is not there" if gone else f"in {time.monotonic() - begun:.1f} s"
                click.echo(
                    f"Checked {time.strftime('%H:%M:%S')}, {what}; waiting for a save, Ctrl-C ends.", err=True
                )
    click.echo(err=True)
