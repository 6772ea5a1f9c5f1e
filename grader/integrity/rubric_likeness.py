"""Text written towards the rubric: its key words in a row, or its examples and levels in other words.

Both are flagged for a person. A list of key words earns nothing besides; sentences close to the rubric count as any
other. Paraphrase is told by words alone: two texts that share most of their rarer words say the same; one that was
put into quite other words is not recognised.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import fsum, log
from typing import NamedTuple

from grader.integrity.quotes import short_quote
from grader.schema import Block, Document, Flag, Rubric, ScoredText

ALIKE = 0.5
"""Part of a sentence's weight in words that stands in one text of the rubric, and the other way round."""
FEWEST_WORDS = 7
"""Content words of a sentence that is compared."""
MANY_ALIKE = 2
"""Sentences close to the rubric from which a document is told."""

MANY_TERMS = 8
"""Different terms of the rubric in one list…"""
TERM_SHARE = 0.5
"""…that are at least this part of its entries…"""
SHORT_SHARE = 0.8
"""…of which so many have at most four words: a list of key words."""

_WORD = re.compile(r"[a-z]{3,}|\d+")
_ENTRY = re.compile(r"[,;|·•\n]|\.(?:\s|$)")
_SENTENCE = re.compile(r"[^.!?\n]+")


class Likeness(NamedTuple):
    """What of one document is like the rubric.

    Attributes:
        flags: at most one of each kind, at its first place.
        key_words: numbers of the blocks that list the rubric's key words and state nothing.
    """

    flags: tuple[Flag, ...]
    key_words: frozenset[int]


class RubricLikeness:
    """Compares documents with one rubric. Making one takes some milliseconds."""

    def __init__(self, rubric: Rubric) -> None:
        texts = [_content(text) for text in _texts(rubric)]
        self._texts = [words for words in texts if len(words) >= FEWEST_WORDS]
        counts = Counter(word for words in self._texts for word in words)
        self._weight = {word: log(1 + len(self._texts) / count) for word, count in counts.items()}
        self._unknown = log(1 + len(self._texts))
        self._masses = [self._mass(words) for words in self._texts]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._texts):
            for word in words:
                self._by_word[word].append(number)
        self._terms = frozenset(term for criterion in rubric.criteria for term in criterion.terms)

    def compare(self, document: Document, scored: ScoredText) -> Likeness:
        """What of `document` is like the rubric."""
        blocks = [(document.blocks[part.block], part.text) for part in scored.blocks]
        prose = [(block, text) for block, text in blocks if block.type != "heading"]
        lists = list(self._lists_of_terms(document, scored))
        flags = [*self._paraphrase(prose)]
        if lists:
            numbers, text, terms = lists[0]
            message = f"a list of key words without a statement ({terms}): “{short_quote(text)}”"
            where = document.blocks[numbers[0]].location
            flags.append(Flag(code="keyword_list", severity="warning", message=message, location=where))
        return Likeness(tuple(flags), frozenset(number for numbers, _, _ in lists for number in numbers))

    def likeness(self, sentence: str) -> float:
        """0–1: how much of `sentence` is in the closest text of the rubric, and of that text in it."""
        words = _content(sentence)
        if len(words) < FEWEST_WORDS:
            return 0.0
        shared: defaultdict[int, float] = defaultdict(float)
        for word in sorted(words):  # adding in another order can change the last digit
            for number in self._by_word.get(word, ()):
                shared[number] += self._weight[word]
        own = self._mass(words)
        return max((both / max(own, self._masses[n]) for n, both in shared.items()), default=0.0)

    def _is_mostly_term(self, entry: str) -> bool:
        """Whether a term of the rubric makes up at least half of an entry's words."""
        half = len(entry.split()) / 2
        return any(term in entry and len(term.split()) >= half for term in self._terms)

    def _mass(self, words: frozenset[str]) -> float:
        return fsum(self._weight.get(word, self._unknown) for word in words)

    def _paraphrase(self, prose: Sequence[tuple[Block, str]]) -> Iterator[Flag]:
        close = [
            (block, sentence)
            for block, text in prose
            for sentence in _SENTENCE.findall(text)
            if self.likeness(sentence) >= ALIKE
        ]
        if len(close) >= MANY_ALIKE:
            block, sentence = close[0]
            message = f"sentences are close to the rubric's own ({len(close)} ×): “{short_quote(sentence)}”"
            yield Flag(code="like_rubric", severity="warning", message=message, location=block.location)

    def _lists_of_terms(
        self, document: Document, scored: ScoredText
    ) -> Iterator[tuple[Sequence[int], str, int]]:
        """Blocks, text and number of terms of every list that is made of terms."""
        for numbers, text in _lists(document, scored):
            entries = [entry.strip().lower() for entry in _ENTRY.split(text) if entry.strip()]
            short = [entry for entry in entries if len(entry.split()) <= 4]
            if len(short) < max(MANY_TERMS, SHORT_SHARE * len(entries)):
                continue
            terms = {entry for entry in short if self._is_mostly_term(entry)}
            if len(terms) >= max(MANY_TERMS, TERM_SHARE * len(entries)):
                yield numbers, text, len(terms)


def _texts(rubric: Rubric) -> Iterator[str]:
    for criterion in rubric.criteria:
        yield from (example.text for example in criterion.examples if example.level > 1)
        for level in criterion.levels:
            yield from (level.description, level.next_step)


def _content(text: str) -> frozenset[str]:
    """The words that carry the sense, with the commonest endings off."""
    return frozenset(
        re.sub(r"(?:ings?|ed|es|s|ly)$", "", word) if len(word) > 5 else word
        for word in _WORD.findall(text.lower())
        if word not in _STOP
    )


_STOP = frozenset(
    ["the", "and", "for", "are", "was", "were", "with", "that", "this", "from", "which", "have", "has", "had"]
    + [
        "not",
        "but",
        "its",
        "they",
        "their",
        "will",
        "would",
        "can",
        "could",
        "should",
        "our",
        "you",
        "your",
        "who",
    ]
    + [
        "when",
        "than",
        "then",
        "them",
        "one",
        "all",
        "any",
        "each",
        "more",
        "what",
        "how",
        "into",
        "about",
        "been",
    ]
)


def _lists(document: Document, scored: ScoredText) -> Iterator[tuple[Sequence[int], str]]:
    """Every block but headings, and runs of list items as one text; with the numbers of the blocks."""
    run: list[tuple[int, str]] = []
    for part in scored.blocks:
        kind = document.blocks[part.block].type
        if kind != "heading":
            yield (part.block,), part.text
        if kind == "list_item":
            run.append((part.block, part.text))
            continue
        yield from _together(run)
        run = []
    yield from _together(run)


def _together(run: Sequence[tuple[int, str]]) -> Iterator[tuple[Sequence[int], str]]:
    if len(run) > 1:
        yield [number for number, _ in run], "\n".join(text for _, text in run)
