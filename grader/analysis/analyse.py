"""One document through the analysis: what is scored, in which language, cut into passages."""

from functools import partial

from grader.analysis.language import detect_language
from grader.analysis.passages import Passage, cut_passages
from grader.analysis.syntax import kept_sentences
from grader.cache import Entries, Nothing
from grader.integrity.scored import scored_text
from grader.schema import Document, Frozen, ScoredText


class Analysis(Frozen):
    """A document made ready for any rubric.

    Attributes:
        language: ISO 639-1 code, None when there is too little text to tell.
        passages: in reading order, at most 60 words each.
    """

    scored: ScoredText
    language: str | None
    passages: tuple[Passage, ...]


def analyse(document: Document, entries: Entries | None = None) -> Analysis:
    """Everything about `document` that does not depend on a rubric. Raises ModelError.

    Args:
        entries: where parses are kept; None keeps nothing.
    """
    sentences = partial(kept_sentences, entries=entries or Nothing())
    scored = scored_text(document)
    language = detect_language(" ".join(part.text for part in scored.blocks))
    return Analysis(scored=scored, language=language, passages=cut_passages(document, scored, sentences))
