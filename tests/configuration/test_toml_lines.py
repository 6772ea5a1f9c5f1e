"""Lines of keys, by the look of a TOML file."""

import pytest

from grader.configuration.toml_lines import line_of

TEXT = """\
kind = "prd"  # comment
check.format = "json"

[ tool . "grader" ]
jobs = 1
"quoted" = 2
[tool.grader.check.min-level]
FM3 = 3
"""


@pytest.mark.parametrize(
    "key, line",
    [
        (("kind",), 1),
        (("check", "format"), 2),
        (("tool", "grader"), 4),
        (("tool", "grader", "jobs"), 5),
        (("tool", "grader", "quoted"), 6),
        (("tool", "grader", "check", "min-level", "FM3"), 8),
        (("tool", "grader", "check", "min-level", "TO2"), 7),  # the table it would stand in
        (("nothing", "of", "it"), None),
        ((), None),
    ],
)
def test_line_of_a_key(key: tuple[str, ...], line: int | None) -> None:
    assert line_of(TEXT, key) == line
