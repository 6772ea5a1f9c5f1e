"""Figures that no program writes must not stop a file from being read."""

import pytest
from office_samples import docx, odt, p

from grader.readers import read_document
from grader.readers.whole_numbers import whole

ENDLESS = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-3", -3), ("", 7), (None, 7), ("--5", 7), ("1.5", 7), ("²", 7), (ENDLESS, 7)],
)
def test_only_whole_numbers_of_a_believable_length_count(text: str | None, number: int) -> None:
    assert whole(text, otherwise=7) == number


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", f"<html><table><tr><td rowspan='{ENDLESS}'>Ada</td><td>Ben</td></tr></table>".encode()),
        ("a.adoc", f'[cols="{ENDLESS}*"]\n|===\n|Ada\n|===\n'.encode()),
        (
            "a.odt",
            odt(f'<text:h text:outline-level="{ENDLESS}">Ada</text:h><text:p><text:s text:c="-1"/></text:p>'),
        ),
        ("a.docx", docx(p("Ada", run='<w:sz w:val="--5"/>'))),
    ],
)
def test_absurd_figures_are_passed_over(name: str, data: bytes) -> None:
    assert read_document(data, name).blocks[0].text.startswith("Ada")
