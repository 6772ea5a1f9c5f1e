"""HTML tags that stand open between the lines of a Markdown text, and what they hide."""

from collections.abc import Sequence
from html.parser import HTMLParser

from markdown_it.token import Token

from grader.readers.hidden import HiddenTexts
from grader.readers.html_css import Stylesheet
from grader.readers.html_source import readable
from grader.readers.html_visibility import SKIPPED, Look
from grader.readers.markdown_source import restore
from grader.schema import Location

_EMPTY_NAMES = "area base br col embed hr img input link meta param source track wbr"
_EMPTY = frozenset(_EMPTY_NAMES.split())
_OUTLIVE_PARAGRAPHS = frozenset(["article", "aside", "center", "details", "div", "main", "section", "table"])


class OpenTags:
    """The tags that are open at one point, outermost first; reading order is the caller's.

    Attributes:
        look: how text at this point looks.
        prefix: source of the open tags on one line, to read a fragment in its surroundings.
    """

    def __init__(self, sheet: Stylesheet) -> None:
        self._open: list[tuple[str, str, Look]] = []
        self._page = Look(sheet)
        self.sheet = sheet

    @property
    def look(self) -> Look:
        return self._open[-1][2] if self._open else self._page

    @property
    def prefix(self) -> str:
        return "".join(source for _, source, _ in self._open)

    def feed(self, markup: str) -> None:
        """Open and close what `markup` opens and closes."""
        _Reader(self).read(readable(markup))

    def hide(self, inline: Token, place: Location, found: HiddenTexts) -> None:
        """Blank what is not seen of a paragraph's tokens and note it; its own tags end with it."""
        for token in inline.children or ():
            if token.type == "html_inline":
                self.feed(token.content)
            elif token.type in ("text", "code_inline") and (by := self.look.text_hidden):
                found.add(restore(token.content), by, place)
                token.content = ""
        while self._open and self._open[-1][0] not in _OUTLIVE_PARAGRAPHS:
            self._open.pop()

    def opened(self, name: str, source: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if name not in _EMPTY and name not in SKIPPED:
            look = self.look.inside(name, {key: value or "" for key, value in attributes})
            self._open.append((name, " ".join(source.split()), look))

    def closed(self, name: str) -> None:
        """A tag ends, and with it what was opened inside and left open."""
        names = [open_name for open_name, _, _ in self._open]
        if name in names:
            del self._open[len(names) - 1 - names[::-1].index(name) :]


class _Reader(HTMLParser):
    def __init__(self, tags: OpenTags) -> None:
        super().__init__()
        self._tags = tags

    def read(self, markup: str) -> None:
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags.opened(tag, self.get_starttag_text() or "", attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>`` opens nothing; browsers take ``<div/>`` for ``<div>``, JSX does not."""

    def handle_endtag(self, tag: str) -> None:
        self._tags.closed(tag)
