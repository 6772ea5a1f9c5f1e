"""Options that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from grader.rubric import DEFAULT_RUBRIC

F = TypeVar("F", bound=Callable[..., Any])

_SCORING = (
    click.option(
        "--rubric",
        metavar="ID|FILE",
        default=DEFAULT_RUBRIC,
        show_default=True,
        help="A shipped rubric ('grader rubric list') or a YAML file.",
    ),
    click.option("--profile", metavar="NAME", help="Expect what this profile expects, of every document."),
    click.option(
        "--kind", metavar="NAME", help="Take every document for this kind instead of recognising it."
    ),
    click.option("--model", metavar="NAME|DIR", help="Another sentence-transformers model."),
)


def scoring_options(command: F) -> F:
    """--rubric, --profile, --kind and --model, as in `Settings`."""
    for option in reversed(_SCORING):
        command = option(command)
    return command
