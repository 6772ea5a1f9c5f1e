"""Criteria that were never seen in training, and what each part of the grader brings."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.validity.agreement_figures import mean_kappa
from benchmarks.validity.collection import Collection, Floats, Ints
from benchmarks.validity.tables import Table, number
from training.crossval import cross_validated, cross_validated_unseen
from training.fit import pooled
from training.heldout import ExampleFeatures, example_features, example_probabilities
from training.measures import quadratic_weighted_kappa

# Columns of `grader.scoring.by_example.relevance_features`.
SIMILARITY, CONTEXT, TERMS, CONTRAST = (0, 1, 2, 3), (4, 6), (5, 6), (7, 8)


def unseen_levels(collection: Collection, features: ExampleFeatures) -> Ints:
    """Levels of every criterion by its text and examples alone, its whole dimension left out of training."""
    judged = pooled(example_probabilities(collection.documents, collection.rubric, features))
    levels = cross_validated_unseen(collection.documents, judged, collection.rubric).level
    return collection.without_unscorable(levels)


def features_of(collection: Collection) -> ExampleFeatures:
    """What the judge by example sees of all passages."""
    return example_features(collection.documents, collection.rubric, collection.encode)


def unseen_table(collection: Collection, levels: Ints) -> Table:
    """QWK per criterion and on average."""
    kappas = [
        quadratic_weighted_kappa(collection.reference[:, i], levels[:, i]) for i in range(levels.shape[1])
    ]
    rows = [
        (f"{c.id} {c.title}", number(kappa))
        for c, kappa in zip(collection.rubric.criteria, kappas, strict=True)
    ]
    for name, chosen in (("core", collection.core), ("extension", ~collection.core)):
        rows.append((f"mean, {name}", number(float(np.nanmean(np.array(kappas)[chosen])))))
    rows.append(("mean, all", number(float(np.nanmean(kappas)))))
    return Table(
        title="Criteria never seen in training",
        note=(
            "Each dimension in turn is left out of everything that is fitted; its criteria are judged by their text "
            "and examples in the rubric alone, on documents of the fold left out. What a criterion of your own can "
            "expect."
        ),
        header=("criterion", "QWK"),
        rows=tuple(rows),
    )


def ablation_table(collection: Collection, features: ExampleFeatures, whole: Ints, by_example: Ints) -> Table:
    """What the levels lose without each part.

    Args:
        whole, by_example: levels of the trained grader, and of `unseen_levels`, with all parts.
    """
    trained = {
        "trained judge, whole": whole,
        "… reading rules off": _trained(collection, collection.raw),
        "… single best passage": _trained(collection, [_best(p) for p in collection.probabilities]),
        "… common cut points": _trained(collection, collection.probabilities, own_cuts=False),
    }
    unseen = {
        "by example (criteria unseen), whole": by_example,
        **{
            f"… without {name}": unseen_levels(collection, without(features, columns))
            for name, columns in (
                ("similarity to examples and text", SIMILARITY), ("context", CONTEXT), ("terms", TERMS),
                ("contrast with other criteria", CONTRAST),
            )
        },
        "… without cues (depth constant)": unseen_levels(
            collection, replace(features, depth=np.zeros_like(features.depth))
        ),
    }  # fmt: skip
    rows = []
    for variants in (trained, unseen):
        first = next(iter(variants.values()))
        rows += [_row(collection, name, levels, first) for name, levels in variants.items()]
    return Table(
        title="What each part brings",
        note="Everything is fitted anew without the part. Change: against the whole.",
        header=("", "QWK core", "change", "QWK extension", "change"),
        rows=tuple(rows),
    )


def without(features: ExampleFeatures, columns: Sequence[int]) -> ExampleFeatures:
    """The features with some relevance columns at 0, so that nothing can be learned from them."""
    kept = np.ones(next(iter(features.relevance.values())).shape[1])
    kept[list(columns)] = 0
    return replace(features, relevance={name: values * kept for name, values in features.relevance.items()})


def _trained(collection: Collection, probabilities: Sequence[Floats], own_cuts: bool = True) -> Ints:
    judged = cross_validated(collection.documents, pooled(probabilities), collection.criteria, own_cuts)
    return collection.without_unscorable(judged.level)


def _best(passages: Floats) -> Floats:
    """(1, n_criteria, 4): the highest probability of each level."""
    best: Floats = passages.max(axis=0, initial=0.0, keepdims=True)
    return best


def _row(collection: Collection, name: str, levels: Ints, whole: Ints) -> tuple[str, ...]:
    cells = [name]
    for chosen in (collection.core, ~collection.core):
        value = mean_kappa(collection, levels, chosen)
        change = value - mean_kappa(collection, whole, chosen)
        cells += [number(value), "" if levels is whole else f"{change:+.2f}"]
    return tuple(cells)
