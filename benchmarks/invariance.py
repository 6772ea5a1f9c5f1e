"""Does what must not matter stay without effect? ``python -m benchmarks.invariance [--change NAME] [--json FILE]``

Changes honest documents without changing what they say and prints one table by change:

documents, variants   documents in which there was something to change, and changed documents
mean, max             absolute change of the total, in points (target: mean of at most 1.5)
over one level        criteria that moved by more than one level, over all variants (target: none)

Then pairs of a strong and a hollow document of the same length, and, where the reference documents are at
hand, the correlation of the total with the logarithm of the length, for the grader and for the readers.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.invariance_cases.changes import CHANGES
from benchmarks.invariance_cases.document import HonestDocument, honest_documents
from benchmarks.invariance_cases.length import LengthFigures, Pair, matched_pairs, reference_figures
from benchmarks.marking import Marker, Marks
from benchmarks.printed import write_page
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from grader.schema import Frozen

REFERENCE = Path("../shared/reference")
LENGTH = "length"
"""Name of the second part, after the changes."""

TITLE = "What must not matter"
ABOUT = """
Honest documents of our own are changed without changing what they say; the total should move by 1.5 points on average
at most, and no criterion by more than one level.

- **documents, variants**: documents in which there was something to change, and changed documents.
- **mean, max**: absolute change of the total in points.
- **over one level**: criteria that moved by more than one level, over all variants.
"""

ROW = "{:<24} {:>9} {:>8} {:>6} {:>6} {:>14}"


class Move(Frozen):
    """What one variant changed.

    Attributes:
        total: change of the total in points.
        levels: criterion → (before, after) where it moved at all.
    """

    change: str
    document: str
    variant: str
    total: float
    levels: Mapping[str, tuple[int, int]]

    @property
    def far(self) -> dict[str, tuple[int, int]]:
        """Criteria that moved by more than one level."""
        return {name: levels for name, levels in self.levels.items() if abs(levels[0] - levels[1]) > 1}


def main() -> None:
    arguments = _arguments()
    rubric = load_rubric(DEFAULT_RUBRIC)
    marker = Marker(rubric)
    names = [name for name in CHANGES if arguments.change in (None, name)]
    moves = [move for name in names for move in moved(marker, name, honest_documents())]
    lines = list(table(moves)) if moves else []
    pairs: list[Pair] = []
    length = None
    if arguments.change in (None, LENGTH):
        pairs = list(matched_pairs(marker))
        if (arguments.reference / "labels.jsonl").is_file():
            length = reference_figures(marker, rubric, arguments.reference)
        lines += length_lines(pairs, length)
    print("\n".join(lines))
    if arguments.write:
        command = "python -m benchmarks.invariance"
        write_page(arguments.write, TITLE, command, arguments.date, ABOUT, lines, "docs/invariance.md")
    if arguments.json:
        figures = {
            "moves": [move.model_dump() for move in moves],
            "pairs": [pair.model_dump() for pair in pairs],
            "length": length.model_dump() if length else None,
        }
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def moved(marker: Marker, name: str, documents: Sequence[HonestDocument]) -> Iterator[Move]:
    """What every variant of one change does to the documents, in order."""
    for document in documents:
        before = marker.marks(document.filled())
        for variant in CHANGES[name](document):
            after = marker.marks(variant.data, variant.source)
            yield Move(
                change=name, document=document.id, variant=variant.label,
                total=round(after.total - before.total, 2), levels=_moved_levels(before, after),
            )  # fmt: skip


def table(moves: Sequence[Move]) -> Iterator[str]:
    """One line per change and one for all variants (names weigh most there), then what moved too far."""
    yield ROW.format("change", "documents", "variants", "mean", "max", "over one level")
    names = list(dict.fromkeys(move.change for move in moves))
    for name in names:
        yield _line(name, [move for move in moves if move.change == name])
    yield _line("all variants", moves)
    means = [fmean(abs(move.total) for move in moves if move.change == name) for name in names]
    yield f"mean over the changes: {fmean(means or [0.0]):.2f} points"
    far = [move for move in moves if move.far]
    yield f"\nMoved by more than one level: {len(far)}"
    for move in far:
        levels = " ".join(f"{name} {before}→{after}" for name, (before, after) in move.far.items())
        yield f"  {move.change:<24} {move.document:<32} {move.variant:<22} {move.total:+.1f}  {levels}"


def length_lines(pairs: Sequence[Pair], length: LengthFigures | None) -> Iterator[str]:
    """The second part of the report."""
    yield "\nTotals at the same length: strong, strong at half the length, hollow"
    for pair in pairs:
        totals = f"{pair.strong_total:5.1f} {pair.strong_half_total:5.1f} {pair.hollow_total:5.1f}"
        yield f"  {totals}  {pair.words:>5} words  {pair.strong}, {pair.hollow}"
    if length:
        yield (
            f"\nCorrelation of the total with log length on {length.documents} reference documents: "
            f"grader {length.grader:.2f}, readers {length.readers:.2f}"
        )


def _line(name: str, moves: Sequence[Move]) -> str:
    sizes = [abs(move.total) for move in moves] or [0.0]
    documents = len({move.document for move in moves})
    far = sum(len(move.far) for move in moves)
    return ROW.format(name, documents, len(moves), f"{fmean(sizes):.2f}", f"{max(sizes):.1f}", far)


def _moved_levels(before: Marks, after: Marks) -> dict[str, tuple[int, int]]:
    names = {**before.levels, **after.levels}
    pairs = {name: (before.level(name), after.level(name)) for name in names}
    return {name: levels for name, levels in pairs.items() if levels[0] != levels[1]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.invariance", description="Does what must not matter stay without effect?"
    )
    parser.add_argument("--change", choices=[*CHANGES, LENGTH], help="only this one")
    parser.add_argument(
        "--reference", metavar="FOLDER", type=Path, default=REFERENCE, help="labelled documents"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures of every variant")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page, such as docs/invariance.md")
    parser.add_argument("--date", help="day of the measurement as the page shows it, such as 2026-11-22")
    arguments = parser.parse_args()
    if arguments.write and not arguments.date:
        parser.error("--write needs --date")
    return arguments


if __name__ == "__main__":
    main()
