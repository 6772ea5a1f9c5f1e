"""Which parts of a page a visitor does not see, as far as the markup itself says so."""

import re

from bs4.element import Tag

_SKIPPED_NAMES = """
audio canvas embed head iframe nav noscript object option rp script select style svg template title video
"""
SKIPPED = frozenset(_SKIPPED_NAMES.split())
"""Tags whose content is machinery, navigation or shown by a plug-in; not counted as hidden text."""

_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def is_hidden(tag: Tag) -> bool:
    """True where the tag itself hides its content: an attribute or an inline style."""
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    return bool(_HIDING_STYLE.search(str(tag.get("style") or "")))
