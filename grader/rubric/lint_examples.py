"""What makes a criterion's examples and terms weaker than they could be."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from grader.rubric.checks import LEVELS
from grader.rubric.finding import Finding, Rule
from grader.rubric.wording import begins_a_word, overlap, words
from grader.schema import Criterion

FEW_EXAMPLES = Rule("few-examples", "warning")
LEVEL_WITHOUT_EXAMPLE = Rule("level-without-example", "error")
LEVEL_WITH_ONE_EXAMPLE = Rule("level-with-one-example", "warning")
FEW_DOMAINS = Rule("few-domains", "warning")
NO_NEAR_MISS = Rule("no-near-miss", "warning")
NEAR_MISS_AT_THE_TOP = Rule("near-miss-at-the-top", "warning")
EMPTY_EXAMPLE = Rule("empty-example", "error")
LONG_EXAMPLE = Rule("long-example", "warning")
EXAMPLE_NAMES_LEVEL = Rule("example-names-level", "warning")
DUPLICATE_EXAMPLE = Rule("duplicate-example", "warning")
CAPITAL_TERM = Rule("capital-term", "warning")
REPEATED_TERM = Rule("repeated-term", "warning")
TERMS_MISS = Rule("terms-miss", "warning")

_EXAMPLES = 12
_DOMAINS = 6
_WORDS = 80
_TOO_ALIKE = 0.8


def example_findings(criterion: Criterion, level_names: Mapping[int, str]) -> Iterator[Finding]:
    """What to improve in the examples and terms of `criterion`; `level_names` are the ladder's, by level."""
    yield from _coverage(criterion)
    yield from _each(criterion, level_names)
    yield from _duplicates(criterion)
    yield from _terms(criterion)


def _coverage(criterion: Criterion) -> Iterator[Finding]:
    examples = criterion.examples
    if len(examples) < _EXAMPLES:
        yield FEW_EXAMPLES.finding(criterion.id, f"{len(examples)} examples; write at least {_EXAMPLES}")
    by_level = Counter(example.level for example in examples)
    for level in LEVELS:
        if not by_level[level]:
            yield LEVEL_WITHOUT_EXAMPLE.finding(criterion.id, f"level {level} has no example; write two")
        elif by_level[level] == 1:
            yield LEVEL_WITH_ONE_EXAMPLE.finding(
                criterion.id, f"level {level} has one example; write a second"
            )
    domains = {example.domain.strip().lower() for example in examples}
    if len(domains) < _DOMAINS:
        message = f"examples from {len(domains)} domains; take them from at least {_DOMAINS}"
        yield FEW_DOMAINS.finding(criterion.id, message)
    if not any(example.near_miss for example in examples):
        message = "no example is a near miss; add text that looks like it and is not"
        yield NO_NEAR_MISS.finding(criterion.id, message)


def _each(criterion: Criterion, level_names: Mapping[int, str]) -> Iterator[Finding]:
    for position, example in enumerate(criterion.examples, start=1):
        here = f"example {position}"
        length = len(words(example.text))
        if not length or not example.domain.strip():
            yield EMPTY_EXAMPLE.finding(criterion.id, f"{here}: text or domain is empty")
        if length > _WORDS:
            yield LONG_EXAMPLE.finding(
                criterion.id, f"{here}: {length} words; keep to {_WORDS}, as in one passage"
            )
        name = level_names.get(example.level, "").lower()
        if name and name in words(example.text):
            message = f"{here}: contains its own level's name '{name}'; a document would not say it"
            yield EXAMPLE_NAMES_LEVEL.finding(criterion.id, message)
        if example.near_miss and example.level == LEVELS[-1]:
            message = f"{here}: a near miss cannot be on the highest level"
            yield NEAR_MISS_AT_THE_TOP.finding(criterion.id, message)


def _duplicates(criterion: Criterion) -> Iterator[Finding]:
    for (i, left), (j, right) in combinations(enumerate(criterion.examples, start=1), 2):
        if words(left.text) == words(right.text) or overlap(left.text, right.text) >= _TOO_ALIKE:
            yield DUPLICATE_EXAMPLE.finding(
                criterion.id, f"examples {i} and {j} are nearly the same; rewrite one"
            )


def _terms(criterion: Criterion) -> Iterator[Finding]:
    for term, count in Counter(criterion.terms).items():
        if count > 1:
            yield REPEATED_TERM.finding(criterion.id, f"the term '{term}' is listed {count} times")
        if term != term.lower():
            yield CAPITAL_TERM.finding(criterion.id, f"the term '{term}' has capitals; use lower case")
    about = [example.text for example in criterion.examples if example.level > 0]
    hits = sum(any(begins_a_word(term, text) for term in criterion.terms) for text in about)
    if criterion.terms and 3 * hits < len(about):
        message = f"the terms occur in {hits} of its {len(about)} examples above level 0; add words they use"
        yield TERMS_MISS.finding(criterion.id, message)
