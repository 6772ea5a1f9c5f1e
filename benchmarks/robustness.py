"""Does anything hostile get through? ``python -m benchmarks.robustness [--class NAME …] [--keep DIR] [--markdown]``

Builds the corpus of `benchmarks.robustness_cases`, grades it with the real command and prints by class:

files       how many there are
expected    outcomes that must come of them
found       outcomes that came
wrong       files with another outcome, a flag missing or too many, or points that a trick earned
wait        longest time until the next result, in seconds
memory      most memory of the command and all its children, models included, in MiB

Then everything that is wrong, in the files and in what was written about them. Exit code 1 when anything is.
"""

import argparse
import csv
import getpass
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.robustness_cases.case import NEIGHBOURS, NOT_A_RESULT, Case, all_cases
from benchmarks.robustness_cases.command import Line, Watched, watched
from benchmarks.robustness_cases.outputs import findings, steering
from benchmarks.robustness_cases.verdicts import Verdict, verdicts, wrong_pairs
from grader.renderers.json_lines import from_line
from grader.renderers.visible import stripped
from grader.schema import Assessment

LIMIT = 4 * 3600
ROW = "{:<16} {:>5}  {:<44} {:<44} {:>5} {:>6} {:>7}"
FORESEEN = (0, 1)


def main() -> None:
    arguments = _arguments()
    cases = [case for case in all_cases() if not arguments.groups or case.group in arguments.groups]
    if arguments.keep:
        sys.exit(_run(cases, arguments.keep, arguments.jobs, arguments.markdown))
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        sys.exit(_run(cases, Path(folder), arguments.jobs, arguments.markdown))


def _run(cases: Sequence[Case], folder: Path, jobs: str, markdown: bool) -> int:
    found: list[Verdict] = []
    lines: list[Line] = []
    wrong: list[str] = []
    seconds = 0.0
    for name, batch in _batches(cases):
        made = list(_made(batch, folder / name / "submissions"))
        options = ["--format", "json", "--kind", "prd", "--profile", "full", "--jobs", jobs]
        where = [str(folder / name / "submissions"), "--out", str(folder / name / "out")]
        run = watched(["grade", *where, *options], LIMIT)
        results = [from_line(line.text) for line in run.lines]
        found += verdicts(made, results)
        wrong += _outside(run, folder / name)
        wrong += _wrong_outputs(folder / name / "out", folder, results)
        wrong += wrong_pairs(made, _pairs(folder / name / "out" / "duplicates.csv"))
        lines += run.lines
        seconds += run.seconds
    print("\n".join(table(found, lines, markdown)))
    print(f"\n{len(found)} files, {len(lines)} results, {seconds:.0f} s.")
    for line in (*_lines(found), *wrong):
        print(stripped(line))
    return 1 if wrong or any(verdict.wrong for verdict in found) else 0


def _batches(cases: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Neighbours are a class of their own: what many of a batch share is their assignment."""
    for name, wanted in (("strangers", False), ("class", True)):
        batch = [case for case in cases if (case.group in NEIGHBOURS) is wanted]
        if batch:
            yield name, batch


def table(found: Sequence[Verdict], lines: Sequence[Line], markdown: bool = False) -> Iterator[str]:
    """One line per class."""
    head = ("class", "files", "expected", "found", "wrong", "wait", "memory")
    yield f"| {' | '.join(head)} |\n|---|---:|---|---|---:|---:|---:|" if markdown else ROW.format(*head)
    for group in dict.fromkeys(verdict.case.group for verdict in found):
        own = [verdict for verdict in found if verdict.case.group == group]
        seen = [line for line in lines if f'"source": "{group}/' in line.text]
        outcomes = {outcome for verdict in own for outcome in verdict.found}
        cells = (
            group,
            len(own),
            _some({part for v in own for part in v.case.expected().replace(", ", "|").split("|")}),
            _some(outcomes or {NOT_A_RESULT}),
            sum(bool(verdict.wrong) for verdict in own),
            f"{max((line.seconds for line in seen), default=0):.1f}",
            f"{max((line.mib for line in seen), default=0):.0f}",
        )
        yield f"| {' | '.join(map(str, cells))} |" if markdown else ROW.format(*cells)


def _some(outcomes: set[str]) -> str:
    """Outcomes, without the word that says nothing new beside its codes."""
    short = sorted({outcome.removeprefix("skipped:").removeprefix("not_scorable:") for outcome in outcomes})
    return ", ".join(short)


def _made(cases: Sequence[Case], corpus: Path) -> Iterator[Case]:
    for case in cases:
        try:
            case.write(corpus)
        except (OSError, UnicodeError) as error:
            print(stripped(f"left out, this file system cannot hold it: {case.source}: {error}"))
            continue
        yield case


def _lines(found: Sequence[Verdict]) -> Iterator[str]:
    for verdict in found:
        yield from (f"{verdict.case.source}: {line}" for line in verdict.wrong)


def _outside(run: Watched, folder: Path) -> Iterator[str]:
    """What the command did beside its results."""
    if run.exit_code not in FORESEEN:
        yield f"exit code {run.exit_code}"
    yield from (f"stdout: {line}" for text in run.lines for line in steering(text.text))
    yield from (f"stderr: {line}" for line in steering(run.errors.replace("\n", "")))
    yield from (f"stderr: {line}" for line in run.errors.splitlines() if not line.startswith("grader: "))
    yield from (f"still running: {command}" for command in run.left_behind)
    others = {path.name for path in folder.iterdir()} - {"submissions", "out"}
    yield from (f"written outside the out folder: {name}" for name in sorted(others))
    if Path("/tmp/escaped.md").exists():
        yield "a member of an archive was written to its own path"


def _wrong_outputs(out: Path, folder: Path, results: Sequence[Assessment]) -> Iterator[str]:
    yield from findings(out, [str(folder), *_user()])
    pages = len(list((out / "feedback").glob("*.html")))
    if pages != len(results):
        yield f"{pages} pages for {len(results)} results"


def _pairs(path: Path) -> set[tuple[str, str]]:
    """Sources of the documents that share passages; cells lose the apostrophe that disarms them."""
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["first"].lstrip("'"), row["second"].lstrip("'")) for row in csv.DictReader(lines)}


def _user() -> list[str]:
    """The name of the user, where it is not a word that a report may well hold."""
    name = getpass.getuser()
    return [f"/{name}/"] if len(name) > 2 else []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.robustness", description="Does anything hostile get through?"
    )
    parser.add_argument("--class", dest="groups", metavar="NAME", action="append", help="only this class")
    parser.add_argument("--keep", metavar="DIR", type=Path, help="leave corpus and reports in this folder")
    parser.add_argument("--jobs", metavar="N", default="1", help="processes that score")
    parser.add_argument("--markdown", action="store_true", help="the table as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    main()
