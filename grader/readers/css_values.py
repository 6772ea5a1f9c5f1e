"""Single values of CSS properties: words, numbers, lengths in pixels, colours."""

from collections.abc import Sequence

from tinycss2.ast import DimensionToken, FunctionBlock, IdentToken, Node, NumberToken, PercentageToken
from tinycss2.color3 import RGBA, parse_color

Values = Sequence[Node]
"""The tokens of one property's value, without blanks."""

_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "rem": 16.0,
    "vw": 12.0, "vh": 8.0,
}  # fmt: skip
_FONT_SIZES = {"em": 1.0, "ex": 0.5, "ch": 0.5}


def word(value: Values) -> str:
    """A keyword in lower case, "" where the value does not begin with one."""
    return str(value[0].lower_value) if value and isinstance(value[0], IdentToken) else ""


def number(value: Values) -> float | None:
    """A number, or a percentage as a part of one."""
    if not value or not isinstance(value[0], NumberToken | PercentageToken):
        return None
    return float(value[0].value) / (100 if isinstance(value[0], PercentageToken) else 1)


def length(value: Values, font_size: float, percent_of: float | None = None) -> float | None:
    """Pixels, None where `value` is no single length; `percent_of` is what 100 % means, None: no length."""
    token = value[0] if len(value) == 1 else None
    if isinstance(token, NumberToken | PercentageToken | DimensionToken) and token.value == 0:
        return 0.0
    if isinstance(token, PercentageToken) and percent_of is not None:
        return float(token.value) / 100 * percent_of
    if isinstance(token, DimensionToken):
        unit = _PIXELS.get(token.lower_unit) or _FONT_SIZES.get(token.lower_unit, 0) * font_size
        return float(token.value) * unit if unit else None
    return None


def calls(value: Values) -> list[FunctionBlock]:
    """Functions such as ``rect(…)``; their arguments are tokens, blanks and commas among them."""
    return [token for token in value if isinstance(token, FunctionBlock)]


def colour(value: Node | str) -> RGBA | None:
    """A colour, None for ``currentcolor``, variables and what is none."""
    found = parse_color(value)  # type: ignore[arg-type]  # a single token is taken too
    return found if isinstance(found, RGBA) else None
