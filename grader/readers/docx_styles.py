"""What a paragraph or run of a docx looks like: its own properties first, then its chain of styles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from grader.readers.contrast import WHITE, Rgb, from_hex, is_unseen
from grader.readers.whole_numbers import whole
from grader.readers.xml_parts import children
from grader.schema import HiddenBy

TINY = 4
"""Print of at most so many half-points cannot be read."""
HEADING_NAME = re.compile(r"heading (\d)")
TITLE_NAMES = {"title"}
OFF = {"0", "false", "off", "none"}
MONOSPACE = re.compile(r"courier|consolas|menlo|monaco|mono|source code|lucida console|terminal", re.I)
ROLES = (
    (re.compile(r"^toc \d|^toc$|table of (contents|figures)", re.I), "front_matter"),
    (re.compile(r"caption", re.I), "caption"),
    (re.compile(r"quot|block text", re.I), "quote"),
    (re.compile(r"\bcode|source|preformatted|macro text|verbatim", re.I), "code"),
)


@dataclass
class Styles:
    """Styles and numbering of a document.

    Attributes:
        by_id: every style, by its id.
        default: id of the default paragraph style, "" when the document names none.
        body_size: font size of most text in half-points.
        monospace_is_code: False where most of the document is set in a monospaced font.
    """

    by_id: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    body_size: float = 22
    monospace_is_code: bool = True

    @classmethod
    def load(cls, root: Element | None) -> "Styles":
        """Read ``styles.xml``; None gives no styles."""
        styles = list(children(root, "w_style"))
        default = [
            s.get("w_styleId", "")
            for s in styles
            if s.get("w_type") == "paragraph" and on(s.get("w_default", "0"))
        ]
        return cls({s.get("w_styleId", ""): s for s in styles}, default[0] if default else "")

    def heading_depth(self, paragraph: Element) -> int | None:
        """1–6 for a heading (title included), else None."""
        for properties in self._paragraph_properties(paragraph):
            level = properties.find("w_outlineLvl")
            if level is not None:
                value = integer(level)
                return min(6, value + 1) if 0 <= value < 9 else None
        for name in self._names(paragraph):
            if heading := HEADING_NAME.fullmatch(name):
                return min(6, max(1, int(heading.group(1))))
            if name in TITLE_NAMES:
                return 1
        return None

    def is_title(self, paragraph: Element) -> bool:
        """True for the paragraph styled as the document's title."""
        return any(name in TITLE_NAMES for name in self._names(paragraph))

    def list_depth(self, paragraph: Element) -> int | None:
        """Nesting depth from 1 for a numbered or bulleted paragraph, else None."""
        level: int | None = None
        for properties in self._paragraph_properties(paragraph):
            numbering = properties.find("w_numPr")
            if numbering is None:
                continue
            own = numbering.find("w_ilvl")
            level = level if level is not None or own is None else integer(own)
            number = numbering.find("w_numId")
            if number is not None:
                return (level or 0) + 1 if integer(number) else None
        for name in self._names(paragraph):
            if named := re.fullmatch(r"list (?:bullet|number)(?: (\d))?", name):
                return int(named.group(1) or 1)
        return None

    def role(self, paragraph: Element) -> str | None:
        """``quote``, ``caption``, ``code`` or ``front_matter`` (contents) by style name, else None."""
        for name in self._names(paragraph):
            for pattern, role in ROLES:
                if pattern.search(name):
                    return role
        return None

    def is_on(self, tag: str, run: Element, paragraph: Element | None) -> bool:
        """Whether a toggle such as ``w_b`` or ``w_vanish`` holds for a run."""
        for properties in self._run_properties(run, paragraph):
            toggle = properties.find(tag)
            if toggle is not None:
                return on(toggle.get("w_val", "1"))
        return False

    def size(self, run: Element, paragraph: Element | None) -> float:
        """Font size in half-points."""
        return self._named_size(run, paragraph) or self.body_size

    def _named_size(self, run: Element, paragraph: Element | None) -> float:
        """The size that the run or its styles name, 0 where they name none."""
        for properties in self._run_properties(run, paragraph):
            size = properties.find("w_sz")
            if size is not None:
                return integer(size)
        return 0

    def is_monospace(self, run: Element, paragraph: Element | None) -> bool:
        """Whether a run is set in a monospaced font."""
        for properties in self._run_properties(run, paragraph):
            fonts = properties.find("w_rFonts")
            if fonts is not None and (name := fonts.get("w_ascii") or fonts.get("w_hAnsi")):
                return bool(MONOSPACE.search(name))
        return False

    def hidden_by(self, run: Element, paragraph: Element, behind: Rgb | None) -> HiddenBy | None:
        """What hides a run's text, None where it is seen.

        Args:
            behind: colour of what the paragraph stands on, None where it cannot be told.
        """
        if self.is_on("w_vanish", run, paragraph):
            return "marked_hidden"
        if 0 < self._named_size(run, paragraph) <= TINY or _is_squeezed(paragraph):
            return "tiny"
        ink = self._ink(run, paragraph)
        behind = self._behind(run, paragraph, behind) if ink else None
        return "colour" if ink and behind and is_unseen(ink, behind) else None

    def _ink(self, run: Element, paragraph: Element) -> Rgb | None:
        for properties in self._run_properties(run, paragraph):
            colour = properties.find("w_color")
            if colour is not None:
                if colour.get("w_themeColor") in ("background1", "light1"):
                    return WHITE
                return from_hex(colour.get("w_val", ""))
        return None

    def _behind(self, run: Element, paragraph: Element, behind: Rgb | None) -> Rgb | None:
        for properties in self._run_properties(run, paragraph):
            if properties.find("w_highlight") is not None:
                return None
        both = (*self._run_properties(run, paragraph), *self._paragraph_properties(paragraph))
        shades = (shade for properties in both if (shade := properties.find("w_shd")) is not None)
        fills = (shade.get("w_fill", "auto") for shade in shades)
        return next((from_hex(fill) for fill in fills if fill != "auto"), behind)

    def cell_colour(self, cell: Element, table: Element, behind: Rgb | None) -> Rgb | None:
        """What text in a table cell stands on, None where the table's style shades it."""
        shade = cell.find("w_tcPr/w_shd")
        if shade is not None and shade.get("w_fill", "auto") != "auto":
            return from_hex(shade.get("w_fill", ""))
        name = table.find("w_tblPr/w_tblStyle")
        styles = self._chain(name.get("w_val", "") if name is not None else "")
        return None if any(next(style.iter("w_shd"), None) is not None for style in styles) else behind

    def _names(self, paragraph: Element) -> Iterator[str]:
        for style in self._chain(self._style_id(paragraph)):
            name = style.find("w_name")
            yield (name.get("w_val", "") if name is not None else style.get("w_styleId", "")).lower()

    def _style_id(self, paragraph: Element) -> str:
        properties = paragraph.find("w_pPr")  # two steps: a path would be three times as slow
        style = properties.find("w_pStyle") if properties is not None else None
        return style.get("w_val", "") if style is not None else self.default

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            based = style.find("w_basedOn")
            style_id = based.get("w_val", "") if based is not None else ""

    def _paragraph_properties(self, paragraph: Element) -> Iterator[Element]:
        yield from children(paragraph, "w_pPr")
        for style in self._chain(self._style_id(paragraph)):
            yield from children(style, "w_pPr")

    def _run_properties(self, run: Element, paragraph: Element | None) -> Iterator[Element]:
        for properties in children(run, "w_rPr"):
            yield properties
            style = properties.find("w_rStyle")
            for inherited in self._chain(style.get("w_val", "") if style is not None else ""):
                yield from children(inherited, "w_rPr")
        if paragraph is not None:
            for style in self._chain(self._style_id(paragraph)):
                yield from children(style, "w_rPr")


def _is_squeezed(paragraph: Element) -> bool:
    """Lines set to an exact height of at most a point."""
    spacing = paragraph.find("w_pPr/w_spacing")
    if spacing is None or spacing.get("w_lineRule") != "exact":
        return False
    return 0 <= whole(spacing.get("w_line"), otherwise=-1) <= 20


def on(value: str) -> bool:
    """Whether an on/off attribute is on."""
    return value.lower() not in OFF


def integer(element: Element) -> int:
    """The element's value, 0 where it is no whole number."""
    return whole(element.get("w_val"))
