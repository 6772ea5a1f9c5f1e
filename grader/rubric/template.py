"""The file that `grader rubric new` starts an author off with."""

import re
from importlib import resources


def new_rubric(name: str) -> str:
    """A small rubric in YAML that loads and passes lint, commented for the person who will edit it.

    Args:
        name: what the rubric is to be called; characters that an id may not have become ``-``.
    """
    text = resources.files("grader.rubric").joinpath("new_rubric.yaml").read_text(encoding="utf-8")
    identifier = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-_")
    if not identifier[:1].isalpha():
        identifier = f"rubric-{identifier}".rstrip("-")
    return text.replace("id: new-rubric", f"id: {identifier}", 1)
