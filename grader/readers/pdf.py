"""PDF: text with its places through PDFium; structure from print, rules and repetition."""

from collections.abc import Iterable, Iterator

from pypdfium2 import PdfiumError

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.pdf_blocks import Edge, Writer, edge_of
from grader.readers.pdf_lines import Line, lines_of, split_running
from grader.readers.pdf_look import Look
from grader.readers.pdf_page import Page, Segment, open_pdf, read_page
from grader.schema import Flag, Location, Severity

MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
FEW_CHARACTERS = 40
"""A whole document with fewer characters than this is pictures with a stamp, not text."""


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of a PDF with ``location.page``.

    Raises:
        UnreadableError: ``encrypted``, ``damaged``, ``too_large``, or ``no_text_layer`` where the pages are
            pictures.
    """
    pages, broken, title = _pages(data)
    visible, unseen = _length(page.segments for page in pages), _length(page.invisible for page in pages)
    scanned = unseen > visible  # the text layer of a scan lies unseen over its picture
    if scanned:
        for page in pages:
            page.segments, page.invisible = page.segments + page.invisible, []
    if max(visible, unseen) < FEW_CHARACTERS:
        raise UnreadableError("no_text_layer", "the PDF has no text layer: needs a person")
    body, running = split_running(pages, [lines_of(page) for page in pages])
    lines = [line for page_lines in body for line in page_lines]
    if lines:
        for line in running:
            builder.add("front_matter", line.text, Location(page=line.page))
        Writer(builder, Look.of(lines), _right_edges(lines)).lines(lines)
    return ReaderNotes(title, tuple(_flags(pages, broken, scanned)))


def _pages(data: bytes) -> tuple[list[Page], list[int], str]:
    """The readable pages, the numbers of the others, and the title of the metadata."""
    try:
        document = open_pdf(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                "encrypted", "the PDF is protected by a password; save it without"
            ) from None
        raise UnreadableError("damaged", "the PDF is damaged; export it again") from None
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError("too_large", f"the PDF has more than {MAX_PAGES} pages")
        pages, broken, total = [], [], 0
        for number in range(1, len(document) + 1):
            try:
                pages.append(read_page(document[number - 1], number))
            except PdfiumError:
                broken.append(number)
                continue
            total += _length([pages[-1].segments, pages[-1].invisible])
            if total > MAX_CHARACTERS:
                raise UnreadableError("too_large", f"the PDF has more than {MAX_CHARACTERS:,} characters")
        if not pages:
            raise UnreadableError("damaged", "no page of the PDF can be read; export it again")
        return pages, broken, document.get_metadata_value("Title")
    finally:
        document.close()


def _length(groups: Iterable[list[Segment]]) -> int:
    return sum(len(segment.text) for segments in groups for segment in segments)


def _right_edges(lines: list[Line]) -> dict[Edge, float]:
    edges: dict[Edge, float] = {}
    for line in lines:
        key = edge_of(line)
        edges[key] = max(edges.get(key, 0.0), line.x1)
    return edges


def _flags(pages: list[Page], broken: list[int], scanned: bool) -> Iterator[Flag]:
    if broken:
        yield _flag("unreadable_pages", "warning", f"pages that cannot be read: {_list(broken)}", broken[0])
    bare = [page.number for page in pages if not page.segments]
    if bare:
        yield _flag("pages_without_text", "info", f"pages without text (pictures?): {_list(bare)}", bare[0])
    if scanned:
        yield _flag("scanned", "info", "a scan: the text is what a recognition program made of it", 1)
    for page in pages:
        if count := _length([page.invisible]):
            message = f"{count} characters that nobody can see were left out"
            yield _flag("hidden_text", "info", message, page.number)


def _flag(code: str, severity: Severity, message: str, page: int) -> Flag:
    return Flag(code=code, severity=severity, message=message, location=Location(page=page))


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
