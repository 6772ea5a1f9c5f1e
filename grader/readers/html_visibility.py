"""Which parts of a page a visitor does not see, as far as the file itself says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf

from bs4.element import NavigableString, PreformattedString, Tag
from tinycss2.color3 import RGBA

from grader.readers.blocks import lines_below
from grader.readers.contrast import BLACK, WHITE, Rgb, is_unseen
from grader.readers.css_values import Values, calls, colour, length, number, word
from grader.readers.hidden import HiddenTexts
from grader.readers.html_css import Element, Stylesheet
from grader.schema import HiddenBy, Location

_SKIPPED_NAMES = """
audio canvas embed head iframe nav noscript object option rp script select style svg template title video
"""
SKIPPED = frozenset(_SKIPPED_NAMES.split())
"""Tags whose content is machinery, navigation or shown by a plug-in."""
UNUSED = frozenset({"noscript", "template"})
"""Those of them that can hold prose all the same: a sentence in them is told as hidden."""

TINY = 2.0
"""Print of at most so many pixels cannot be read."""
FAR = 500.0
"""So many pixels to the left or above is off the page."""
SENTENCE = 8
"""Words from which text in an unused tag is told."""

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Look:
    """How text directly in an element looks.

    Attributes:
        background: None where it cannot be told, such as a picture.
        size: font size in pixels.
        by: what hides the whole element with all in it, None where nothing does.
        chain: the element, its parent and so on.
    """

    sheet: Stylesheet = field(default_factory=Stylesheet)
    color: Rgb | None = BLACK
    background: Rgb | None = WHITE
    size: float = 16.0
    opacity: float = 1.0
    visible: bool = True
    by: HiddenBy | None = None
    chain: tuple[Element, ...] = ()

    def inside(self, name: str, attributes: Attributes) -> "Look":
        """The look of a child element."""
        classes = frozenset(attributes.get("class", "").split())
        chain = (Element(name, attributes.get("id", ""), classes), *self.chain[:60])
        style = self.sheet.declarations(chain, attributes.get("style", ""))
        look = replace(self, chain=chain)
        if style or attributes:
            look = _coloured(_sized(look, style, attributes), style, attributes)
            look = replace(look, by=self.by or _hides(look, style, attributes))
        return look

    @property
    def text_hidden(self) -> HiddenBy | None:
        """What hides text that stands directly here, None where it is seen."""
        if self.by:
            return self.by
        if not self.visible:
            return "not_displayed"
        if self.size <= TINY:
            return "tiny"
        if self.color is None:
            return None
        return "colour" if self.background and is_unseen(self.color, self.background) else None


def take_hidden(root: Tag, look: Look, found: HiddenTexts, origin: Location) -> None:
    """Take out of the tree what is not seen and note it; line ends stay, so that lines can be counted on."""
    line = root.sourceline or 1
    for child in list(root.children):
        if isinstance(child, Tag):
            line = child.sourceline or line
            place = lines_below(origin, line - 1)
            inner = look.inside(child.name.lower(), _attributes(child))
            if child.name in UNUSED:
                if len((text := child.get_text(" ")).split()) >= SENTENCE:
                    found.add(text, "not_displayed", place)
            elif inner.by and child.name not in SKIPPED:
                found.add(child.get_text(" "), inner.by, place)
                child.replace_with(NavigableString("\n" * str(child).count("\n")))
            elif child.name not in SKIPPED:
                take_hidden(child, inner, found, origin)
        elif isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString) and (by := look.text_hidden) and child.strip():
                found.add(child, by, lines_below(origin, line - 1))
                child.replace_with(NavigableString("\n" * child.count("\n")))
            line += child.count("\n")


def style_of(root: Tag) -> str:
    """All style sheets inside a page, as one text."""
    return "\n".join(tag.get_text() for tag in root.find_all("style"))


def _attributes(tag: Tag) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value, list) else str(value or "")
            for name, value in tag.attrs.items()}  # fmt: skip


def _sized(look: Look, style: Mapping[str, Values], attributes: Attributes) -> Look:
    size = length(style.get("font-size", ()), look.size, percent_of=look.size)
    shorthand = [length([token], look.size) for token in style.get("font", ())]
    size = next((given for given in (size, *shorthand) if given is not None), None)
    opacity = number(style.get("opacity", ()))
    visibility = word(style.get("visibility", ()))
    return replace(
        look,
        size=look.size if size is None else size,
        opacity=look.opacity * (1 if opacity is None else opacity),
        visible=look.visible if visibility in ("", "inherit") else visibility == "visible",
    )


def _coloured(look: Look, style: Mapping[str, Values], attributes: Attributes) -> Look:
    color, background = look.color, look.background
    own = _colour_of(style.get("color", ())) or _attribute_colour(attributes, "color", "text")
    if own:
        color = (own.red, own.green, own.blue) if own.alpha > 0.05 else background
    elif "color" in style and word(style["color"]) not in ("inherit", "currentcolor", "unset"):
        color = None
    behind = [*style.get("background", ()), *style.get("background-image", ())]
    given = [*style.get("background-color", ()), *style.get("background", ())]
    own = next(filter(None, map(_colour_of, ([token] for token in given))), None)
    own = own or _attribute_colour(attributes, "bgcolor", "bgcolor")
    if any(token.type in ("url", "function") and not _colour_of([token]) for token in behind):
        background = None
    elif own and own.alpha > 0.05:
        background = (own.red, own.green, own.blue) if own.alpha > 0.95 else None
    return replace(look, color=color, background=background)


def _attribute_colour(attributes: Attributes, *names: str) -> RGBA | None:
    return next((c for n in names if n in attributes and (c := colour(attributes[n]))), None)


def _colour_of(value: Values) -> RGBA | None:
    return colour(value[0]) if len(value) == 1 else None


def _hides(look: Look, style: Mapping[str, Values], attributes: Attributes) -> HiddenBy | None:
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return "not_displayed"
    if word(style.get("display", ())) == "none":
        return "not_displayed"
    if look.opacity <= 0.05:
        return "transparent"
    return "off_page" if _is_away(look, style) or _is_clipped(look, style) else None


def _is_away(look: Look, style: Mapping[str, Values]) -> bool:
    """Placed where no scrolling leads."""
    moved = ["text-indent", "margin-left", "margin-top"]
    if word(style.get("position", ())) in ("absolute", "fixed", "relative"):
        moved += ["left", "top", "right", "bottom"]
    for name in moved:
        shift = length(style.get(name, ())[:1], look.size, percent_of=1000.0)
        if shift is not None and shift <= -FAR:
            return True
    shifts = [shift for call in calls(style.get("transform", ())) if call.lower_name.startswith("translate")
              for token in call.arguments if (shift := length([token], look.size, percent_of=500.0))]  # fmt: skip
    return any(abs(shift) >= FAR for shift in shifts)


def _is_clipped(look: Look, style: Mapping[str, Values]) -> bool:
    """Cut down to nothing."""
    for call in calls(style.get("clip", ())):
        sides = [length([token], look.size) for token in call.arguments if token.type != "literal"]
        known = [side for side in sides if side is not None]
        if len(known) == 4 and (known[2] - known[0] <= 1 or known[1] - known[3] <= 1):
            return True
    for call in calls(style.get("clip-path", ())):
        first = length(call.arguments[:1], look.size, percent_of=100.0)
        if first is not None and (first >= 50 if call.lower_name == "inset" else first <= 1):
            return True
    for call in calls(style.get("transform", ())):
        if call.lower_name.startswith("scale") and number(call.arguments[:1]) == 0:
            return True
    flow = {word(style.get(name, ())) for name in ("overflow", "overflow-x", "overflow-y")}
    sizes = [length(style.get(name, ()), look.size, percent_of=inf)
             for name in ("width", "height", "max-width", "max-height")]  # fmt: skip
    return bool(flow & {"hidden", "clip"}) and any(size is not None and size <= 1 for size in sizes)
