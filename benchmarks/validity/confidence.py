"""Is the confidence worth anything? Calibration, and agreement when the least confident are left to a person."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.collection import Collection, Floats, Ints
from benchmarks.validity.tables import Table, number, share
from training.crossval import Levels
from training.measures import quadratic_weighted_kappa

BINS = 10
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def reliability(confidence: Floats, agreed: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """Per tenth of the confidence scale that occurs: number, mean confidence, share of exact agreement."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        (int((place == b).sum()), float(confidence[place == b].mean()), float(agreed[place == b].mean()))
        for b in range(BINS)
        if (place == b).any()
    ]


def expected_calibration_error(confidence: Floats, agreed: NDArray[np.bool_]) -> float:
    """Mean gap between confidence and agreement over the bins of `reliability`, weighted by their numbers."""
    bins = reliability(confidence, agreed)
    return sum(n * abs(mean - right) for n, mean, right in bins) / len(confidence)


def kappa_of_kept(reference: Ints, levels: Ints, confidence: Floats, kept: float) -> Floats:
    """(n_criteria,) kappas over each criterion's most confident share `kept` of the documents."""
    found = []
    for column in range(reference.shape[1]):
        order = np.argsort(-confidence[:, column], kind="stable")[: round(kept * len(reference))]
        found.append(quadratic_weighted_kappa(reference[order, column], levels[order, column]))
    return np.array(found)


def confidence_tables(collection: Collection, held_out: Levels) -> Iterator[Table]:
    """Reliability, and QWK against the share kept."""
    scorable = np.array([i not in collection.unscorable for i in range(len(collection.documents))])
    confidence = held_out.confidence[scorable].ravel()
    agreed = (held_out.level == collection.reference)[scorable].ravel()
    error = expected_calibration_error(confidence, agreed)
    yield Table(
        title="Confidence",
        note=(
            "Confidence is meant as the probability that a reader gives the same level. Expected calibration error: "
            f"{number(error, 3)}."
        ),
        header=("confidence", "levels", "mean confidence", "same level"),
        rows=tuple(
            (f"{int(mean * BINS) / BINS:.1f}–", str(n), number(mean), share(right))
            for n, mean, right in reliability(confidence, agreed)
        ),
    )
    yield Table(
        title="Agreement when the least confident are left to a person",
        note=(
            "Each criterion's most confident levels are kept. No kappa: everything kept has one and the same level, "
            "in both; these criteria are left out of the means."
        ),
        header=("kept", "QWK core", "lowest core", "QWK extension", "no kappa"),
        rows=tuple(_kept(collection, held_out, kept) for kept in SHARES),
    )


def _kept(collection: Collection, held_out: Levels, kept: float) -> tuple[str, ...]:
    found = kappa_of_kept(collection.reference, held_out.level, held_out.confidence, kept)
    core, extension = found[collection.core], found[~collection.core]
    figures = (np.nanmean(core), np.nanmin(core), np.nanmean(extension))
    return (share(kept), *(number(float(figure)) for figure in figures), str(np.isnan(found).sum()))
