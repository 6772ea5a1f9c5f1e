"""Characters that deceive are read as what they look like and told; emoji, formulas and names are not."""

import pytest

from grader.integrity.characters import fold
from grader.integrity.scored import scored_text
from grader.schema import Block, Document, Location


def kinds(text: str) -> list[str]:
    return [odd.kind for odd in fold(text).odd]


@pytest.mark.parametrize(
    ("text", "reads", "kind"),
    [
        ("roll\u200bback", "rollback", "invisible"),
        ("thres\u2063hold", "threshold", "invisible"),
        ("ow\u3164ner", "owner", "invisible"),
        ("ethi\u0441s", "ethics", "look_alike"),
        ("\u0440rivacy", "privacy", "look_alike"),
        ("f\u03b1llback", "fallback", "look_alike"),
        ("\u039cetrics", "Metrics", "look_alike"),
        ("plan\U000e0067\U000e0069\U000e0076\U000e0065", "plan", "tags"),
        ("see \u202eskram lluf", "see skram lluf", "direction"),
    ],
)
def test_deceiving_characters_are_folded_and_told(text: str, reads: str, kind: str) -> None:
    assert fold(text).text == reads
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Thumbs \U0001f44d\U0001f3fd and \U0001f468\u200d\U0001f469\u200d\U0001f467 family \u2764\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f flag",
        "µs, kΩ, Δt, σ², β-test, TNFα, γGTP, 5 µm",
        "Сергей and Γιώργος met Владимир in Москва",
        "Zoë, Łukasz, Søren, Đorđe, İbrahim and François",
        "of\u00adfice and naïve ﬁle",
        "می\u200cخواهم is Persian; क्\u200dष is Devanagari",
        "\ufeffA mark at the beginning",
        "+1 \u202d555 0100\u202c from a phone book",
        "שלום \u202eabc\u202c in Hebrew",
    ],
)
def test_emoji_formulas_names_and_other_scripts_are_not_told(text: str) -> None:
    assert kinds(text) == []


def test_quotes_lead_back_to_the_original() -> None:
    text = "We r\u200boll b\u0430ck and cafe\u0301 now"
    folded = fold(text)
    assert folded.text == "We roll back and café now"
    start = folded.text.index("roll back")
    first, last = folded.original(start, start + len("roll back"))
    assert text[first:last] == "r\u200boll b\u0430ck"
    start = folded.text.index("now")
    assert text[slice(*folded.original(start, start + 3))] == "now"


def test_many_are_a_warning_at_the_first_place_and_few_are_not() -> None:
    def flags(count: int) -> list[tuple[str, str, int | None]]:
        text = "Plain line.\n" + " ".join(["priv\u0430cy"] * count)
        block = Block(type="paragraph", text=text, location=Location(line=3))
        document = Document(source="a.md", format="markdown", sha256="0" * 64, blocks=(block,))
        return [(f.code, f.severity, f.location and f.location.line) for f in scored_text(document).flags]  # type: ignore[misc]

    assert flags(2) == [("look_alikes", "info", 4)]
    assert flags(6) == [("look_alikes", "warning", 4)]
