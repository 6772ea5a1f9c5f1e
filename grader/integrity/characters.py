"""Characters that look like others or like nothing: what a person reads them as, with a map back.

Folded: compatibility forms (ligatures, full-width letters), whatever is invisible (zero-width, direction marks,
tags, soft hyphens), and letters of another script that stand in a Latin word and look like Latin ones. Emoji,
Greek in formulas and words wholly in another script stay what they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Oddity = Literal["invisible", "tags", "direction", "look_alike"]

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
_KEPT = frozenset("²³¹½¼¾™")
"""Folding these would change numbers or names."""
_OVERRIDES = frozenset("\u202d\u202e")
_FLAG = "\U0001f3f4"
_LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST = 4
"""Letters of a word in which look-alikes are looked for: shorter ones are units and formulas (µs, kΩ, Δt)."""


@dataclass(frozen=True)
class OddText:
    """A place where characters are not what they look like; offsets in the original text.

    Attributes:
        reads: what a person reads there, or what tag characters spell.
    """

    kind: Oddity
    start: int
    end: int
    reads: str


@dataclass(frozen=True)
class Folded:
    """A text as a person reads it; `offsets[i]` is the place of ``text[i]`` in the original, None when equal."""

    text: str
    offsets: tuple[int, ...] | None = None
    odd: tuple[OddText, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the non-empty span ``text[start:end]``."""
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str) -> Folded:
    """`text` as it is read. Line feeds stay; other blanks become spaces."""
    if text.isascii():
        return Folded("".join(map(_plain, text)))
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        reads = _fold(character)
        if len(reads) == 1 and characters and unicodedata.combining(reads):
            composed = unicodedata.normalize("NFC", characters[-1] + reads)
            if len(composed) == 1:
                characters[-1] = composed
                continue
        characters.extend(reads)
        offsets.extend([offset] * len(reads))
    odd = [*_invisible(text), *_look_alikes(characters, offsets)]
    same = offsets == list(range(len(text)))
    return Folded("".join(characters), None if same else tuple(offsets), tuple(odd))


def _plain(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    return " "


def _fold(character: str) -> str:
    """What one code point is read as; "" for invisible ones."""
    if character.isascii():
        return _plain(character)
    if is_invisible(character):
        return ""
    if character in _KEPT:
        return character
    if character == "\u2800":  # a braille cell without dots
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return " " if folded.isspace() else folded


def is_invisible(character: str) -> bool:
    """True for a code point that leaves no mark and takes no room."""
    if (
        character in _FILLERS
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0000" <= character <= "\U000e01ef"
    ):
        return True
    return unicodedata.category(character) == "Cf"


def _invisible(text: str) -> Iterator[OddText]:
    """Invisible characters inside Latin words, tags that are no flag's, and reversals of the reading direction."""
    for word in _PADDED_WORD.finditer(text):
        if any(map(is_invisible, word.group())) and not set(word.group()) & _OVERRIDES:
            reads = "".join(map(_fold, word.group()))
            yield OddText("invisible", word.start(), word.end(), reads)
    for tags in _TAGS.finditer(text):
        if not text.startswith(_FLAG, max(0, tags.start() - 1)):
            spelt = "".join(chr(ord(tag) - 0xE0000) for tag in tags.group() if ord(tag) > 0xE001F)
            yield OddText("tags", tags.start(), tags.end(), spelt)
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    for override in re.finditer("\u202e", text):
        if not right_to_left:
            yield OddText("direction", override.start(), override.end(), text[override.end() :][:40])


# Joiners and soft hyphens have uses of their own, but not between ASCII letters (the soft hyphen excepted).
_PADDED_WORD = re.compile(
    "(?<![A-Za-z])[A-Za-z]++"
    "(?:[\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]++[A-Za-z]++)+"
)
_TAGS = re.compile("[\U000e0001-\U000e007f]+")


def _look_alikes(characters: list[str], offsets: list[int]) -> Iterator[OddText]:
    """Replace look-alikes inside Latin words by what they look like, and tell each such word."""
    for match in _LETTERS.finditer("".join(characters)):
        word = match.group()
        if word.isascii() or len(word) < SHORTEST:
            continue
        read = _as_latin(word)
        if read != word:
            characters[match.start() : match.end()] = read
            yield OddText("look_alike", offsets[match.start()], offsets[match.end() - 1] + 1, read)


def _as_latin(word: str) -> str:
    """`word` with look-alikes replaced where it is a Latin word; itself where it is none."""
    latin = [char.isascii() or unicodedata.name(char, "").startswith("LATIN") for char in word]
    if sum(latin) < 2:
        return word
    return "".join(
        char if latin[i] else _twin(char, word[max(0, i - 1) : i] + word[i + 1 : i + 2])
        for i, char in enumerate(word)
    )


def _twin(character: str, neighbours: str) -> str:
    """The ASCII letter that `character` looks like; itself where there is none.

    A small Greek letter beside capitals is a symbol: TNFα, γGTP.
    """
    if character.islower() and not any(char.islower() for char in neighbours):
        return character
    return _twins().get(character, character)


@lru_cache(maxsize=1)
def _twins() -> dict[str, str]:
    """ASCII letter by look-alike, from the Unicode list of confusable characters."""
    from confusable_homoglyphs.confusables import confusables_data

    found = {}
    for character, likes in confusables_data.items():
        letters = [like["c"] for like in likes if len(like["c"]) == 1 and like["c"].isascii()]
        if len(character) == 1 and character.isalpha() and not character.isascii():
            same_case = [letter for letter in letters if letter.isalpha()]
            if same_case and not unicodedata.name(character, "LATIN").startswith("LATIN"):
                found[character] = same_case[0]
    return found | {"І": "I", "Ӏ": "I", "Ι": "I"}  # listed as a small l, which capitals make unlikely
