"""Text files → blocks: plain text by its own habits, or as Markdown where that is what was written."""

from grader.readers import markdown
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.markdown_source import has_headings_or_fences
from grader.readers.plain_text import read_plain
from grader.readers.text_encoding import decode
from grader.schema import Location


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Read a text file; one that is plainly Markdown is read as that. Locations carry the line."""
    decoded = decode(data)
    if has_headings_or_fences(decoded.text):
        return markdown.read(data, builder)
    read_plain(decoded.text, builder, Location(line=1))
    return ReaderNotes(flags=decoded.flags)
