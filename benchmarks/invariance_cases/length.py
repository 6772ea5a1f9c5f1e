"""Does length buy points? Pairs of documents cut to one length, and totals against length on the reference set."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from statistics import correlation

from benchmarks.invariance_cases.document import SAMPLES
from benchmarks.marking import Marker
from grader.readers import read_document
from grader.rubric.profile import total
from grader.schema import Frozen, Rubric

PAIRS = (
    ("case-study-grain-drying.md", "prd-personal-finance.md"),
    ("decision-record-ferry-booking.md", "decision-record-construction-platform.md"),
    ("postmortem-duplicate-payouts.md", "postmortem-warehouse-outage.md"),
    ("teardown-language-tutor.md", "teardown-meal-kits.md"),
    ("datasheet-marsh-bird-recordings.md", "monitoring-plan-claims-automation.md"),
    ("decision-record-ferry-booking.md", "prototype-interior-design.md"),
)
"""(strong, hollow) samples."""


class Pair(Frozen):
    """Totals of a strong document cut to the length of a hollow one, and to half of it, and of the hollow one."""

    strong: str
    hollow: str
    words: int
    strong_total: float
    strong_half_total: float
    hollow_total: float


class LengthFigures(Frozen):
    """Pearson correlation of the total with the logarithm of the number of words."""

    documents: int
    grader: float
    readers: float


def matched_pairs(marker: Marker) -> Iterator[Pair]:
    """Every pair at the length of its hollow document."""
    for strong, hollow in PAIRS:
        texts = [(SAMPLES / name).read_text(encoding="utf-8") for name in (strong, hollow)]
        words = min(len(text.split()) for text in texts)
        cut, short, empty = first_words(texts[0], words), first_words(texts[0], words // 2), texts[1]
        yield Pair(
            strong=strong, hollow=hollow, words=words, strong_total=marker.marks(cut).total,
            strong_half_total=marker.marks(short).total,
            hollow_total=marker.marks(first_words(empty, words)).total,
        )  # fmt: skip


def first_words(text: str, words: int) -> str:
    """Whole lines from the start of `text`, together at most `words` words."""
    kept: list[str] = []
    for line in text.splitlines():
        words -= len(line.split())
        if words < 0:
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def reference_figures(marker: Marker, rubric: Rubric, folder: Path) -> LengthFigures:
    """Grade the reference documents of `folder` and set both totals against length.

    The grader has learned from these documents; what it learned from them about length is what is asked here.
    """
    logs, ours, theirs = [], [], []
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        data = (folder / label["file"]).read_bytes()
        document = read_document(data, Path(label["file"]).name)
        logs.append(math.log(1 + sum(len(block.text.split()) for block in document.blocks)))
        ours.append(marker.marks(data, Path(label["file"]).name).total)
        theirs.append(total(rubric, rubric.profile("full"), label["levels"]) or 0.0)
    return LengthFigures(
        documents=len(logs), grader=correlation(logs, ours), readers=correlation(logs, theirs)
    )
