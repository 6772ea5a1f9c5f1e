"""``grader explain``: what a criterion looks for, with examples, for someone who met its id in a report."""

import click

from grader.errors import UsageError
from grader.rubric import DEFAULT_RUBRIC
from grader.schema import Criterion, Rubric


@click.command()
@click.argument("criterion", required=False)
@click.option("--rubric", "name", metavar="ID|FILE", default=DEFAULT_RUBRIC, show_default=True,
              help="Where the criterion stands.")  # fmt: skip
def explain(criterion: str | None, name: str) -> None:
    """Explain a criterion: what it looks for, its levels with strong and weak examples, the next steps.

    Without a CRITERION, the list of all.
    """
    from grader.cli.rubric_views import criterion_list, criterion_page, show
    from grader.rubric import load_rubric

    rubric = load_rubric(name)
    if criterion is None:
        show(criterion_list(rubric))
    else:
        show(*criterion_page(criterion_called(criterion, rubric), rubric))


def criterion_called(name: str, rubric: Rubric) -> Criterion:
    """The criterion of that id, in any case. Raises UsageError that names the known ones."""
    from grader.rubric.validate import known_names

    by_name = {each.id.lower(): each for each in rubric.criteria}
    if name.lower() not in by_name:
        known = known_names(name, [each.id for each in rubric.criteria])
        raise UsageError(f"no criterion '{name}' in {rubric.id}; {known}")
    return by_name[name.lower()]
