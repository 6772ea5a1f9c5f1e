"""Text → token ids of the sentence encoder's vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.analysis.minilm import verified_minilm
from grader.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CONTEXT_TOKENS = 48
PASSAGE_TOKENS = 96
TEXT_TOKENS = 256
"""Longest text that the sentence encoder reads, its two marks included."""


@dataclass(frozen=True)
class PairIds:
    """Token ids of ``[CLS] context [SEP] passage [SEP]`` and which of them belong to the passage (1) or not."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]

    @property
    def first(self) -> int:
        """Where the passage begins; 0 for a text alone."""
        return self.segments.index(1) if 1 in self.segments else 0

    def __len__(self) -> int:
        return len(self.ids)


class PairTokenizer:
    """Turns texts into token ids. Raises ModelError when the vocabulary is missing."""

    def __init__(self) -> None:
        self._tokenizer = _tokenizer()
        self._begin, self._end = (_id(self._tokenizer, mark) for mark in ("[CLS]", "[SEP]"))
        self._context_ids = lru_cache(maxsize=64)(self._ids)  # neighbours share theirs

    def encode(self, context: str, passage: str) -> PairIds:
        """The context is cut from the left: the nearest part counts."""
        first = self._context_ids(context)[-CONTEXT_TOKENS:]
        second = self._ids(passage)[:PASSAGE_TOKENS]
        ids = (self._begin, *first, self._end, *second, self._end)
        return PairIds(ids, (0,) * (len(first) + 2) + (1,) * (len(second) + 1))

    def encode_text(self, text: str) -> PairIds:
        """``[CLS] text [SEP]``, cut to `TEXT_TOKENS`; all in segment 0."""
        ids = (self._begin, *self._ids(text)[: TEXT_TOKENS - 2], self._end)
        return PairIds(ids, (0,) * len(ids))

    def _ids(self, text: str) -> Sequence[int]:
        ids: Sequence[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def _id(tokenizer: "Tokenizer", mark: str) -> int:
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ModelError(f"the sentence encoder's vocabulary has no {mark}: reinstall its package")
    return number


@lru_cache(maxsize=1)
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(verified_minilm() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
