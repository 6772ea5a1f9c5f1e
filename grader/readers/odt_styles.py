"""What OpenDocument styles say about a paragraph or span."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from grader.readers.contrast import WHITE, Rgb, from_hex, is_unseen
from grader.schema import HiddenBy

TINY = 2.0
"""Print of at most so many points cannot be read."""
POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)pt")
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

    def hidden_by(self, name: str, around: str = "", ground: Rgb | None = WHITE) -> HiddenBy | None:
        """What hides text of this style, None where it is seen.

        Args:
            around: style of the paragraph that it stands in.
            ground: colour of what the paragraph stands on, None where it cannot be told.
        """
        if self._property(name, "text_display") == "none":
            return "marked_hidden"
        size = POINTS.fullmatch(self._property(name, "fo_font-size"))
        if size and float(size.group(1)) <= TINY:
            return "tiny"
        ink = from_hex(self._property(name, "fo_color"))
        for style in (name, around):
            for element in ("style_text-properties", "style_paragraph-properties"):
                behind = self._property(style, "fo_background-color", element)
                if behind and behind != "transparent":
                    ground = from_hex(behind)
                    break
        return "colour" if ink and ground and is_unseen(ink, ground) else None

    def prints_anew(self, name: str) -> bool:
        """Whether a style names a colour or a size of its own."""
        return bool(self._property(name, "fo_color") or self._property(name, "fo_font-size"))

    def ground_of_cell(self, name: str, ground: Rgb | None) -> Rgb | None:
        """What text in a table cell of this style stands on."""
        behind = self._property(name, "fo_background-color", "style_table-cell-properties")
        return from_hex(behind) if behind and behind != "transparent" else ground

    def ground_of_drawing(self, name: str, ground: Rgb | None) -> Rgb | None:
        """What text in a frame or shape of this graphic style stands on, None where it cannot be told."""
        fill, behind, colour = (
            self._property(name, key, "style_graphic-properties")
            for key in ("draw_fill", "fo_background-color", "draw_fill-color")
        )
        if fill in ("bitmap", "gradient", "hatch"):
            return None
        if fill == "solid" and colour:
            return from_hex(colour)
        return from_hex(behind) if fill != "none" and behind and behind != "transparent" else ground

    def _property(self, name: str, key: str, element: str = "style_text-properties") -> str:
        for known in self._chain(name):
            style = self._by_name.get(known)
            properties = style.find(element) if style is not None else None
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
