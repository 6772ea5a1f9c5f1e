"""What the place where output goes can show: width, colours, hyperlinks. Decided by the environment alone."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from grader.renderers.look import Look

_WIDEST = 110
"""Columns of prose that are still read with ease; a wider terminal stays empty on the right."""
_LINKS_IN_PROGRAMS = frozenset(
    {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "WarpTerminal"}
)
_LINKS_IN_TERMINALS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm")
_OF_TERMINALS_WITH_LINKS = ("KONSOLE_VERSION", "WT_SESSION", "DOMTERM")
_FIRST_VTE_WITH_LINKS = 5000


def look_of(stream: IO[Any], environment: Mapping[str, str] = os.environ) -> Look:
    """How to write to `stream`. A pipe gets whole lines and no escape sequences, unless FORCE_COLOR asks."""
    terminal = stream.isatty()
    columns = min(_columns(stream), _WIDEST) if terminal else None
    plain = environment.get("TERM") == "dumb"
    forced = environment.get("FORCE_COLOR", "") not in ("", "0", "false")
    colour = (forced or (terminal and not plain)) and not environment.get("NO_COLOR")
    return Look(columns=columns, colour=colour, links=terminal and not plain and _has_links(environment))


def showable(text: str, stream: IO[Any]) -> str:
    """`text` with question marks for what the encoding of `stream` cannot hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Shows `text` on stderr while the work goes on, where a person watches; nothing of it stays."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def _columns(stream: IO[Any]) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _has_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one of those known to understand OSC 8; FORCE_HYPERLINK decides where it is set."""
    forced = environment.get("FORCE_HYPERLINK", "")
    if forced:
        return forced != "0"
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKS_IN_PROGRAMS
        or environment.get("TERM", "").startswith(_LINKS_IN_TERMINALS)
        or any(name in environment for name in _OF_TERMINALS_WITH_LINKS)
        or (vte.isdecimal() and int(vte) >= _FIRST_VTE_WITH_LINKS)
    )
