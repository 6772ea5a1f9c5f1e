"""The table of changes: what is varied, and on which documents it says anything."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from benchmarks.invariance_cases import formats, layout, people, wording
from benchmarks.invariance_cases.document import HonestDocument
from grader.schema import Frozen


class Variant(Frozen):
    """One changed document: its bytes and the file name they are read under."""

    label: str
    data: bytes
    source: str = "document.md"


Change = Callable[[HonestDocument], Iterator[Variant]]
"""Document → its variants; none where the change finds nothing to change."""


def _filled(
    fillings: Callable[[], Iterator[tuple[str, Mapping[str, str]]]], document: HonestDocument
) -> Iterator[Variant]:
    if document.slots:
        for label, filling in fillings():
            yield Variant(label=label, data=document.filled(**filling).encode())


def _rewritten(rewrite: Callable[[str], str], document: HonestDocument) -> Iterator[Variant]:
    changed = rewrite(document.filled())
    if changed.split() != document.filled().split():
        yield Variant(label=rewrite.__name__, data=changed.encode())


def _rephrased(document: HonestDocument) -> Iterator[Variant]:
    if document.non_native:
        yield Variant(label="non-native", data=document.rephrased().encode())


def _converted(suffix: str, document: HonestDocument) -> Iterator[Variant]:
    data = formats.WRITERS[suffix](document.filled())
    yield Variant(label=suffix, data=data, source=f"document.{suffix}")


CHANGES: Mapping[str, Change] = {
    "names of people": partial(_filled, people.named),
    "pronouns": partial(_filled, people.pronouns),
    "schools": partial(_filled, people.schools),
    "companies": partial(_filled, people.companies),
    "American spelling": partial(_rewritten, wording.american),
    "contractions": partial(_rewritten, wording.contracted),
    "typos in 2 % of words": partial(_rewritten, wording.mistyped_words),
    "typos in 2 % of letters": partial(_rewritten, wording.mistyped_letters),
    "non-native phrasing": _rephrased,
    "27 % → 27%": partial(_rewritten, wording.percent_closed),
    "27 % → 27 percent": partial(_rewritten, wording.percent_word),
    "1,200 → 1200": partial(_rewritten, wording.thousands_plain),
    "1.4 → 1,4": partial(_rewritten, wording.decimal_comma),
    "two → 2": partial(_rewritten, wording.numbers_as_digits),
    "2 → two": partial(_rewritten, wording.numbers_as_words),
    "900 euro → €900": partial(_rewritten, wording.currency_before),
    "paragraphs → bullets": partial(_rewritten, layout.paragraphs_to_bullets),
    "paragraphs → tables": partial(_rewritten, layout.paragraphs_to_tables),
    "bullets → paragraphs": partial(_rewritten, layout.bullets_to_paragraphs),
    "bullets → tables": partial(_rewritten, layout.bullets_to_tables),
    "tables → bullets": partial(_rewritten, layout.tables_to_bullets),
    "tables → paragraphs": partial(_rewritten, layout.tables_to_paragraphs),
    "sections reversed": partial(_rewritten, layout.sections_reversed),
    "sections shuffled": partial(_rewritten, layout.sections_shuffled),
    "Markdown → docx": partial(_converted, "docx"),
    "Markdown → html": partial(_converted, "html"),
    "Markdown → txt": partial(_converted, "txt"),
}
