"""How well do levels agree with the reference levels? ``python -m benchmarks.agreement REFERENCE FOLDS``

Prints every table of `benchmarks.validity` on the reference documents, grouped five-fold: levels come from the
encoders in FOLDS (``fold0.safetensors`` … ``fold4.safetensors`` of `training.encoder`), each trained without its fold,
and everything else is fitted inside the fold too. The profile is `full`. With ``--cache`` later runs take a
minute or two instead of ten or more.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from benchmarks.validity.agreement_figures import agreement_tables, mean_kappa, per_criterion, per_dimension
from benchmarks.validity.baselines import BASELINES, baseline_table
from benchmarks.validity.cache import Cache
from benchmarks.validity.collection import Collection, Ints, gather
from benchmarks.validity.confidence import confidence_tables, kappa_of_kept
from benchmarks.validity.differences import furthest_documents, worst_criteria
from benchmarks.validity.evidence import evidence_table, hit_rate
from benchmarks.validity.page import page
from benchmarks.validity.slices import kind_table, slice_table, total_table
from benchmarks.validity.tables import Table, as_text
from benchmarks.validity.targets import Target, target_table, targets
from benchmarks.validity.unseen import ablation_table, features_of, unseen_levels, unseen_table
from training.crossval import Levels, cross_validated
from training.fit import pooled


def main() -> None:
    options = _options()
    torch.set_num_threads(1)
    collection = gather(options.reference, options.folds, Cache(options.cache))
    tables, found = measure(collection)
    print(summary(collection))
    for table in tables:
        print("\n".join(as_text(table)))
    if options.json:
        content = {
            "digests": collection.digests,
            "targets": [target.model_dump() | {"reached": target.reached} for target in found],
            "tables": [table.model_dump() for table in tables],
        }
        options.json.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.write:
        text = page(tables, options.date, summary(collection), collection.digests)
        options.write.write_text(text, encoding="utf-8")


def measure(collection: Collection) -> tuple[list[Table], list[Target]]:
    """All tables in their order, the targets first."""
    held_out = grade(collection)
    baselines = {name: baseline(collection) for name, baseline in BASELINES.items()}
    features = features_of(collection)
    unseen = unseen_levels(collection, features)
    found = list(_targets(collection, held_out, baselines, unseen))
    levels = held_out.level
    tables = [
        target_table(found),
        *agreement_tables(collection, levels),
        baseline_table(collection, levels, baselines),
        unseen_table(collection, unseen),
        ablation_table(collection, features, levels, unseen),
        evidence_table(collection, levels),
        *confidence_tables(collection, held_out),
        total_table(collection, levels),
        slice_table(collection, levels),
        kind_table(collection),
        worst_criteria(collection, levels, per_criterion(collection, levels)),
        furthest_documents(collection, levels),
    ]
    return tables, found


def grade(collection: Collection) -> Levels:
    """Held-out levels of every document; one that is not scorable counts as 0, without any confidence."""
    judged = cross_validated(collection.documents, pooled(collection.probabilities), collection.criteria)
    return Levels(
        level=collection.without_unscorable(judged.level),
        value=collection.without_unscorable(judged.value),
        confidence=collection.without_unscorable(judged.confidence),
    )


def summary(collection: Collection) -> str:
    """What is measured on."""
    documents = collection.documents
    reasons = "; ".join(f"{documents[i].id}: {why}" for i, why in collection.unscorable.items())
    return (
        f"{len(documents)} reference documents in {len({d.group for d in documents})} groups, "
        f"{sum(len(d.passages) for d in documents):,} passages, rubric {collection.rubric.id} "
        f"{collection.rubric.version}, profile full. Not scorable and counted as 0: {len(collection.unscorable)}"
        f"{f' ({reasons})' if reasons else ''}. Criteria without a score in the others: 0."
    )


def _targets(
    collection: Collection, held_out: Levels, baselines: dict[str, Ints], unseen: Ints
) -> Iterator[Target]:
    core, every = collection.core, np.ones_like(collection.core)
    figures = per_criterion(collection, held_out.level)
    *dimensions, total = per_dimension(collection, held_out.level)
    pairs = zip(collection.rubric.dimensions, dimensions, strict=True)
    half = kappa_of_kept(collection.reference, held_out.level, held_out.confidence, 0.5)
    yield from targets(
        core=[figure for figure, chosen in zip(figures, core, strict=True) if chosen],
        extension=[figure for figure, chosen in zip(figures, core, strict=True) if not chosen],
        dimensions=[*(figure for dimension, figure in pairs if dimension.core), total],
        baselines={name: mean_kappa(collection, levels, core) for name, levels in baselines.items()},
        others={
            "evidence": hit_rate(collection, held_out.level),
            "confident": float(np.nanmean(half[core])),
            "unseen": mean_kappa(collection, unseen, every),
        },
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.agreement",
        description="How well do levels agree with the reference levels?",
    )
    parser.add_argument(
        "reference", type=Path, help="folder with labels.jsonl, passages.jsonl and documents/"
    )
    parser.add_argument("folds", type=Path, help="folder with fold0.safetensors … fold4.safetensors")
    parser.add_argument("--cache", metavar="DIR", type=Path, help="keep what is slow to compute here")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write tables and targets as JSON")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page, such as docs/validity.md")
    parser.add_argument("--date", help="day of the measurement as the page shows it, such as 2026-11-22")
    options = parser.parse_args()
    if options.write and not options.date:
        parser.error("--write needs --date")
    return options


if __name__ == "__main__":
    main()
