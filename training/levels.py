"""Fits everything after the encoder and writes the weights that ship with the package.

    python -m training.levels REFERENCE FOLDS ENCODER

FOLDS is a folder with the five fold encoders of `training.encoder`, ENCODER the one trained on all documents.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch

import grader.scoring
from grader.rubric.load import load_rubric
from grader.scoring.trained import WEIGHTS
from grader.scoring.weights import Weights, fingerprint
from training.crossval import calibrated_combiner, cross_validated, reference_levels
from training.fit import example_weights, mark_rates, pooled
from training.heldout import capped, example_features, example_probabilities, trained_probabilities
from training.measures import quadratic_weighted_kappa
from training.reference import load_reference


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("reference", "folds", "encoder"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    package = Path(grader.scoring.__file__).parent
    weights = fit(options.reference, options.folds, options.encoder.read_bytes())
    shutil.copyfile(options.encoder, package / WEIGHTS)
    text = json.dumps(weights.model_dump(mode="json"), indent=1)
    (package / "weights.json").write_text(text + "\n", encoding="utf-8")
    print(weights.agreement)


def fit(reference: Path, fold_encoders: Path, encoder: bytes) -> Weights:
    """All weights but the encoder's own."""
    documents = load_reference(reference)
    rubric = load_rubric("decision-hygiene")
    criteria = [criterion.id for criterion in rubric.criteria]
    readers = reference_levels(documents, criteria)
    trained = pooled(capped(documents, trained_probabilities(documents, criteria, fold_encoders)))
    held_out = cross_validated(documents, trained, criteria)
    features = example_features(documents, rubric)
    by_example = pooled(example_probabilities(documents, rubric, features))
    marks = np.concatenate([document.marks for document in documents])
    core = [criterion.id for d in rubric.dimensions if d.core for criterion in d.criteria]
    kappas = {
        c: quadratic_weighted_kappa(readers[:, i], held_out.level[:, i]) for i, c in enumerate(criteria)
    }
    return Weights(
        trained=tuple(criteria),
        fingerprints={criterion.id: fingerprint(criterion) for criterion in rubric.criteria},
        encoder_sha256=hashlib.sha256(encoder).hexdigest(),
        example_weights=example_weights(
            features.relevance, {c: marks[:, i] for i, c in enumerate(criteria)}, features.depth
        ),
        by_training=calibrated_combiner(trained, readers, criteria, own=True),
        by_example=calibrated_combiner(by_example, readers, criteria, own=False),
        mark_rates=mark_rates(marks),
        residuals=tuple(map(tuple, (held_out.level - readers).tolist())),
        agreement=_agreement(float(np.mean([kappas[c] for c in core])), len(documents)),
    )


def _agreement(kappa: float, n_documents: int) -> str:
    return (
        f"On {n_documents} reference documents that the grader had not seen, its levels agree with reference levels "
        f"at a mean quadratic weighted kappa of {kappa:.2f} over the core criteria (1 is perfect, 0 is chance). The "
        "reference levels were given by a language model acting as a careful reader; they are not human grades."
    )


if __name__ == "__main__":
    main()
