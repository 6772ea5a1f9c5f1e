"""Every pair of text and background that the style sheet makes is readable (WCAG 2.2 AA: 4.5 to 1)."""

import re
from pathlib import Path

import pytest

import grader.renderers

TEMPLATES = Path(grader.renderers.__file__).parent / "templates"
CSS = (TEMPLATES / "page.css").read_text(encoding="utf-8")
INDEX_CSS = (TEMPLATES / "index.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("@media screen and (prefers-color-scheme: dark)")[:2]
DARK = DARK.split("* { box-sizing")[0]
ON_PAGE = [
    (text, ground)
    for text in ("ink", "soft", "link", "warn", "error")
    for ground in ("paper", "card", "faint")
]
ON_NOTES = [("warn", "warn-tint"), ("error", "error-tint"), ("soft", "warn-tint"), ("soft", "error-tint")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]{2,}): (#[0-9a-f]{6})", css))


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
def test_text_of_the_page(css: str) -> None:
    colours = variables(css)
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in ON_PAGE + ON_NOTES}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_of_dimensions(css: str) -> None:
    page = variables(css)
    dimensions = re.findall(r"\.(d\d) \{ --c: (#\w{6}); --t: (#\w{6}); \}", css)
    assert len(dimensions) == 8
    for name, colour, tint in dimensions:
        pairs = [
            (page["on"], colour),
            (colour, page["paper"]),
            (colour, page["card"]),
            (page["ink"], tint),
            (page["soft"], tint),
            (colour, tint),
        ]
        assert [name for pair in pairs if contrast(*pair) < 4.5] == []


def test_cells_of_the_heat_map() -> None:
    cells = re.findall(r"\.(l\d) \{ background: (#\w{6}); color: (#\w{6}); \}", INDEX_CSS)
    assert len(cells) == 5
    assert [name for name, ground, text in cells if contrast(ground, text) < 4.5] == []
