"""Words without an order: after "the" English has a noun or an adjective, never "of", "is" or another "the"."""

import re

_ARTICLES = frozenset(["the", "The", "a", "an", "An", "our", "Our", "their", "Their", "your", "Your"])
_NEVER_AFTER_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "their",
        "your",
        "its",
        "this",
        "these",
        "those",
        "of",
        "and",
        "or",
        "but",
        "if",
    ]
    + [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
    ]
    + [
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "into",
        "than",
        "because",
        "when",
        "while",
        "that",
    ]
    + ["which", "who", "it", "we", "they", "he", "she", "them", "us", "not", "so"]
)
_PREPOSITIONS = frozenset(["of", "with", "for", "from", "by", "at", "into", "to", "in", "on"])
_NEVER_AFTER_PREPOSITIONS = frozenset(
    [
        "of",
        "with",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
    ]
    + ["should", "if", "because", "been", "they", "we", "he", "she"]
)
_TOKEN = re.compile(r"\w+(?:[-’'/.]\w+)*|[^\w\s]")

FEWEST = 3
"""Impossible pairs of words from which a text is called scrambled…"""
SHARE = 0.1
"""…when they are at least so many of its articles and prepositions. Shuffled prose has about 0.2, honest
documents at most 0.04."""


def is_scrambled(text: str) -> bool:
    """True for an English text whose words stand in no order."""
    tokens = _TOKEN.findall(text)
    looked_at = wrong = 0
    for word, following in zip(tokens, tokens[1:], strict=False):
        if word in _ARTICLES:
            looked_at += 1
            # "the US", "an IT" are names
            wrong += not following.isupper() and following.lower() in _NEVER_AFTER_ARTICLES
        elif word in _PREPOSITIONS:
            looked_at += 1
            wrong += following in _NEVER_AFTER_PREPOSITIONS
    is_english = tokens.count("the") + tokens.count("The") >= 2  # "of we" is good Dutch
    return is_english and wrong >= FEWEST and wrong >= SHARE * looked_at
