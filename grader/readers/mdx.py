"""What MDX adds to Markdown: lines of a module, comments in braces, components."""

import re
from collections.abc import Sequence

_MODULE_LINE = re.compile(
    r"import\s(?:.+\sfrom\s)?['\"].+['\"];?|export\s+(?:const|default|let|function)\b.*"
)
_COMMENT = re.compile(r"\{/\*\s*(.*?)\s*\*/\}", re.S)
_COMPONENT = re.compile(r"\{[^{}]*\}|</?[A-Z][\w.]*(?:\s[^<>]*)?>", re.S)


def is_module(lines: Sequence[str]) -> bool:
    """True where every filled line imports or exports something."""
    return all(_MODULE_LINE.fullmatch(line.strip()) for line in lines if line.strip())


def comment_text(text: str) -> str | None:
    """What a text that is one comment in braces says, None for any other."""
    comment = _COMMENT.fullmatch(text)
    return comment.group(1) if comment else None


def is_component(text: str) -> bool:
    """True for a text that is one component or one expression in braces."""
    return bool(_COMPONENT.fullmatch(text))
