"""``grader compare``: two drafts, or two runs over the same documents, side by side."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.configured import Arguments, ConfiguredCommand, beside_the_drafts, configuration_options
from grader.cli.options import cache_option, limit_options, output_options, scoring_options
from grader.renderers.comparison_formats import COMPARISON_FORMATS
from grader.stored_results import are_results

if TYPE_CHECKING:
    from grader.analysis.device import DeviceChoice
    from grader.comparison import Grading
    from grader.configuration import Configuration
    from grader.pipeline import Settings
    from grader.schema import Limits


def _beside_what_is_graded(arguments: Arguments) -> "Configuration":
    given = [Path(str(arguments[side])) for side in ("old", "new") if side in arguments]
    return beside_the_drafts({"files": [path for path in given if not are_results(path)]})


@click.command(cls=ConfiguredCommand, search=_beside_what_is_graded)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@scoring_options
@configuration_options
@limit_options
@cache_option
@output_options(COMPARISON_FORMATS, "the comparison")
@click.pass_context
def compare(
    ctx: click.Context,
    old: Path,
    new: Path,
    rubric: str,
    profile: str | None,
    kind: str | None,
    model: str | None,
    device: "DeviceChoice",
    limits: "Limits",
    cache: Path | None,
    style: str,
    output: Path | None,
) -> None:
    """Compare two gradings: what rose, what fell, which quotes appeared or went.

    OLD and NEW are drafts, which are graded now, or the out folder or results.jsonl of a run; documents of
    two runs are matched by name.

    Exit code 0 when something was compared, 1 when no document is in both, 2 for usage or a broken rubric.
    """
    from grader.comparison import compare as compared
    from grader.pipeline import Settings
    from grader.rubric import load_rubric

    settings = Settings(
        rubric=rubric, profile=profile, kind=kind, model=model, device=device, limits=limits, cache=cache
    )
    comparison = compared(*_gradings((old, new), settings))
    known = load_rubric(rubric)
    if output is None:
        from grader.cli.screen import look_of, showable

        text = COMPARISON_FORMATS[style](comparison, known, look_of(sys.stdout))
        click.echo(showable(text, sys.stdout), nl=False, color=True)
    else:
        from grader.renderers.look import PLAIN

        _save(COMPARISON_FORMATS[style](comparison, known, PLAIN), output)
    ctx.exit(0 if comparison.documents else 1)


def _gradings(paths: Sequence[Path], settings: "Settings") -> "list[Grading]":
    """Old and new; what has to be graded is graded in one go, so that models are loaded once."""
    from grader.comparison import Grading
    from grader.stored_results import read_results

    stored = {path: Grading(str(path), *read_results(path)) for path in paths if are_results(path)}
    drafts = [path for path in paths if path not in stored]
    now = iter(_graded_now(drafts, settings))
    return [stored[path] if path in stored else next(now) for path in paths]


def _graded_now(drafts: Sequence[Path], settings: "Settings") -> "list[Grading]":
    from dataclasses import asdict, replace

    from grader.comparison import Grading
    from grader.pipeline import prepare_one
    from grader.provenance import run_info

    if not drafts:
        return []
    batches = [prepare_one(draft, settings) for draft in drafts]
    together = replace(batches[0], submissions=[s for batch in batches for s in batch.submissions])
    gradings = []
    for draft, graded in zip(drafts, together, strict=True):
        run = run_info(together.rubric, together.settings)
        if graded.scorer:
            run = run.model_copy(update=asdict(graded.scorer))
        key = (graded.assessment.source, graded.assessment.member)
        documents = {key: graded.document} if graded.document else {}
        gradings.append(Grading(str(draft), [graded.assessment], run, documents))
    return gradings


def _save(text: str, output: Path) -> None:
    from grader.errors import UsageError

    try:
        output.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"--output {output}: cannot be written ({error.strerror})") from error
