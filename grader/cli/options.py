"""Options that several commands share."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.cache import NO_CACHE_VARIABLE, cache_folder
from grader.remote import is_url
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
    click.option(
        "--device",
        type=click.Choice(["auto", "cpu", "cuda"]),
        default="auto",
        show_default=True,
        help="Where passages are judged; auto: on a CUDA device that ONNX Runtime can use, else on the CPU.",
    ),
)


def scoring_options(command: F) -> F:
    """--rubric, --profile, --kind, --model and --device, as in `Settings`."""
    for option in reversed(_SCORING):
        command = option(command)
    return command


def cache_option(command: F) -> F:
    """--no-cache; the command gets `cache`, the folder of the cache or None."""

    @wraps(command)
    def cached(*args: Any, no_cache: bool, **others: Any) -> Any:
        return command(*args, cache=None if no_cache else cache_folder(), **others)

    option = click.option(
        "--no-cache",
        is_flag=True,
        envvar=NO_CACHE_VARIABLE,
        help="Compute everything anew, and keep nothing for the next time.",
    )
    return option(cached)  # type: ignore[return-value]  # the same but for the option


def output_options(formats: Iterable[str], what: str) -> Callable[[F], F]:
    """--format, one of `formats`, which the command gets as `style`, and --output; for a command that writes `what`."""
    style = click.option(
        "--format",
        "style",
        type=click.Choice(list(formats)),
        default="text",
        show_default=True,
        help=f"How {what} is written.",
    )
    output = click.option(
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write it to FILE instead of stdout.",
    )
    return lambda command: style(output(command))


class PathOrUrl(click.ParamType[str | Path]):
    """A path on this machine, or an address such as ``s3://bucket/folder``, which stays text."""

    name = "path or address"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | Path:
        return value if is_url(value) else Path(value)


def engine_options(command: F) -> F:
    """--engine and --ray-address, as in `Settings`."""
    address = click.option(
        "--ray-address", metavar="ADDRESS", help="Ray cluster to work on; without it one on this machine."
    )
    engine = click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Work on this machine, or on a Ray cluster.",
    )
    return engine(address(command))


_LIMITS = (
    click.option(
        "--time-limit",
        type=click.FloatRange(0.1, 86_400),
        default=20.0,
        show_default=True,
        metavar="SECONDS",
        help="Give up reading a document after this time.",
    ),
    click.option(
        "--memory-limit",
        type=click.IntRange(256, 2**24),
        default=2048,
        show_default=True,
        metavar="MIB",
        help="Give up reading a document that needs more memory.",
    ),
)


def limit_options(command: F) -> F:
    """--time-limit and --memory-limit, which the command gets as its one argument `limits`."""

    @wraps(command)
    def limited(*args: Any, time_limit: float, memory_limit: int, **others: Any) -> Any:
        from grader.schema import Limits

        return command(*args, limits=Limits(seconds=time_limit, memory_mib=memory_limit), **others)

    for option in reversed(_LIMITS):
        limited = option(limited)
    return limited  # type: ignore[return-value]  # the same but for the two options
