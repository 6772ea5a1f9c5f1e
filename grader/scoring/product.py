"""Tells documents about a product from texts that only look like documents: recipes, stories, essays.

Looked at only where no kind was recognised. Two signs: hardly any criterion has a passage that bears on it,
and the text as a whole is closer to one of the other texts below than to any about a product, or to any kind of
the rubric. A rubric may know few kinds and criteria: it alone cannot tell.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.schema import Kind

OTHER_TEXTS = (
    "A cooking recipe with ingredients and steps.",
    "A short story or a novel with characters and scenes.",
    "A poem or song lyrics.",
    "A curriculum vitae with work experience, education and skills.",
    "Lecture notes or a textbook chapter that teaches a school subject.",
    "An essay on history, art or science.",
    "A news article about current events.",
    "Documentation of a software library: installation, usage, API and licence.",
    "A personal letter or diary entry.",
    "Terms and conditions or another legal contract.",
    "A travel report about places and sights.",
    "An academic paper about a scientific experiment.",
)

PRODUCT_TEXTS = (
    "A product requirements document that says what is to be built, for whom and why.",
    "A case study that tells what was decided and built, and what came of it.",
    "A decision record that weighs options for a product or a system and chooses one.",
    "An analysis of a product that exists, its screens and its choices.",
    "A report on an incident of a service, its causes and what is changed.",
    "A description of a data set or a model, and of what it may be used for.",
    "A plan for launching, testing or monitoring a product.",
)

BEST_CRITERIA = 5
DOUBTFUL = 0.7
"""Mean probability, over the five best criteria, that the best passage bears on it; below this the text as a whole
decides."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def about_a_product(
    probabilities: NDArray[np.float64],
    texts: Sequence[str],
    kinds: Sequence[Kind],
    encoder: Callable[[], Encode],
) -> bool:
    """False for a text that is no product document.

    Args:
        probabilities: (n_passages, n_criteria, 4) as judged.
        texts: of the passages.
        encoder: makes the sentence encoder; called only in doubt, because it takes seconds to load.
    """
    by_criterion = np.sort(probabilities[:, :, 0].max(axis=0, initial=0.0))[::-1]
    bearing = float(by_criterion[:BEST_CRITERIA].mean())
    return bearing >= DOUBTFUL or _closer_to_products(texts, kinds, encoder())


def _closer_to_products(texts: Sequence[str], kinds: Sequence[Kind], encode: Encode) -> bool:
    whole = encode(texts).mean(axis=0)
    to_products = encode([*PRODUCT_TEXTS, *(kind.description for kind in kinds)]) @ whole
    return bool(to_products.max() >= (encode(OTHER_TEXTS) @ whole).max())
