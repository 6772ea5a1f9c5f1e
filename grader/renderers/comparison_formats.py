"""Every format that a comparison can be written in."""

import json
from collections.abc import Callable
from typing import Any

from grader.renderers.look import Look
from grader.schema import Rubric
from grader.schema.comparison import Comparison

Render = Callable[[Comparison, Rubric, Look], str]


def _text(comparison: Comparison, rubric: Rubric, look: Look) -> str:
    from grader.renderers.comparison_text import render_text

    return render_text(comparison, rubric, look)


def _json(comparison: Comparison, rubric: Rubric, look: Look) -> str:
    data = _known_places(comparison.model_dump(by_alias=True, mode="json"))
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _markdown(comparison: Comparison, rubric: Rubric, look: Look) -> str:
    from grader.renderers.comparison_markdown import render_markdown

    return render_markdown(comparison, rubric)


def _html(comparison: Comparison, rubric: Rubric, look: Look) -> str:
    from grader.renderers.comparison_html import render_html

    return render_html(comparison, rubric)


def _known_places(value: Any) -> Any:
    """`value` with locations reduced to what is known, as in ``results.jsonl``."""
    if isinstance(value, list):
        return [_known_places(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: {k: v for k, v in each.items() if v is not None}
        if name == "location" and isinstance(each, dict)
        else _known_places(each)
        for name, each in value.items()
    }


COMPARISON_FORMATS: dict[str, Render] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
}
"""By name; each gives the whole text, ended by one line feed. Only text looks at `Look`."""
