"""Where grader and readers differ most."""

from collections import Counter

import numpy as np

from benchmarks.validity.agreement_figures import Agreement, scores
from benchmarks.validity.collection import Collection, Ints
from benchmarks.validity.tables import Table, number, share

N_CRITERIA = 5
N_DOCUMENTS = 10


def worst_criteria(collection: Collection, levels: Ints, figures: list[Agreement]) -> Table:
    """The criteria with the lowest kappa, and how their levels go wrong."""
    worst = sorted(range(len(figures)), key=lambda i: figures[i].kappa)[:N_CRITERIA]
    return Table(
        title="The five criteria that agree worst",
        header=(
            "criterion",
            "QWK",
            "readers",
            "readers above 0",
            "off by 2 or more",
            "commonest: readers→grader",
        ),
        rows=tuple(_criterion(collection, levels, i, figures[i]) for i in worst),
    )


def _criterion(collection: Collection, levels: Ints, i: int, figures: Agreement) -> tuple[str, ...]:
    reference, given = collection.reference[:, i], levels[:, i]
    pairs = Counter((r, g) for r, g in zip(reference.tolist(), given.tolist(), strict=True) if r != g)
    return (
        f"{figures.name} {collection.rubric.criteria[i].title}", number(figures.kappa), number(figures.readers),
        share((reference > 0).mean()), str((abs(reference - given) > 1).sum()),
        ", ".join(f"{r}→{g} ({n} ×)" for (r, g), n in pairs.most_common(3)),
    )  # fmt: skip


def furthest_documents(collection: Collection, levels: Ints) -> Table:
    """The documents whose totals differ most, with the criteria that are off by two levels or more."""
    readers, grader = (scores(collection.rubric, one)[:, -1] for one in (collection.reference, levels))
    order = np.argsort(-abs(readers - grader), kind="stable")[:N_DOCUMENTS]
    return Table(
        title="The ten documents whose totals differ most",
        header=("document", "kind", "words", "readers", "grader", "difference", "readers→grader, off by 2 or more"),
        rows=tuple(
            (collection.documents[i].id, collection.documents[i].kind, str(collection.documents[i].words),
             number(readers[i], 1), number(grader[i], 1), f"{grader[i] - readers[i]:+.1f}",
             collection.unscorable.get(i, "") or _far(collection, levels, i))
            for i in order
        ),
    )  # fmt: skip


def _far(collection: Collection, levels: Ints, i: int) -> str:
    pairs = zip(collection.criteria, collection.reference[i].tolist(), levels[i].tolist(), strict=True)
    return " ".join(f"{name} {r}→{g}" for name, r, g in pairs if abs(r - g) > 1)
