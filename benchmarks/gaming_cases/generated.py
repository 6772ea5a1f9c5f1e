"""Cases made by code: the rubric pasted in, its terms as keywords, and bases repeated or shuffled."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from benchmarks.gaming_cases.case import Base, Case, Expected
from grader.schema import Criterion, Dimension, Rubric

SEED = 20_260
HOST = "clip-maker"
"""The poor base that appended cases use: it says nothing on any criterion."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def generated_cases(rubric: Rubric, bases: Sequence[Base]) -> Iterator[Case]:
    """The same cases for the same rubric and bases, in the same order."""
    for dimension in rubric.dimensions:
        yield from _pasted(dimension)
        yield from _altered(dimension)
        yield from _keywords(dimension)
    for base in bases:
        yield from _duplicated(base)
        yield from _shuffled(base)


def _pasted(dimension: Dimension) -> Iterator[Case]:
    """The rubric's own words about one dimension, alone and in a document that decides nothing."""
    for level in (2, 3, 4):
        yield _of_rubric(dimension, f"examples-{level}", _each_criterion(dimension, _examples_at(level)))
    examples = _each_criterion(dimension, _examples_at(4))
    yield _of_rubric(dimension, "examples-4-hosted", examples, base=HOST)
    yield _of_rubric(dimension, "examples-shuffled", _shuffle(_sentences(examples)), base=HOST)
    for name, words in _PARTS.items():
        yield _of_rubric(dimension, name, _each_criterion(dimension, words), base=HOST)


def _altered(dimension: Dimension) -> Iterator[Case]:
    """The best examples with other figures, or with some words dropped: copies that are no longer literal."""
    examples = _each_criterion(dimension, _examples_at(4))
    figures = re.sub(r"\d", lambda digit: str((int(digit.group()) + 3) % 9 + 1), examples)
    dropped = "\n\n".join(" ".join(_all_but_every(7, block.split())) for block in examples.split("\n\n"))
    for name, text in (("other-figures", figures), ("words-dropped", dropped)):
        yield _of_rubric(dimension, name, text, trick="rubric_paraphrased", base=HOST, expect="rate_only")


def _keywords(dimension: Dimension) -> Iterator[Case]:
    terms = [term for criterion in dimension.criteria for term in criterion.terms]
    yield _of_rubric(dimension, "keywords-alone", f"{', '.join(terms)}.", trick="keyword_list")
    bullets = "\n".join(f"- {term}" for term in terms)
    yield _of_rubric(
        dimension, "keywords-bullets", f"## Summary\n\n{bullets}", trick="keyword_list", base=HOST
    )


def _of_rubric(
    dimension: Dimension, name: str, text: str, trick: str = "rubric_pasted", base: str | None = None,
    expect: Expected = "no_gain",
) -> Case:  # fmt: skip
    targets = tuple(criterion.id for criterion in dimension.criteria)
    return Case(
        id=f"{dimension.id}-{name}", trick=trick, base=base, text=text, targets=targets, expect=expect
    )


def _examples_at(level: int) -> Callable[[Criterion], str]:
    return lambda criterion: "\n\n".join(e.text for e in criterion.examples if e.level == level)


def _levels(field: str) -> Callable[[Criterion], str]:
    return lambda criterion: " ".join(getattr(level, field) for level in criterion.levels if level.level > 1)


_PARTS: dict[str, Callable[[Criterion], str]] = {
    "descriptions": lambda criterion: f"{criterion.title}. {criterion.description} {criterion.looks_for}",
    "level-texts": _levels("description"),
    "next-steps": _levels("next_step"),
    "feedback": _levels("feedback"),
}


def _each_criterion(dimension: Dimension, words: Callable[[Criterion], str]) -> str:
    return "\n\n".join(words(criterion) for criterion in dimension.criteria)


def _all_but_every(nth: int, words: Sequence[str]) -> list[str]:
    return [word for number, word in enumerate(words, 1) if number % nth]


def _duplicated(base: Base) -> Iterator[Case]:
    blocks = _blocks(base.text)
    prose = [block for block in blocks if not block.startswith("#")]
    twice = "\n\n".join(
        part for block in blocks for part in ([block] if block.startswith("#") else [block, block])
    )
    longest = "\n\n".join([max(prose, key=len)] * 10)
    yield _of_base(base, "three-times", "duplicated_paragraphs", "\n\n".join([base.text] * 3))
    yield _of_base(base, "every-paragraph-twice", "duplicated_paragraphs", twice)
    yield _of_base(base, "longest-paragraph-ten-times", "duplicated_paragraphs", f"{base.text}\n\n{longest}")


def _shuffled(base: Base) -> Iterator[Case]:
    """Honest sentences in another order keep their levels; words in a random order are worth nothing."""
    blocks = _blocks(base.text)
    paragraphs = [block for block in blocks if _is_paragraph(block)]
    others = iter(_shuffled_list(paragraphs))
    within = [_shuffle(_sentences(block), " ") if _is_paragraph(block) else block for block in blocks]
    moved = [next(others) if _is_paragraph(block) else block for block in blocks]
    pooled = _shuffle([sentence for block in paragraphs for sentence in _sentences(block)], " ")
    yield _of_base(base, "sentences-within-paragraphs", "shuffled_sentences", "\n\n".join(within))
    yield _of_base(base, "paragraphs-under-other-headings", "shuffled_sentences", "\n\n".join(moved))
    yield _of_base(base, "all-sentences", "shuffled_sentences", pooled, expect="no_gain")
    salad = _shuffle(base.text.split(), " ")
    yield Case(id=f"{base.id}-all-words", trick="shuffled_sentences", text=salad)


def _of_base(base: Base, name: str, trick: str, text: str, expect: Expected = "unchanged") -> Case:
    return Case(id=f"{base.id}-{name}", trick=trick, base=base.id, where="replace", text=text, expect=expect)


def _blocks(text: str) -> list[str]:
    return [block for block in text.strip("\n").split("\n\n") if block.strip()]


def _is_paragraph(block: str) -> bool:
    return not block.startswith(("#", "|", "-", "*", "1."))


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(" ".join(text.split()))


def _shuffled_list(parts: Sequence[str]) -> list[str]:
    shuffled = list(parts)
    random.Random(SEED).shuffle(shuffled)
    return shuffled


def _shuffle(parts: Sequence[str], separator: str = "\n\n") -> str:
    return separator.join(_shuffled_list(parts))
