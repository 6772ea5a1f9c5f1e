"""What must happen to Markdown before it is parsed; no line is added or removed, so line numbers stay."""

import re
from dataclasses import dataclass

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD_LINE = re.compile(r"\s*$|\s*#|\s*-(?:\s|$)|\s+\S|[\w$.\"' -]{1,60}:(?:\s|$)|[\])}]")
_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.M | re.I)

_ATX_HEADING = re.compile(r"^#{1,6} \S", re.M)
_FENCE = re.compile(r"^(?:```|~~~)", re.M)
_ANY_MARK = re.compile(
    r"^\s{0,3}(?:#{1,6} |```|~~~|> |[*+-] |\|.*\||(?:=+|-+)[ \t]*$|\[[^\]\n]+\]:)"
    r"|\*\*|`|\]\(|\]\[|<[a-zA-Z/!]",
    re.M,
)
_TAG = re.compile(r"<([A-Za-z][\w-]*)((?: [^<>\n=/]*)?)>")
_CLOSING_TAG = re.compile(r"</([A-Za-z][\w-]*)>")
_HELD = "\ue000"
"""Stands for the ``<`` of a placeholder while the parser runs; a private character no text uses."""
_KNOWN_NAMES = """
a abbr address article aside audio b base bdi bdo big blockquote body br button canvas caption center cite
code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font
footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li
link main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre
progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg
table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_KNOWN_TAGS = frozenset(_KNOWN_NAMES.split())


@dataclass(frozen=True)
class MarkdownSource:
    """Markdown made ready: the body keeps a blank line for each line of the front matter."""

    body: str
    front_matter: str = ""
    title: str = ""


def prepare(text: str) -> MarkdownSource:
    """Take the front matter off and keep placeholders such as ``<Product Name>`` from passing as tags."""
    front_matter, title = "", ""
    match = _FRONT_MATTER.match(text)
    if match and all(_FIELD_LINE.match(line) for line in match.group(1).split("\n")):
        front_matter = match.group(1)
        text = "\n" * match.group().count("\n") + text[match.end() :]
        if found := _TITLE.search(front_matter):
            title = found.group(1).strip().strip("\"'")
    return MarkdownSource(_hold_placeholders(_plain_styles(_unwrap(text))), front_matter, title)


def has_headings_or_fences(text: str) -> bool:
    """True for text that is surely Markdown, whatever its file is called."""
    return len(_ATX_HEADING.findall(text)) > 1 or len(_FENCE.findall(text)) > 1


def is_plain(text: str) -> bool:
    """True for text without any of Markdown's own marks, such as one pasted from a word processor."""
    return not _ANY_MARK.search(text)


def restore(text: str) -> str:
    """Undo what `prepare` did to placeholders."""
    return text.replace(_HELD, "<")


def _hold_placeholders(text: str) -> str:
    """A tag of unknown name, without attributes and never closed, is a slot to fill in, not markup."""

    closed = set(_CLOSING_TAG.findall(text))

    def hold(match: re.Match[str]) -> str:
        name = match.group(1)
        is_tag = name.lower() in _KNOWN_TAGS or name in closed
        return match.group() if is_tag else _HELD + match.group()[1:]

    return _TAG.sub(hold, text)


_JSX_STYLE = re.compile(r"\bstyle=\{\{([^{}<>]{0,500})\}\}")
_FENCED = re.compile(r"(^[ ]{0,3}(?:```|~~~).*?^[ ]{0,3}(?:```|~~~)[^\n]*$)", re.M | re.S)
_JSX_NAME = re.compile(r"\b([a-z]+)([A-Z][a-z]+)(?=\s*:)")


def _plain_styles(text: str) -> str:
    """The style object of a component, ``{{fontSize: '1px', left: 0}}``, written as on a page."""

    def plain(match: re.Match[str]) -> str:
        dashed = _JSX_NAME.sub(lambda name: f"{name.group(1)}-{name.group(2).lower()}", match.group(1))
        apart = re.sub(r",(?=\s*['\"]?[a-z-]+['\"]?\s*:)", ";", dashed)
        return 'style="{}"'.format(re.sub(r"['\"]", "", apart))

    parts = _FENCED.split(text) if _JSX_STYLE.search(text) else [text]
    return "".join(part if number % 2 else _JSX_STYLE.sub(plain, part) for number, part in enumerate(parts))


_WHOLE_FENCE = re.compile(
    r"(\s*)(`{3,}|~{3,})[ ]*(?:markdown|md)[ \t]*\n(.*?)(?:\n\2[ \t]*)?(\s*)", re.S | re.I
)


def _unwrap(text: str) -> str:
    """A document pasted as a whole inside a Markdown fence is the document."""
    match = _WHOLE_FENCE.fullmatch(text)
    if not match:
        return text
    inner = re.findall(rf"^{match.group(2)}[ \t]*(\S*)[ \t]*$", match.group(3), re.M)
    if len(inner) % 2 or not all(inner[::2]):  # the outer fence ended earlier: something else follows it
        return text
    return f"{match.group(1)}\n{match.group(3)}\n"
