"""Levels with the encoder's matrices multiplied in 8 bits, beside those in float32, document by document.

python -m benchmarks.speed_cases.precision FOLDER

One line of JSON per document as it comes: its name, the number of its levels, and the two where they differ.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.analysis import device
from grader.cache import Cache
from grader.execution import limit_threads
from grader.readers import read_document
from grader.rubric import load_rubric


def compared(folder: Path) -> Iterator[dict[str, Any]]:
    """One entry per document. Raises RuntimeError on a processor that does not multiply 8 bits exactly."""
    if not device.multiplies_int8():
        raise RuntimeError("this processor does not multiply 8-bit numbers exactly: float32 is used on it")
    from grader.scoring import Scorer

    rubric = load_rubric()
    with tempfile.TemporaryDirectory() as kept:  # so that each document is parsed once
        scorers = {int8: Scorer(rubric, entries=Cache(Path(kept))) for int8 in (True, False)}
        for path in sorted(folder.iterdir()):
            document = read_document(path.read_bytes(), path.name)
            levels = []
            for int8, scorer in scorers.items():
                device.multiplies_int8 = lambda int8=int8: int8  # type: ignore[assignment,misc]
                levels.append([score.level for score in scorer.assess(document).criteria])
            both = [pair for pair in zip(*levels, strict=True) if pair != (None, None)]
            yield {"document": path.name, "levels": len(both), "differ": [p for p in both if p[0] != p[1]]}


if __name__ == "__main__":
    limit_threads()
    for entry in compared(Path(sys.argv[1])):
        print(json.dumps(entry), flush=True)
