"""What was to be reached, what was, and by how much not."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from benchmarks.validity.agreement_figures import Agreement
from benchmarks.validity.tables import Table, number
from grader.schema import Frozen


class Target(Frozen):
    """One target; reached when `found` is on the right side of `wanted`."""

    name: str
    wanted: float
    found: float
    at_most: bool = False
    detail: str = ""

    @property
    def reached(self) -> bool:
        return self.found <= self.wanted if self.at_most else self.found >= self.wanted


def targets(
    core: Sequence[Agreement],
    extension: Sequence[Agreement],
    dimensions: Sequence[Agreement],
    baselines: Mapping[str, float],
    others: Mapping[str, float],
) -> Iterator[Target]:
    """All targets.

    Args:
        dimensions: the core dimensions and, last, the total.
        baselines: mean core kappa by name.
        others: ``evidence``, ``confident`` (mean kappa of the most confident half), ``unseen``.
    """  # fmt: skip
    every = [*core, *extension]
    mean = float(np.nanmean([entry.kappa for entry in core]))
    best = max(baselines, key=lambda name: baselines[name])
    yield Target(name="mean QWK, core criteria", wanted=0.75, found=mean)
    yield Target(name="… above the best baseline", wanted=0.15, found=mean - baselines[best], detail=best)
    yield _lowest("lowest QWK of a core criterion", 0.60, core, "kappa")
    extension_mean = float(np.nanmean([entry.kappa for entry in extension]))
    yield Target(name="mean QWK, extension criteria", wanted=0.65, found=extension_mean)
    yield _lowest("lowest r of a core dimension", 0.88, dimensions[:-1], "r")
    yield Target(name="r of the total", wanted=0.93, found=dimensions[-1].r)
    largest = max(every, key=lambda entry: abs(entry.difference))
    yield Target(name="largest |SMD| of a criterion", wanted=0.15, found=abs(largest.difference), at_most=True,
                 detail=_over(every, lambda e: abs(e.difference) > 0.15))  # fmt: skip
    yield _lowest("lowest SD ratio of a criterion", 0.8, every, "ratio")
    widest = max(entry.ratio for entry in every)
    yield Target(name="highest SD ratio of a criterion", wanted=1.25, found=widest, at_most=True,
                 detail=_over(every, lambda e: e.ratio > 1.25))  # fmt: skip
    yield Target(name="adjacent agreement, mean", wanted=0.95,
                 found=float(np.mean([entry.adjacent for entry in every])),
                 detail=_over(every, lambda e: e.adjacent < 0.95))  # fmt: skip
    yield Target(name="evidence hit rate, core", wanted=0.75, found=others["evidence"])
    yield Target(name="mean QWK, most confident half (core)", wanted=0.85, found=others["confident"])
    yield Target(name="mean QWK, criteria never seen (all)", wanted=0.50, found=others["unseen"])


def target_table(found: Sequence[Target]) -> Table:
    """Targets with yes or no."""
    return Table(
        title="Targets",
        header=("", "target", "found", "reached", "which"),
        rows=tuple(
            (t.name, f"{'≤' if t.at_most else '≥'} {t.wanted:.2f}", number(t.found),
             "yes" if t.reached else "no", t.detail)
            for t in found
        ),
    )  # fmt: skip


def _lowest(name: str, wanted: float, entries: Sequence[Agreement], field: str) -> Target:
    lowest = min(getattr(entry, field) for entry in entries)
    return Target(
        name=name, wanted=wanted, found=lowest, detail=_over(entries, lambda e: getattr(e, field) < wanted)
    )


def _over(entries: Sequence[Agreement], fails: Callable[[Agreement], bool]) -> str:
    return ", ".join(entry.name for entry in entries if fails(entry))
