"""Levels for every reference document with everything fitted on other documents only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.schema import Rubric
from grader.scoring.combine import Combiner
from training.fit import Floats, fit_calibration, fit_combiner, judge_all
from training.reference import ReferenceDocument, folds


@dataclass(frozen=True)
class Levels:
    """Each (n_documents, n_criteria): level 0–4, value 0–4, confidence 0–1."""

    level: NDArray[np.int64]
    value: Floats
    confidence: Floats


def reference_levels(documents: Sequence[ReferenceDocument], criteria: Sequence[str]) -> NDArray[np.int64]:
    """(n_documents, n_criteria) levels of the readers."""
    return np.array([[document.levels[criterion] for criterion in criteria] for document in documents])


def calibrated_combiner(
    features: Floats, levels: NDArray[np.int64], criteria: Sequence[str], own: bool, own_cuts: bool = True
) -> Combiner:
    """A combiner whose confidence is calibrated on the same documents.

    Args:
        features: (n_documents, n_criteria, 4) from `training.fit.pooled`.
        own: whether criteria get a shift and cut points of their own…
        own_cuts: …or, for comparison, a shift only.
    """
    combiner = fit_combiner(features, levels, criteria, own)
    if not own_cuts:
        combiner = combiner.model_copy(update={"cuts": {}})
    given, _, raw = judge_all(combiner, features, criteria)
    return combiner.model_copy(update={"calibration": fit_calibration(raw, given == levels)})


def cross_validated(
    documents: Sequence[ReferenceDocument], features: Floats, criteria: Sequence[str], own_cuts: bool = True
) -> Levels:
    """Levels by combiners fitted fold by fold; `features` must come from models that are held out."""
    reference = reference_levels(documents, criteria)
    out = [np.zeros(reference.shape) for _ in range(3)]
    for train, test in folds(documents):
        combiner = calibrated_combiner(features[train], reference[train], criteria, True, own_cuts)
        for target, part in zip(out, judge_all(combiner, features[test], criteria), strict=True):
            target[test] = part
    return Levels(out[0].astype(np.int64), out[1], out[2])


def cross_validated_unseen(
    documents: Sequence[ReferenceDocument], features: Floats, rubric: Rubric
) -> Levels:
    """The same for criteria without labels: combiners fitted on the other dimensions' criteria only."""
    criteria = [criterion.id for criterion in rubric.criteria]
    reference = reference_levels(documents, criteria)
    out = [np.zeros(reference.shape) for _ in range(3)]
    for train, test in folds(documents):
        for dimension in rubric.dimensions:
            left_out = [criteria.index(criterion.id) for criterion in dimension.criteria]
            seen = [i for i in range(len(criteria)) if i not in left_out]
            combiner = calibrated_combiner(
                features[np.ix_(train, seen)], reference[np.ix_(train, seen)],
                [criteria[i] for i in seen], own=False,
            )  # fmt: skip
            judged = judge_all(combiner, features[np.ix_(test, left_out)], [criteria[i] for i in left_out])
            for target, part in zip(out, judged, strict=True):
                target[np.ix_(test, left_out)] = part
    return Levels(out[0].astype(np.int64), out[1], out[2])
