"""Criteria as the rules of a SARIF log."""

from collections.abc import Iterator
from typing import Any

from grader.renderers.markdown_report import escaped
from grader.renderers.phrases import level_name
from grader.schema import Criterion, Rubric

_STRONG, _WEAK = (3, 4), (0, 1)


def rule_of(criterion: Criterion, rubric: Rubric) -> dict[str, Any]:
    """The criterion as a SARIF ``reportingDescriptor``; its help is its ladder with two examples."""
    dimension = next(d for d in rubric.dimensions if criterion in d.criteria)
    name = "".join(word.capitalize() for word in criterion.title.replace("-", " ").split() if word.isalnum())
    return {
        "id": criterion.id,
        "name": name or criterion.id,
        "shortDescription": {"text": criterion.title},
        "fullDescription": {"text": criterion.description},
        "help": {
            "text": "\n".join(_help(criterion, rubric, "- ")),
            "markdown": _markdown_help(criterion, rubric),
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [dimension.id], "dimension": dimension.title},
    }


def _help(criterion: Criterion, rubric: Rubric, item: str) -> Iterator[str]:
    yield f"Looks for: {criterion.looks_for}"
    for level in criterion.levels:
        yield f"{item}{level_name(rubric, level.level)}: {level.description}"
    for label, wanted in (("Strong", _STRONG), ("Weak", _WEAK)):
        example = next((e for e in criterion.examples if e.level in wanted and not e.near_miss), None)
        if example:
            yield f"{label} example ({example.domain}): {example.text}"


def _markdown_help(criterion: Criterion, rubric: Rubric) -> str:
    lines = [escaped(line) for line in _help(criterion, rubric, "")]
    bullets = [f"- {line}" if 0 < number <= len(criterion.levels) else f"\n{line}\n"
               for number, line in enumerate(lines)]  # fmt: skip
    return "\n".join(bullets).strip()
