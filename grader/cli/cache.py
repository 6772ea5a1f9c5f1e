"""``grader cache``: what is kept between runs, where, and how to forget it."""

import click


@click.group()
def cache() -> None:
    """What is kept between runs so that it need not be computed again. It never changes a result."""


@cache.command()
def info() -> None:
    """Show where the cache is and how much it holds."""
    from grader.cache import MAX_BYTES, Cache, cache_folder

    with Cache(cache_folder()) as kept:
        contents = kept.contents()
    click.echo(f"{contents.path.parent}")
    click.echo(f"{contents.values} values, {contents.size / 1e6:.1f} MB of at most {MAX_BYTES / 1e6:.0f} MB")


@cache.command("dir")
def folder() -> None:
    """Print the folder of the cache."""
    from grader.cache import cache_folder

    click.echo(str(cache_folder()))


@cache.command()
def clear() -> None:
    """Forget everything. The texts of documents are in the cache, too."""
    from grader.cache import Cache, cache_folder
    from grader.errors import UsageError

    with Cache(cache_folder()) as kept:
        values = kept.contents().values
        try:
            kept.clear()
        except OSError as error:
            raise UsageError(f"{error.filename}: cannot be removed ({error.strerror})") from error
    click.echo(f"{values} values forgotten")
