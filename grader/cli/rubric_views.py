"""How rubrics, findings and example results look in a terminal; plain columns when it is none."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.rubric.finding import Finding
from grader.schema import Criterion, Dimension, Level, Profile, Rubric

if TYPE_CHECKING:
    from grader.scoring.examples import ExampleResult

PLAIN_WIDTH = 160
_SEVERITY_STYLE = {"error": "red", "warning": "yellow", "info": "cyan"}


class Rates(NamedTuple):
    """How often examples got their own level: counts, of which `within_one` includes `exact`."""

    examples: int
    exact: int
    within_one: int


def show(*parts: RenderableType) -> None:
    """Prints to stdout: colours and lines on a terminal, plain text and wide columns elsewhere."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    console.width = PLAIN_WIDTH
    for part in parts:
        if isinstance(part, Table):
            part.box = None
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def heading(text: str) -> Text:
    return Text(text, style="bold")


def rubric_list(rubrics: Iterable[Rubric]) -> Table:
    rows = [(rubric.id, rubric.version, str(len(rubric.criteria)), rubric.title) for rubric in rubrics]
    return _table(("id", "version", "criteria", "title"), rows)


def rubric_overview(rubric: Rubric) -> list[RenderableType]:
    """The whole rubric at a glance: ladder, criteria by dimension, kinds and profiles."""
    return [
        heading(f"{rubric.title} ({rubric.id} {rubric.version})"),
        Text(rubric.description),
        Text(f"Source: {rubric.source}"),
        Text(f"Hash: {rubric.hash}\n"),
        heading("Ladder"),
        _table(("level", "name", "what is on the page"),
               [(str(rung.level), rung.name, rung.description) for rung in rubric.ladder]),
        heading("\nCriteria"),
        _table(("id", "criterion", "dimension", "core", "examples"),
               [row for dimension in rubric.dimensions for row in _criterion_rows(dimension)]),
        heading("\nKinds of document"),
        _table(("id", "kind", "profile"), [(kind.id, kind.label, kind.profile) for kind in rubric.kinds]),
        heading("\nWeights of dimensions by profile"),
        _table(("profile", *(dimension.id for dimension in rubric.dimensions), "not expected"),
               [_profile_row(profile, rubric) for profile in rubric.profiles]),
    ]  # fmt: skip


def criterion_list(rubric: Rubric) -> Table:
    """The ids that `grader explain` knows."""
    rows = [(c.id, c.title, dimension.title) for dimension in rubric.dimensions for c in dimension.criteria]
    return _table(("id", "criterion", "dimension"), rows)


def criterion_page(criterion: Criterion, rubric: Rubric) -> list[RenderableType]:
    """Everything an author may want to know about one criterion."""
    names = {rung.level: rung.name for rung in rubric.ladder}
    dimension = next(each for each in rubric.dimensions if criterion in each.criteria)
    page: list[RenderableType] = [
        heading(f"{criterion.id} {criterion.title} ({dimension.title})"),
        Text(criterion.description),
        heading("\nLooks for"),
        Text(criterion.looks_for),
    ]
    if criterion.not_enough:
        page += [heading("\nNot enough"), *(Text(f"- {entry}") for entry in criterion.not_enough)]
    for level in criterion.levels:
        page.append(heading(f"\nLevel {level.level}, {names[level.level]}"))
        page.append(Padding(_level(level, criterion), (0, 0, 0, 2)))
    left_out = [
        (profile.id, profile.reasons.get(criterion.id, ""))
        for profile in rubric.profiles
        if profile.criteria.get(criterion.id, 1) == 0
    ]
    if left_out:
        page += [
            heading("\nNot expected in"),
            *(Text(f"- {profile}: {reason}") for profile, reason in left_out),
        ]
    return [*page, Text(f"\nSource: {criterion.source}")]


def finding_table(findings: Iterable[Finding]) -> Table:
    rows = [(Text(finding.criterion or "-"), Text(finding.severity, style=_SEVERITY_STYLE[finding.severity]),
             Text(finding.code), Text(finding.message)) for finding in findings]  # fmt: skip
    return _table(("criterion", "severity", "rule", "finding"), rows)


def rate_table(rubric: Rubric, results: Sequence["ExampleResult"]) -> Table:
    """Exact and within-one rates by dimension, and over all."""
    rows = [_rate_row(name, rate) for name, rate in rates(rubric, results).items()]
    return _table(("dimension", "examples", "exact", "within one"), rows)


def rates(rubric: Rubric, results: Sequence["ExampleResult"]) -> dict[str, Rates]:
    """`Rates` by dimension id, in the rubric's order, then ``all``."""
    by_dimension = {
        dimension.id: _rates([result for result in results
                              if result.criterion in {criterion.id for criterion in dimension.criteria}])
        for dimension in rubric.dimensions
    }  # fmt: skip
    return {**by_dimension, "all": _rates(results)}


def miss_table(rubric: Rubric, misses: Iterable["ExampleResult"]) -> Table:
    """Examples that were scored too far from their level."""
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    rows = [(miss.criterion, str(miss.index + 1), str(miss.expected), str(miss.got),
             criteria[miss.criterion].examples[miss.index].text) for miss in misses]  # fmt: skip
    return _table(("criterion", "example", "level", "scored", "text"), rows)


def _table(headers: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    return table


def _criterion_rows(dimension: Dimension) -> list[tuple[str, ...]]:
    core = "yes" if dimension.core else "no"
    return [(criterion.id, criterion.title, dimension.title, core, str(len(criterion.examples)))
            for criterion in dimension.criteria]  # fmt: skip


def _profile_row(profile: Profile, rubric: Rubric) -> tuple[str, ...]:
    weights = (f"{profile.dimensions.get(dimension.id, 0):g}" for dimension in rubric.dimensions)
    left_out = [criterion.id for criterion in rubric.criteria if profile.criteria.get(criterion.id, 1) == 0]
    return profile.id, *weights, " ".join(left_out) or "-"


def _level(level: Level, criterion: Criterion) -> Group:
    lines = [Text(level.description), Text(f"Next step: {level.next_step}", style="green")]
    for example in criterion.examples:
        if example.level == level.level:
            lines.append(
                Text(f"“{example.text}”" + (f" ({example.note})" if example.note else ""), style="dim")
            )
    return Group(*lines)


def _rates(results: Sequence["ExampleResult"]) -> Rates:
    distances = [abs(result.expected - result.got) for result in results]
    return Rates(len(distances), distances.count(0), sum(distance <= 1 for distance in distances))


def _rate_row(name: str, rate: Rates) -> tuple[str, ...]:
    if not rate.examples:
        return name, "0", "-", "-"
    return (
        name,
        str(rate.examples),
        f"{rate.exact / rate.examples:.1%}",
        f"{rate.within_one / rate.examples:.1%}",
    )
