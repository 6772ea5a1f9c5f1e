"""Whether print can be told from what it is printed on. The measure is the contrast ratio of WCAG 2."""

Rgb = tuple[float, float, float]
"""Red, green, blue, 0–1."""

BLACK: Rgb = (0.0, 0.0, 0.0)
WHITE: Rgb = (1.0, 1.0, 1.0)

SAME = 1.2
"""Contrast ratio under which nobody sees the print: #eee on white has 1.16; the palest grey in use about 1.4."""


def is_unseen(text: Rgb, background: Rgb) -> bool:
    """True where `text` has the colour of its `background`, as far as the eye can tell."""
    light, dark = sorted((_luminance(text), _luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < SAME


def from_hex(value: str) -> Rgb | None:
    """The colour ``RRGGBB`` (with or without ``#``), None where `value` is none."""
    digits = value.removeprefix("#")
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    if len(digits) != 6 or not digits.isalnum():
        return None
    return (number >> 16) / 255, (number >> 8 & 255) / 255, (number & 255) / 255


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
