"""Comparing and judging the wording of a rubric: vague words, sentences, shared words."""

import re

# Words that a reader cannot check against a page.
_VAGUE_WORDS = (
    "appropriate(?:ly)?", "adequate(?:ly)?", "good", "proper(?:ly)?", "nice(?:ly)?", "decent",
    "suitabl[ey]", "sufficient(?:ly)?", "satisfactory", "reasonabl[ey]", "optimal(?:ly)?", "best practices",
    "high[ -]quality", "world-class", "state of the art", "as (?:needed|necessary|required)",
    "(?:if|where) possible", "where needed", "and so on", "etc", "to some extent", "somewhat",
    "various", "some kind of", "very",
)  # fmt: skip

_VAGUE = re.compile(rf"\b(?:{'|'.join(_VAGUE_WORDS)})\b", re.IGNORECASE)
# Quoted words are shown to the author, not used: 'replace "various risks" by …'.
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’|(?<!\w)\'[^\']*\'(?!\w)')
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_STOP = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have",
        "how", "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "one", "or", "so", "than",
        "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "was", "were",
        "what", "when", "which", "who", "why", "will", "with", "would", "you", "your",
    }
)  # fmt: skip


def words(text: str) -> list[str]:
    """The words of `text`, lower case, in order."""
    return [match[0].lower() for match in _WORD.finditer(text)]


def vague_words(text: str) -> list[str]:
    """Vague words and phrases in `text` outside quotes, each once, in order."""
    found = (match[0].lower() for match in _VAGUE.finditer(_QUOTED.sub(" ", text)))
    return list(dict.fromkeys(found))


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def overlap(left: str, right: str) -> float:
    """Share of content words that two texts have in common (Jaccard index, 0–1); 0 when both have none."""
    first, second = set(words(left)) - _STOP, set(words(right)) - _STOP
    return len(first & second) / len(first | second) if first | second else 0.0


def begins_a_word(term: str, text: str) -> bool:
    """Whether `term` stands at the beginning of a word of `text`, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(term.lower())}", text.lower()) is not None
