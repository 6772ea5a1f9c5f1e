"""The same words written otherwise: spelling, contractions, typing errors, numbers."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

SEED = 20_260
TYPO_SHARE = 0.02

BRITISH_AMERICAN = {
    "colour": "color", "favour": "favor", "behaviour": "behavior", "labour": "labor", "harbour": "harbor",
    "neighbour": "neighbor", "programme": "program", "centre": "center", "metre": "meter", "litre": "liter",
    "theatre": "theater", "organise": "organize", "recognise": "recognize", "prioritise": "prioritize",
    "summarise": "summarize", "minimise": "minimize", "analyse": "analyze", "apologise": "apologize",
    "catalogue": "catalog", "dialogue": "dialog", "cancelled": "canceled", "labelled": "labeled",
    "travelled": "traveled", "modelled": "modeled", "defence": "defense", "offence": "offense",
    "licence": "license", "grey": "gray", "cheque": "check", "judgement": "judgment", "ageing": "aging",
    "fulfil ": "fulfill ", "practise": "practice", "tonne": "ton", "dearer": "pricier",
    "timetable": "schedule", "autumn": "fall", "rota": "roster", "lorries": "trucks", "pavement": "sidewalk",
}  # fmt: skip
"""Spellings, and a few words that differ."""

CONTRACTIONS = {
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "cannot": "can't", "could not": "couldn't", "will not": "won't",
    "would not": "wouldn't", "should not": "shouldn't", "must not": "mustn't", "has not": "hasn't",
    "have not": "haven't", "had not": "hadn't", "it is": "it's", "that is": "that's", "we are": "we're",
    "we have": "we've", "we will": "we'll", "I have": "I've", "I would": "I'd", "they are": "they're",
    "who is": "who's", "there is": "there's", "nobody is": "nobody's",
}  # fmt: skip

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WORD = re.compile(r"\b[a-z]{4,}\b")
_LETTER = re.compile(r"[a-z]")


def american(text: str) -> str:
    return _replaced(text, BRITISH_AMERICAN, inflected=True)


def contracted(text: str) -> str:
    return _replaced(text, CONTRACTIONS)


def mistyped_words(text: str) -> str:
    """One error in 2 % of the words of four letters or more."""
    return _mistyped(text, _WORD, _slip)


def mistyped_letters(text: str) -> str:
    """2 % of the small letters are another letter: about one word in ten has an error."""
    return _mistyped(text, _LETTER, lambda rng, letter: rng.choice("abcdefghijklmnopqrstuvwxyz"))


def percent_closed(text: str) -> str:
    """``27 %`` becomes ``27%``."""
    return re.sub(r"(?<=\d) %", "%", text)


def percent_word(text: str) -> str:
    return re.sub(r"(?<=\d) ?%", " percent", text)


def thousands_plain(text: str) -> str:
    """``1,200`` becomes ``1200``."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)


def decimal_comma(text: str) -> str:
    """``1.4`` becomes ``1,4``, and ``1,200`` becomes ``1.200``."""
    return re.sub(r"(?<=\d)[.,](?=\d)", lambda mark: {".": ",", ",": "."}[mark.group()], text)


def numbers_as_digits(text: str) -> str:
    """``eleven`` becomes ``11``, from two to twelve ("one" is seldom a number)."""
    words = {word: str(number) for number, word in enumerate(NUMBER_WORDS) if number > 1}
    return _replaced(text, words)


def numbers_as_words(text: str) -> str:
    """``11`` becomes ``eleven`` where a word follows, up to twelve."""
    return re.sub(
        r"(?<![\w.,:/-])(\d{1,2})(?= [a-z]{3,})",
        lambda match: NUMBER_WORDS[int(match[1])] if int(match[1]) < len(NUMBER_WORDS) else match[1],
        text,
    )


def currency_before(text: str) -> str:
    """``900 euro`` becomes ``€900``."""
    return re.sub(r"(\d[\d.,]*\d|\d) euros?\b", r"€\1", text)


def _replaced(text: str, table: Mapping[str, str], inflected: bool = False) -> str:
    words = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    end = "" if inflected else r"\b"
    lower = {before.lower(): after for before, after in table.items()}
    return re.sub(
        rf"\b({words}){end}",
        lambda match: _cased(match[0], lower[match[0].lower()]),
        text,
        flags=re.IGNORECASE,
    )


def _cased(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _mistyped(text: str, pattern: re.Pattern[str], slip: Callable[[random.Random, str], str]) -> str:
    """`TYPO_SHARE` of the matches of `pattern`, chosen at random, go through `slip`."""
    rng = random.Random(SEED)
    places = [match.start() for match in pattern.finditer(text)]
    chosen = set(rng.sample(places, round(TYPO_SHARE * len(places))))
    return pattern.sub(lambda m: slip(rng, m.group()) if m.start() in chosen else m.group(), text)


def _slip(rng: random.Random, word: str) -> str:
    """Two letters swapped, one left out or one doubled."""
    at = rng.randrange(1, len(word) - 1)
    kinds: Sequence[str] = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    return rng.choice(kinds)
