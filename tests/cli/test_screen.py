"""What is written depends on where it goes: colours, links and width."""

import io
from collections.abc import Mapping

import pytest

from grader.cli.screen import look_of, showable
from grader.renderers.look import PLAIN, Look


class Terminal(io.StringIO):
    """A stream that says it is one; its size cannot be asked."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "environment, colour, links",
    [
        ({"TERM": "xterm"}, True, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        ({"TERM": "xterm", "NO_COLOR": "", "VTE_VERSION": "7600"}, True, True),
        ({"TERM": "xterm", "VTE_VERSION": "4205"}, True, False),
        ({"TERM": "dumb", "TERM_PROGRAM": "vscode"}, False, False),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, False, True),
        ({"TERM": "tmux-256color", "FORCE_HYPERLINK": "1"}, True, True),
        ({"TERM_PROGRAM": "WezTerm", "FORCE_HYPERLINK": "0"}, True, False),
    ],
)
def test_a_terminal(environment: Mapping[str, str], colour: bool, links: bool) -> None:
    assert look_of(Terminal(), environment) == Look(columns=80, colour=colour, links=links)


@pytest.mark.parametrize(
    "environment, look",
    [
        ({"TERM": "xterm-kitty"}, PLAIN),
        ({"FORCE_COLOR": "1"}, Look(colour=True)),
        ({"FORCE_COLOR": "0"}, PLAIN),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, PLAIN),
    ],
)
def test_a_pipe(environment: Mapping[str, str], look: Look) -> None:
    assert look_of(io.StringIO(), environment) == look


def test_what_an_old_terminal_cannot_show_does_not_end_the_program() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    assert showable("39 % █ → “x”", stream) == "39 % ? ? “x”"
