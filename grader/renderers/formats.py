"""Every format that a check can be written in."""

from collections.abc import Callable

from grader.renderers.look import Look
from grader.schema import Check

Render = Callable[[Check, Look], str]


def _text(check: Check, look: Look) -> str:
    from grader.renderers.check_text import render_text

    return render_text(check, look)


def _json(check: Check, look: Look) -> str:
    from grader.renderers.check_json import render_json

    return render_json(check)


def _json_lines(check: Check, look: Look) -> str:
    from grader.renderers.check_json import render_json_lines

    return render_json_lines(check)


def _markdown(check: Check, look: Look) -> str:
    from grader.renderers.check_markdown import render_check_markdown

    return render_check_markdown(check)


def _html(check: Check, look: Look) -> str:
    from grader.renderers.html_report import render_html

    (draft,) = check.drafts
    return render_html(draft.document, draft.assessment, check.rubric, check.run)


def _sarif(check: Check, look: Look) -> str:
    from grader.renderers.sarif import render_sarif

    return render_sarif(check)


def _junit(check: Check, look: Look) -> str:
    from grader.renderers.junit import render_junit

    return render_junit(check)


def _github(check: Check, look: Look) -> str:
    from grader.renderers.github import render_github

    return render_github(check)


FORMATS: dict[str, Render] = {
    "text": _text,
    "json": _json,
    "json-lines": _json_lines,
    "markdown": _markdown,
    "html": _html,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
"""By name; each gives the whole text, ended by a line feed, or nothing. Only text looks at `Look`."""

ONE_DRAFT = frozenset({"html"})
"""Formats that hold exactly one draft."""
