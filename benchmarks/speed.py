"""How fast is it, beside what one would write without it? ``python -m benchmarks.speed DOCUMENTS``

DOCUMENTS is a folder of documents. Every part prints a table; wall seconds are what a person waits for,
processor seconds are steadier on a machine that does other things too. Ratios are medians over rounds in
which all that is compared ran once. ``--parts`` and the sizes make a short run.

    start     grader --help and grader check, beside ``import spacy, sentence_transformers``
    batch     a cohort, cold and again; beside the plain pipeline, the encoder alone and parsing alone
    alone     the same, cold, beside what it cannot do without: reading, spaCy where it is used, the encoder
    stages    where the time of a batch goes
    growth    documents per second and memory, by number of short documents
    long      one document of many pages
    memory    peak for the documents once and seven times over, varied
    precision levels with 8-bit matrices beside those with float32 ones, for all documents
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speed_cases.clock import Cost, cost, median, paired, ratio
from benchmarks.speed_cases.documents import edited, long, short, varied
from benchmarks.speed_cases.stages import STAGES
from benchmarks.validity.tables import Table, as_markdown, as_text, number
from grader.cache import CACHE_VARIABLE, NO_CACHE_VARIABLE
from grader.execution import auto_jobs, available_cores

GRADER = (sys.executable, "-W", "ignore", "-c", "from grader.cli import main; main()")
DRAFT_PAGES = 6
IMPORTS = (sys.executable, "-c", "import spacy, sentence_transformers")
PLAIN = (sys.executable, "-W", "ignore", "-m", "benchmarks.speed_cases.plain")
ALONE = (sys.executable, "-W", "ignore", "-m", "benchmarks.speed_cases.alone")
PRECISION = (sys.executable, "-W", "ignore", "-m", "benchmarks.speed_cases.precision")
STAGE = (sys.executable, "-W", "ignore", "-m", "benchmarks.speed_cases.stages")


class Bench:
    """What all parts share: the documents, a scratch folder, and how often to run."""

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.options, self.scratch = options, scratch
        self.documents = sorted(path for path in options.documents.iterdir() if path.is_file())
        step = max(1, len(self.documents) // options.count)
        self.cohort = self._folder("cohort", self.documents[::step][: options.count])

    def _folder(self, name: str, paths: list[Path]) -> Path:
        folder = self.scratch / name
        folder.mkdir()
        for path in paths:
            shutil.copy(path, folder)
        return folder

    def grade(self, folder: Path, cache: str = "", jobs: str | None = None) -> Cost:
        """`grader grade` into a fresh folder, with a cache of that name or none."""
        out = Path(tempfile.mkdtemp(dir=self.scratch)) / "out"
        kept = {CACHE_VARIABLE: str(self.scratch / cache), NO_CACHE_VARIABLE: "" if cache else "1"}
        jobs = jobs or self.options.jobs
        found = cost((*GRADER, "grade", folder, "--out", out, "--jobs", jobs, "--quiet"), kept)
        shutil.rmtree(out.parent)
        return found

    def check(self, path: Path, cache: str) -> Cost:
        kept = {CACHE_VARIABLE: str(self.scratch / cache), NO_CACHE_VARIABLE: ""}
        return cost((*GRADER, "check", path), kept)

    def rounds(self, measures: dict[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
        return paired(self.options.runs, measures)


def start(bench: Bench) -> Table:
    """Commands in fresh processes, against the imports that they do without."""
    draft = bench.options.draft or long(bench.scratch / "draft.md", DRAFT_PAGES)
    again, other = bench.scratch / "edited.md", bench.scratch / "first.md"
    edited(draft, again)
    bench.check(draft, "warm")
    first = iter(range(1_000))

    def changed() -> Cost:
        cache = f"edited{next(first)}"
        if (bench.scratch / "warm").is_dir():
            shutil.copytree(bench.scratch / "warm", bench.scratch / cache)
        return bench.check(again, cache)

    other.write_bytes(draft.read_bytes())
    found = bench.rounds(
        {
            "import spacy, sentence_transformers": lambda: cost(IMPORTS),
            "grader --help": lambda: cost((*GRADER, "--help")),
            "check, unchanged draft": lambda: bench.check(draft, "warm"),
            "check, three sentences changed": changed,
            "check, first time": lambda: bench.check(other, f"first{next(first)}"),
        }
    )
    wanted = {"grader --help": "0.05", "check, unchanged draft": "0.25", "check, three sentences changed": "0.7",
              "check, first time": "1"}  # fmt: skip
    words = len(draft.read_text(encoding="utf-8").split())
    return _table(
        "Start", f"One draft of {words} words; at most: what was aimed for.", found, IMPORT_NAME, wanted
    )


IMPORT_NAME = "import spacy, sentence_transformers"


def batch(bench: Bench) -> Table:
    """A cohort beside the plain pipeline and the floors."""
    bench.grade(bench.cohort, "known")
    fresh = iter(range(1_000))
    found = bench.rounds(
        {
            "plain pipeline": lambda: cost((*PLAIN, "plain", bench.cohort)),
            "its encoder alone": lambda: cost((*PLAIN, "model", bench.cohort)),
            "parsing alone": lambda: cost((*PLAIN, "parse", bench.cohort)),
            "grader grade, cold": lambda: bench.grade(bench.cohort, f"cold{next(fresh)}"),
            "grader grade --jobs 1, cold": lambda: bench.grade(bench.cohort, f"cold{next(fresh)}", "1"),
            "grader grade, again": lambda: bench.grade(bench.cohort, "known"),
        }
    )
    count = len(list(bench.cohort.iterdir()))
    note = f"{count} documents, from start to end of a process; reports written."
    return _table("Batch", note, found, "plain pipeline", {}, count)


def alone(bench: Bench) -> Table:
    """A cohort in one process beside the same reading, parsing and judging with nothing around it."""
    work = bench.scratch / "work.json"
    subprocess.run([*map(str, (*ALONE, "note", bench.cohort, work))], check=True)
    fresh = iter(range(1_000))
    name, base = "grader grade --jobs 1, cold", "reading, spaCy as used, encoder"
    found = bench.rounds(
        {
            base: lambda: cost((*ALONE, "do", bench.cohort, work)),
            name: lambda: bench.grade(bench.cohort, f"alone{next(fresh)}", "1"),
        }
    )
    count = len(list(bench.cohort.iterdir()))
    note = (
        f"{count} documents, the same texts and passages; at most: what was aimed for, in processor seconds."
    )
    return _table("Alone", note, found, base, {name: "1.3"}, count)


def stages(bench: Bench) -> Table:
    """Processor seconds in one process, without a cache."""
    done = subprocess.run([*STAGE, str(bench.cohort)], capture_output=True, text=True, check=True)
    seconds, documents, passages = json.loads(done.stdout)
    all_of_it = sum(seconds[stage] for stage in STAGES)
    rows = [
        (
            stage,
            number(seconds[stage]),
            number(1000 * seconds[stage] / documents, 1),
            number(100 * seconds[stage] / all_of_it, 0),
        )
        for stage in STAGES
    ]
    note = f"{documents} documents, {passages} passages, one process; loading took {seconds['load']:.1f} s before."
    return Table(
        title="Stages", note=note, header=("stage", "cpu s", "ms per document", "% of all"), rows=tuple(rows)
    )


def growth(bench: Bench) -> Table:
    """Short documents, ten passages each."""
    rows = []
    for count in bench.options.sizes:
        taken = bench.grade(short(bench.scratch / f"short{count}", count), "", bench.options.jobs)
        rows.append(
            (
                str(count),
                number(taken.wall, 1),
                number(count / taken.wall, 1),
                number(taken.cpu / count * 1000, 1),
                number(taken.mib, 0),
            )
        )
        shutil.rmtree(bench.scratch / f"short{count}")
    header = ("short documents", "wall s", "documents/s", "cpu ms per document", "MiB")
    return Table(
        title="Growth",
        note="No cache. MiB: the largest process, which with several is one that scores.",
        header=header,
        rows=tuple(rows),
    )


def one_long(bench: Bench) -> Table:
    """One document of many pages."""
    path = long(bench.scratch / "long" / "long.md", bench.options.pages)
    taken = bench.grade(path, "", "1")
    row = (f"{bench.options.pages} pages", number(taken.wall, 1), number(taken.cpu, 1), number(taken.mib, 0))
    return Table(title="One long document", header=("", "wall s", "cpu s", "MiB"), rows=(row,))


def memory(bench: Bench) -> Table:
    """Peak of the largest process for the documents once and several times over."""
    rows = []
    for times in (1, 7):
        folder = varied(bench.documents, bench.scratch / f"varied{times}", times)
        taken = bench.grade(folder, "")
        count = times * len(bench.documents)
        rows.append((str(count), number(taken.wall, 1), number(count / taken.wall, 2), number(taken.mib, 0)))
        shutil.rmtree(folder)
    return Table(title="Memory", header=("documents", "wall s", "documents/s", "MiB"), rows=tuple(rows))


def precision(bench: Bench) -> Table:
    """Levels of all documents, not of the cohort only."""
    folder = bench.options.documents
    done = subprocess.run([*map(str, (*PRECISION, folder))], capture_output=True, text=True, check=True)
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    levels = sum(entry["levels"] for entry in entries)
    differ = sum(len(entry["differ"]) for entry in entries)
    row = (str(len(entries)), str(levels), str(levels - differ), number(100 * (1 - differ / levels)), "99.5")
    header = ("documents", "levels", "the same in 8 bits", "%", "at least")
    return Table(title="Precision", note="8 bits in two passes, and float32.", header=header, rows=(row,))


PARTS: dict[str, Callable[[Bench], Table]] = {
    "start": start, "batch": batch, "alone": alone, "stages": stages, "growth": growth, "long": one_long,
    "memory": memory, "precision": precision,
}  # fmt: skip


def _table(
    title: str, note: str, found: dict[str, list[Cost]], base: str, wanted: dict[str, str], count: int = 0
) -> Table:
    header = (
        "",
        "wall s",
        "cpu s",
        "× wall",
        "× cpu",
        "MiB",
        *(("documents/s",) if count else ()),
        *(("at most",) if wanted else ()),
    )
    rows = []
    for name, costs in found.items():
        row = [name, number(median(costs, "wall")), number(median(costs, "cpu"))]
        row += [number(ratio(costs, found[base], field)) for field in ("wall", "cpu")]
        row += [number(median(costs, "mib"), 0)]
        row += [number(count / median(costs, "wall"))] if count else []
        rows.append((*row, *([wanted.get(name, "")] if wanted else [])))
    return Table(
        title=title,
        note=f"{note} Medians of {len(found[base])} rounds; × is against “{base}”.",
        header=header,
        rows=tuple(rows),
    )


def machine() -> Iterator[str]:
    """What the figures were taken on."""
    cores = available_cores()
    yield f"{platform.platform()}, Python {platform.python_version()}, {cores} cores"
    yield f"--jobs auto: {', '.join(f'{n} documents → {auto_jobs(n, cores)}' for n in (1, 10, 30, 1000))}"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="grader-speed-") as scratch:
        bench = Bench(options, Path(scratch))
        print("\n".join(machine()))
        tables = []
        for name in options.parts:
            tables.append(PARTS[name](bench))
            print("\n".join(as_text(tables[-1])), flush=True)
    if options.write:
        lines = [line for table in tables for line in as_markdown(table)]
        options.write.write_text("\n".join([*machine(), "", *lines]) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--count", type=int, default=30, help="documents of the cohort")
    parser.add_argument("--runs", type=int, default=5, help="rounds of what is compared")
    parser.add_argument("--jobs", default="auto")
    parser.add_argument("--draft", type=Path, help="what check gets; default: 2,000 words by rule")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1_000, 10_000], help="numbers of short documents"
    )
    parser.add_argument("--pages", type=int, default=300, help="of the long document")
    parser.add_argument("--write", type=Path, help="the tables as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    main()
