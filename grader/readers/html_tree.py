"""The tree of a page, with the end tags that HTML lets an author leave out put where a browser puts them."""

from itertools import islice, takewhile
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from grader.readers.html_source import readable

_MOST_OPEN = 200
"""Open tags that are looked through for one that ends; deeper pages are refused anyway."""

_CELLS = frozenset({"td", "th", "caption", "colgroup"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot"}
_ENDS: dict[str, frozenset[str]] = {
    "p": frozenset({"p"}),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "thead": _GROUPS,
    "tbody": _GROUPS,
    "tfoot": _GROUPS,
}
"""By start tag, what it ends when that is open inside the same container."""
_CONTAINER_NAMES = """
address article aside blockquote button center details dialog div dl fieldset figcaption figure footer form header
main menu nav object ol section summary table template ul
"""
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_TABLE = frozenset({"table", "template"})
_HEAD_NAMES = "base basefont bgsound head link meta noframes noscript script style template title"
_IN_HEAD = frozenset(_HEAD_NAMES.split())


def parse(markup: str) -> BeautifulSoup:
    """The page or fragment as a tree."""
    return _Page(readable(markup), "html.parser")


class _Page(BeautifulSoup):
    """Ends what a tag or text ends without saying so; otherwise Python's parser nests all that follows."""

    def handle_starttag(self, name: str, *rest: Any, **named: Any) -> Tag | None:
        self.endData()
        if name not in _IN_HEAD:
            self._end_head()
        containers = _TABLE if name in _GROUPS else _CONTAINERS
        for ended in self._ended(_ENDS.get(name, frozenset()), containers):
            self.handle_endtag(ended)
        return super().handle_starttag(name, *rest, **named)

    def endData(self, containerClass: type[NavigableString] | None = None) -> None:
        # comments and declarations come with a class of their own
        if containerClass is None and "".join(self.current_data).strip():
            self._end_head()
        super().endData(containerClass)

    def _end_head(self) -> None:
        if self.currentTag is not None and self.currentTag.name == "head":
            self.popTag()

    def _ended(self, names: frozenset[str], containers: frozenset[str]) -> list[str]:
        """Those of `names` that are open up to the nearest container, the innermost first."""
        if not any(self.open_tag_counter.get(name) for name in names):
            return []
        above = (tag.name for tag in islice(reversed(self.tagStack), _MOST_OPEN))
        return [name for name in takewhile(lambda name: name not in containers, above) if name in names]
