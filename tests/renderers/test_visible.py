import pytest

from grader.renderers.visible import stripped, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("safe \u202etxt.exe", "safe [U+202E]txt.exe"),
        ("a\u061cb", "a[U+061C]b"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("zero\u200bwidth\U000e0041", "zerowidth"),
        ("lone \ud800", "lone \ufffd"),
        ("plain\ttab\nand émoji 👩‍🚀", "plain\ttab\nand émoji 👩‍🚀"),
    ],
)
def test_steering_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07name", "name"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("two\n lines\x00\x9b2J", "two lines"),
        ("\u2066hidden\u2069", "hidden"),
    ],
)
def test_steering_characters_are_taken_out(text: str, left: str) -> None:
    assert stripped(text) == left
