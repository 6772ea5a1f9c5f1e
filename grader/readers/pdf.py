"""PDF: text with its places through PDFium; structure from print, rules and repetition."""

from collections.abc import Iterable, Iterator

from pypdfium2 import PdfiumError

from grader.errors import UnreadableError
from grader.readers.blocks import BlockBuilder, ReaderNotes
from grader.readers.hidden import HiddenTexts
from grader.readers.pdf_blocks import Edge, Writer, edge_of
from grader.readers.pdf_lines import Line, lines_of, split_running
from grader.readers.pdf_look import Look
from grader.readers.pdf_page import Page, Segment, open_pdf, read_page
from grader.schema import Flag, HiddenBy, HiddenText, Location, Severity

_LAYERS: frozenset[HiddenBy] = frozenset({"transparent", "covered"})
"""How the text layer of a scan is hidden."""
LAYER = 10
"""A scan holds so many times more unseen than visible text; less is text that somebody hid."""
MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
TAIL = 4096
"""Bytes at the end of a file in which its end mark stands."""
FEW_CHARACTERS = 40
"""A whole document with fewer characters than this is pictures with a stamp, not text."""


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Blocks of a PDF with ``location.page``.

    Raises:
        UnreadableError: ``encrypted``, ``damaged``, ``too_large``, or ``no_text_layer`` where the pages are
            pictures.
    """
    pages, broken, title, described = _pages(data)
    visible, unseen = _length(page.segments for page in pages), _length(map(_layer, pages))
    scanned = unseen > LAYER * visible  # the text layer of a scan lies unseen over or under its picture
    if scanned:
        for page in pages:
            page.segments += _layer(page)
            page.invisible = [segment for segment in page.invisible if segment.by not in _LAYERS]
    if max(visible, unseen) < FEW_CHARACTERS:
        raise UnreadableError("no_text_layer", "the PDF has no text layer: needs a person")
    body, running = split_running(pages, [lines_of(page) for page in pages])
    lines = [line for page_lines in body for line in page_lines]
    if lines:
        for line in running:
            builder.add("front_matter", line.text, Location(page=line.page))
        Writer(builder, Look.of(lines), _right_edges(lines)).lines(lines)
    flags = (*_cut_short(data), *_flags(pages, broken, scanned))
    return ReaderNotes(title, flags, _hidden(pages, described))


def _layer(page: Page) -> list[Segment]:
    return [segment for segment in page.invisible if segment.by in _LAYERS]


def _hidden(pages: list[Page], described: list[str]) -> tuple[HiddenText, ...]:
    found = HiddenTexts()
    for text in described:
        found.add(text, "metadata", Location())
    for page in pages:
        for segment in page.invisible:
            if segment.by:
                found.add(segment.text, segment.by, Location(page=page.number))
    return found.found()


def _cut_short(data: bytes) -> Iterator[Flag]:
    """A file without its end can still be opened in part."""
    if b"%%EOF" not in data[-TAIL:]:
        message = "the end of the PDF is missing: pages may be missing too"
        yield Flag(code="truncated", severity="warning", message=message)


def _pages(data: bytes) -> tuple[list[Page], list[int], str, list[str]]:
    """The readable pages, the numbers of the others, and of the metadata the title and what it describes."""
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
            raise UnreadableError("too_large", f"the PDF has more than {MAX_PAGES} pages; split it")
        pages, broken, total = [], [], 0
        for number in range(1, len(document) + 1):
            try:
                pages.append(read_page(document[number - 1], number))
            except PdfiumError:
                broken.append(number)
                continue
            total += _length([pages[-1].segments, pages[-1].invisible])
            if total > MAX_CHARACTERS:
                text = f"the PDF has more than {MAX_CHARACTERS:,} characters; split it"
                raise UnreadableError("too_large", text)
        if not pages:
            raise UnreadableError("damaged", "no page of the PDF can be read; export it again")
        title, *described = map(document.get_metadata_value, ("Title", "Subject", "Keywords"))
        return pages, broken, title, described
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


def _flag(code: str, severity: Severity, message: str, page: int) -> Flag:
    return Flag(code=code, severity=severity, message=message, location=Location(page=page))


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
