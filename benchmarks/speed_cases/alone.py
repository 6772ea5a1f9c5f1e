"""What a batch cannot do without, and nothing else: reading, spaCy where it is used, the encoder.

python -m benchmarks.speed_cases.alone note FOLDER FILE    what a batch parses and judges, into FILE
python -m benchmarks.speed_cases.alone do FOLDER FILE      read the documents, parse and judge just that
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.analysis import syntax
from grader.execution import limit_threads
from grader.readers import read_document
from grader.scoring import trained
from grader.scoring.weights import load_weights

PARSES = ("_facts", "_sentences")
"""What `syntax` computes of a text with spaCy."""


def documents(folder: Path) -> list[Any]:
    return [read_document(path.read_bytes(), path.name) for path in sorted(folder.iterdir())]


def note(folder: Path, file: Path) -> None:
    """Grade the documents, and write down each text that is parsed and each passage that is judged."""
    from grader.rubric import load_rubric
    from grader.scoring import Scorer

    work: dict[str, list[Any]] = {name: [] for name in (*PARSES, "judged")}

    def noted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def noting(item: tuple[str, ...]) -> Any:
            work[name].append(item)
            return function(item)

        return noting

    for name in PARSES:
        setattr(syntax, name, noted(name, getattr(syntax, name)))
    logits = trained.TrainedJudge._logits

    def judged(self: trained.TrainedJudge, pair: tuple[str, ...]) -> bytes:
        work["judged"].append(pair)
        return logits(self, pair)

    trained.TrainedJudge._logits = judged  # type: ignore[method-assign]
    scorer = Scorer(load_rubric())
    for document in documents(folder):
        scorer.assess(document)
    file.write_text(json.dumps(work), encoding="utf-8")


def do(folder: Path, file: Path) -> None:
    """The same work, without what makes a grader of it."""
    work = json.loads(file.read_text(encoding="utf-8"))
    documents(folder)
    for name in PARSES:
        for item in work[name]:
            getattr(syntax, name)(item)
    network = trained._Network(trained._stored_weights(load_weights().encoder_sha256))
    for pair in work["judged"]:
        network.logits(*pair)


if __name__ == "__main__":
    limit_threads()
    {"note": note, "do": do}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
