"""What of a document is compared: its prose as scored, without slots, instructions and hidden text."""

from grader.integrity.scored import scored_text
from grader.schema import Document, Prose


def prose_of(document: Document) -> tuple[Prose, ...]:
    """The document's paragraphs, list items, rows and quotes, in order."""
    return tuple(
        Prose(text=" ".join(part.text.split()), location=document.blocks[part.block].location)
        for part in scored_text(document).blocks
        if document.blocks[part.block].type != "heading"
    )
