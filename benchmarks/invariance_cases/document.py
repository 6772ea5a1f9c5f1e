"""The honest documents: those with slots, the honest bases of the gaming cases, and samples."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.gaming_cases.case import load_half
from grader.schema import Frozen

FOLDER = Path(__file__).parent
SAMPLES = FOLDER.parents[1] / "samples"
HONEST_SAMPLES = (
    "case-study-grain-drying.md",
    "decision-record-ferry-booking.md",
    "ethics-case-exam-proctoring.md",
    "monitoring-plan-swimming-baths.md",
    "postmortem-duplicate-payouts.md",
)

USUAL = {
    "lead": "Emma Clarke",
    "second": "James Walker",
    "company": "Northgate Software",
    "school": "Ashford College",
    "she": "she",
    "She": "She",
    "her": "her",
    "hers": "her",
}
"""What fills the slots unless a change says otherwise."""


class HonestDocument(Frozen):
    """A document in Markdown, with slots such as ``{lead}`` where `slots` says so.

    Attributes:
        non_native: (wording, other wording) of passages, with the same slots.
    """

    id: str
    text: str
    slots: bool = False
    non_native: tuple[tuple[str, str], ...] = ()

    def filled(self, **fillings: str) -> str:
        """The text with every slot filled, as in `USUAL` unless given."""
        return self.text.format_map(USUAL | fillings) if self.slots else self.text

    def rephrased(self) -> str:
        """The filled text in its other wording. Raises ValueError for a wording that is not in the text."""
        text = self.text
        for before, after in self.non_native:
            if before not in text:
                raise ValueError(f"{self.id}: not in the text: {before}")
            text = text.replace(before, after)
        return self.model_copy(update={"text": text}).filled()


def honest_documents() -> Sequence[HonestDocument]:
    """All of them, always in the same order."""
    return [*_with_slots(), *_bases(), *_samples()]


def _with_slots() -> Iterator[HonestDocument]:
    from ruamel.yaml import YAML

    entries: list[Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
        (FOLDER / "documents.yaml").read_text(encoding="utf-8")
    )
    for entry in entries:
        pairs = tuple((pair["from"], pair["to"]) for pair in entry["non_native"])
        yield HonestDocument(id=entry["id"], text=entry["text"], slots=True, non_native=pairs)


def _bases() -> Iterator[HonestDocument]:
    for base in load_half("seen").bases.values():
        if base.quality != "poor":
            yield HonestDocument(id=base.id, text=base.text)


def _samples() -> Iterator[HonestDocument]:
    for name in HONEST_SAMPLES:
        yield HonestDocument(id=name.removesuffix(".md"), text=(SAMPLES / name).read_text(encoding="utf-8"))
