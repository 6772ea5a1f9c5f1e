"""One document through the analysis: what is scored, in which language, cut into passages."""

from grader.analysis.language import detect_language, sentences
from grader.analysis.passages import Passage, cut_passages
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


def analyse(document: Document) -> Analysis:
    """Everything about `document` that does not depend on a rubric. Raises ModelError."""
    scored = scored_text(document)
    language = detect_language(" ".join(part.text for part in scored.blocks))
    return Analysis(scored=scored, language=language, passages=cut_passages(document, scored, sentences))
