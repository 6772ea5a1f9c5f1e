"""What OpenDocument styles say about a paragraph or span."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

ROLES = (
    (re.compile(r"^title$", re.I), "title"),
    (re.compile(r"quot", re.I), "quote"),
    (re.compile(r"preformatted|source|\bcode", re.I), "code"),
    (re.compile(r"caption|^illustration$|^figure$|^drawing$", re.I), "caption"),
)


class OdtStyles:
    """Styles by name: the document's automatic ones and the named ones they come from."""

    def __init__(self, by_name: dict[str, Element]) -> None:
        self._by_name = by_name

    @classmethod
    def load(cls, content: Element, styles: Element | None) -> "OdtStyles":
        """Read the styles of ``content.xml`` and ``styles.xml``."""
        found: dict[str, Element] = {}
        for root in (styles, content):
            for style in root.iter("style_style") if root is not None else ():
                found[style.get("style_name", "")] = style
        return cls(found)

    def role(self, name: str) -> str | None:
        """``title``, ``quote``, ``code``, ``caption`` or None."""
        for known in self._chain(name):
            style = self._by_name.get(known)
            label = style.get("style_display-name", known) if style is not None else known
            label = label.replace("_20_", " ")
            for pattern, role in ROLES:
                if pattern.search(label):
                    return role
        return None

    def is_bold(self, name: str) -> bool:
        """Whether text of this style is bold."""
        return self._property(name, "fo_font-weight") in ("bold", "600", "700", "800", "900")

    def is_hidden(self, name: str) -> bool:
        """Whether text of this style is not shown."""
        return self._property(name, "text_display") == "none"

    def _property(self, name: str, key: str) -> str:
        for known in self._chain(name):
            style = self._by_name.get(known)
            properties = style.find("style_text-properties") if style is not None else None
            if properties is not None and (value := properties.get(key)):
                return value
        return ""

    def _chain(self, name: str) -> Iterator[str]:
        """The style's name and those it comes from; the last may be one that every program knows."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            style = self._by_name.get(name)
            name = style.get("style_parent-style-name", "") if style is not None else ""
