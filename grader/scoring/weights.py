"""The learned numbers that ship with the package, and which criteria they were learned for."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from grader.rubric.measure import fingerprint as fingerprint
from grader.schema import Frozen
from grader.scoring.by_example import ExampleWeights
from grader.scoring.combine import Combiner

TUNED = "fine-tuned encoder"
"""What the trained judge's weights are called in ``run.json``."""


class Weights(Frozen):
    """Contents of ``weights.json``; written by ``python -m training.levels``.

    Attributes:
        trained: criterion ids with an output of their own in the fine-tuned encoder, in its order.
        fingerprints: by criterion id, the `fingerprint` of the wording that was trained on.
        by_training, by_example: combiners for criteria with and without an output of their own.
        mark_rates: share of (passage, criterion) pairs of the reference documents that reach level 1 … 4.
        residuals: held-out errors (level given − reference level), one row per reference document, columns
            as in `trained`.
        agreement: what a report says about how well levels agree with the reference levels.
    """

    trained: tuple[str, ...]
    fingerprints: Mapping[str, str]
    encoder_sha256: str
    example_weights: ExampleWeights
    by_training: Combiner
    by_example: Combiner
    mark_rates: tuple[float, float, float, float]
    residuals: tuple[tuple[int, ...], ...]
    agreement: str


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights of this version of the program."""
    text = files("grader.scoring").joinpath("weights.json").read_text(encoding="utf-8")
    return Weights.model_validate(json.loads(text))
