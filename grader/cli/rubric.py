"""``grader rubric``: look at rubrics, check them, start new ones."""

from pathlib import Path

import click

from grader.cli.explain import explain
from grader.errors import UsageError
from grader.rubric import DEFAULT_RUBRIC
from grader.schema import Rubric

_DISTANCE_ALLOWED = 1


@click.group()
def rubric() -> None:
    """Look at rubrics, check them, start new ones.

    A RUBRIC is the id of a shipped one or the path of a YAML file.
    """


@rubric.command("list")
def list_command() -> None:
    """List the rubrics that come with the program."""
    from grader.cli.rubric_views import rubric_list, show
    from grader.rubric import load_rubric, shipped_rubrics

    show(rubric_list([load_rubric(name) for name in shipped_rubrics()]))


@rubric.command("show")
@click.argument("name", metavar="[RUBRIC]", default=DEFAULT_RUBRIC)
def show_command(name: str) -> None:
    """Show a rubric's ladder, criteria, kinds of document and weights."""
    from grader.cli.rubric_views import rubric_overview, show
    from grader.rubric import load_rubric

    show(*rubric_overview(load_rubric(name)))


rubric.add_command(explain)


@rubric.command("check")
@click.argument("name", metavar="RUBRIC")
@click.option("--no-examples", is_flag=True, help="Do not score the examples; quick, and needs no model.")
@click.pass_context
def check_command(context: click.Context, name: str, no_examples: bool) -> None:
    """Check a rubric: load it, look for weak spots, and score each of its examples without itself.

    Exit code 0: clean. 1: there are findings, or an example is scored more than one level off.
    2: the rubric cannot be used.
    """
    from grader.cli.rubric_views import finding_table, heading, show
    from grader.rubric import load_rubric
    from grader.rubric.lint import lint

    loaded = load_rubric(name)
    findings = lint(loaded)
    count = sum(len(criterion.examples) for criterion in loaded.criteria)
    show(heading(f"{loaded.id} {loaded.version}: {len(loaded.criteria)} criteria, {count} examples"))
    show(*((finding_table(findings),) if findings else ("No findings.",)))
    misses = 0 if no_examples else _check_examples(loaded)
    context.exit(1 if findings or misses else 0)


@rubric.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new_command(file: Path) -> None:
    """Write a small commented rubric to FILE, to be edited; an existing file is left alone."""
    from grader.rubric.template import new_rubric

    if file.suffix not in (".yaml", ".yml"):
        raise UsageError(f"{file} is no name for a rubric; expected one that ends in .yaml")
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(new_rubric(file.stem))
    except FileExistsError:
        raise UsageError(f"{file} exists already; choose another name") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}); choose another place") from None
    click.echo(f"Wrote {file}. Edit it, then run: grader rubric check {file}")


@rubric.command("schema")
@click.option("--dimension", is_flag=True, help="The schema of a dimension's own file.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Write both schemas into this folder instead.")  # fmt: skip
def schema_command(dimension: bool, out: Path | None) -> None:
    """Print the JSON Schema of rubric files, for editors."""
    from grader.rubric.authoring import RubricFile
    from grader.rubric.json_schema import schema_text, write_schemas
    from grader.schema import Dimension

    if out is None:
        click.echo(schema_text(Dimension if dimension else RubricFile), nl=False)
        return
    for path in write_schemas(out):
        click.echo(f"Wrote {path}")


def _check_examples(loaded: Rubric) -> int:
    """Prints how the examples of the rubric fare; the number of those that are too far off."""
    from grader.cli.rubric_views import heading, miss_table, rate_table, show
    from grader.execution import limit_threads

    limit_threads()
    from grader.scoring.examples import leave_one_out

    results = leave_one_out(loaded)
    misses = [result for result in results if abs(result.expected - result.got) > _DISTANCE_ALLOWED]
    show(heading("\nExamples, each scored without itself"), rate_table(loaded, results))
    if misses:
        show(heading(f"\nMore than {_DISTANCE_ALLOWED} level off"), miss_table(loaded, misses))
    return len(misses)
