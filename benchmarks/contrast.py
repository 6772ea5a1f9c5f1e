"""Is a decision told from what only sounds like one? ``python -m benchmarks.contrast [--json FILE]``

Documents of our own in which tricks and honest text of the same form stand side by side, a folder per family, each
passage with its marks. Nothing is trained on them. They were written by somebody who had not seen the code, the
rubric's examples or the other benchmarks, and read whole by others who did not see the marks. Prints per family:

empty, taken    passages marked 1 at most and quoted by no reader for more, and those of them that the grader takes for
                level 2 or more of anything
decided, found  marks of 2 or more, and those of them that the grader finds at that criterion
AUC             how well its highest probability of level 2 tells the two apart
QWK, bias       levels of whole documents against their readers', core criteria together; grader's mean less theirs
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.printed import write_page
from grader.rubric import DEFAULT_RUBRIC, load_rubric
from grader.schema import Frozen, Rubric
from grader.scoring import Scorer
from grader.scoring.judges import Judges
from grader.scoring.reading_rules import apply
from training.heldout import document_caps
from training.measures import quadratic_weighted_kappa
from training.own_documents import own_documents
from training.reference import MarkedDocument, lines_of

FOLDER = Path(__file__).parent / "contrast_cases"
TAKEN = 0.5
"""A passage is taken for level 2 when that is likelier than not."""

TITLE = "Decisions and what sounds like them"
ABOUT = """
128 documents of our own, in eight families of tricks and near misses, with honest text of the same form beside them;
every passage carries the marks its writer gave it. Nothing is trained or fitted on them. They were written by somebody
who had the codebook and had not seen the code, the rubric or the other benchmarks, and read whole by others who did
not see the marks; all of them are a language model. Those readers see more than the marks say: where
nothing was marked they gave a level in 67 % of the cases (those of the reference documents in 33 %), and 3 where the
best mark was 2 in 31 % (16 %). So passages that they quoted for level 2 or more do not count as empty, and the bias is
expected to lie below 0.

- **taken**: empty passages, marked 1 at most, that the grader takes for level 2 or more of some criterion (probability
  of 0.5).
- **found**: marks of 2 or more where the grader, too, gives that passage 2 or more for that criterion.
- **AUC**: how well the highest probability of level 2 tells decided passages from empty ones (0.5 is chance).
- **QWK**, **bias**: levels of whole documents against the readers', all core criteria together; grader's mean less
  theirs.

The families: *ornamental_numbers*, scores and statistics that argue nothing; *off_topic*, other subjects and other
people's products; *frameworks*, laws, textbooks and lessons; *negations*, what was not done, and promises;
*templates*, prompts, questions and key words; *claims* of diligence, boilerplate and suppositions; *plain_decisions*,
short rows that decide beside rows that do not; *near_misses*, neighbouring levels of the criteria that agree worst.
"""

ROW = "{:<20} {:>6} {:>7} {:>8} {:>7} {:>6} {:>6} {:>6}"


class Family(Frozen):
    """Figures of one family; counts of passages and marks, see the module."""

    name: str
    empty: int
    taken: int
    decided: int
    found: int
    auc: float
    kappa: float
    bias: float


@dataclass(frozen=True)
class Judged:
    """A document as marked, read and graded.

    Attributes:
        marks: (n_passages, n_criteria) levels by the writer.
        reaches: (n_passages, n_criteria) probability of level 2 or more.
        quoted: (n_passages,) whether readers quoted the passage for level 2 or more of anything.
        readers, grader: (n_core,) levels of the whole document; None where it was not scorable.
    """

    marks: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    reaches: NDArray[np.float64]
    readers: NDArray[np.int64]
    grader: NDArray[np.int64] | None


def main() -> None:
    arguments = _arguments()
    found = list(families(load_rubric(DEFAULT_RUBRIC)))
    lines = list(table(found))
    print("\n".join(lines))
    if arguments.write:
        command = "python -m benchmarks.contrast"
        write_page(arguments.write, TITLE, command, arguments.date, ABOUT, lines, "docs/contrast.md")
    if arguments.json:
        rows = [family.model_dump() for family in found]
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def families(rubric: Rubric, folder: Path = FOLDER) -> Iterator[Family]:
    """Figures of each folder, then of all documents."""
    readings = load_readings(folder)
    judge, scorer = Judges(rubric, None), Scorer(rubric, profile="full", kind=rubric.kinds[0].id)
    criteria = [criterion.id for criterion in rubric.criteria]
    core = [
        criterion.id for dimension in rubric.dimensions if dimension.core for criterion in dimension.criteria
    ]
    judged: dict[str, list[Judged]] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.md"))):
        judged[path.name] = [
            _judged(document, readings[f"{path.name}/{document.document.source}"], judge, scorer, core)
            for document in own_documents(criteria, path)
        ]
        yield figures(path.name, judged[path.name])
    yield figures("all", [document for family in judged.values() for document in family])


class Reading(Frozen):
    """How a document (``family/name.md``) was read: levels above 0, and the lines quoted for level 2 or more."""

    document: str
    levels: Mapping[str, int]
    quoted: tuple[int, ...]


def load_readings(folder: Path) -> Mapping[str, Reading]:
    """By document."""
    lines = (folder / "readings.jsonl").read_text(encoding="utf-8").splitlines()
    return {reading.document: reading for reading in map(Reading.model_validate_json, lines)}


def _judged(
    document: MarkedDocument, reading: Reading, judges: Judges, scorer: Scorer, core: Sequence[str]
) -> Judged:
    raw = judges.probabilities(document.passages)
    reaches = apply(document_caps(document.passages, raw), raw)[:, :, 1]
    assessment = scorer.assess(document.document)
    lines = [lines_of(document.document, passage) for passage in document.passages]
    given = {score.id: score.level for score in assessment.criteria if score.level is not None}
    return Judged(
        marks=document.marks,
        quoted=np.array([any(first <= line <= last for line in reading.quoted) for first, last in lines]),
        reaches=reaches,
        readers=np.array([reading.levels.get(criterion, 0) for criterion in core]),
        grader=None
        if assessment.total is None
        else np.array([given.get(criterion, 0) for criterion in core]),
    )


def figures(name: str, documents: Sequence[Judged]) -> Family:
    """The figures of some documents; those that were not scorable count for passages only."""
    from sklearn.metrics import roc_auc_score

    decided = np.concatenate([(document.marks >= 2).any(axis=1) for document in documents])
    disputed = np.concatenate([document.quoted for document in documents]) & ~decided
    highest = np.concatenate([document.reaches.max(axis=1) for document in documents])
    is_decided, likely = decided[~disputed], highest[~disputed]
    hits = [document.reaches[document.marks >= 2] >= TAKEN for document in documents]
    scored = [(document.readers, document.grader) for document in documents if document.grader is not None]
    readers, grader = (np.concatenate(levels) for levels in zip(*scored, strict=True))
    return Family(
        name=name,
        empty=int((~is_decided).sum()),
        taken=int((likely[~is_decided] >= TAKEN).sum()),
        decided=sum(len(hit) for hit in hits),
        found=sum(int(hit.sum()) for hit in hits),
        auc=float(roc_auc_score(is_decided, likely)),
        kappa=quadratic_weighted_kappa(readers, grader),
        bias=float((grader - readers).mean()),
    )


def table(found: Sequence[Family]) -> Iterator[str]:
    """One line per family."""
    yield ROW.format("family", "empty", "taken", "decided", "found", "AUC", "QWK", "bias")
    for family in found:
        taken, hits = family.taken / max(family.empty, 1), family.found / max(family.decided, 1)
        yield ROW.format(
            family.name, family.empty, f"{taken:.0%}", family.decided, f"{hits:.0%}", f"{family.auc:.2f}",
            f"{family.kappa:.2f}", f"{family.bias:+.2f}",
        )  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--write", type=Path, help="write the page there, such as docs/contrast.md")
    parser.add_argument("--date", default="", help="day of the measurement, for the page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
