"""``grader doctor``: what is installed, and what is missing."""

import platform

import click


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Show versions, models, the cache and limits, and what is missing. Exit code 1 when something is."""
    from grader import __version__
    from grader.analysis.device import arithmetic, cuda_here, lacking, resolved
    from grader.analysis.embedding import model_status
    from grader.cache import Cache, cache_folder
    from grader.execution import auto_jobs, available_cores
    from grader.provenance import library_versions
    from grader.reading.published import all_limits
    from grader.rubric import shipped_rubrics
    from grader.schema import Limits

    versions = library_versions()
    missing = [f"{name}: not installed" for name, version in versions.items() if version == "missing"]
    click.echo(f"grader {__version__}, Python {platform.python_version()}, {platform.platform()}")
    click.echo(f"cores: {available_cores()} ('--jobs auto' uses up to {auto_jobs(10**6, available_cores())})")
    click.echo(f"passages are judged on: {arithmetic(resolved('auto'))}")
    click.echo(f"cuda: {lacking(*cuda_here()) or 'works'}")
    click.echo("libraries:")
    for name, version in versions.items():
        click.echo(f"  {name} {version}")
    click.echo("models:")
    for model in model_status():
        click.echo(f"  {model.name}: {model.problem or 'as expected'}")
        for fact in (model.path, model.sha256 and f"sha256 {model.sha256}"):
            if fact:
                click.echo(f"    {fact}")
        missing += [] if model.ok else [f"{model.name}: {model.problem}"]
    click.echo(f"rubrics: {', '.join(shipped_rubrics()) or 'none'}")
    missing += [] if shipped_rubrics() else ["rubrics: none installed; install grader again"]
    with Cache(cache_folder()) as kept:
        contents = kept.contents()
    click.echo(f"cache: {contents.path.parent} ({contents.values} values, {contents.size / 1e6:.1f} MB)")
    click.echo("limits:")
    for what, limit in all_limits(Limits()):
        click.echo(f"  {what}: {limit}")
    for line in missing:
        click.echo(f"missing: {line}", err=True)
    click.echo("something is missing: run 'make setup'" if missing else "nothing is missing")
    ctx.exit(1 if missing else 0)
