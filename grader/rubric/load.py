"""YAML → `Rubric`, by the id of a shipped one or by path."""

import hashlib
import json
import os
from importlib import resources
from pathlib import Path

from grader.errors import RubricError
from grader.rubric.assemble import assemble
from grader.rubric.checks import problems
from grader.rubric.validate import known_names, validate
from grader.schema import Rubric

DEFAULT_RUBRIC = "decision-hygiene"


def load_rubric(name_or_path: str | Path = DEFAULT_RUBRIC) -> Rubric:
    """The rubric with that id among the shipped ones, or the one in that file.

    A `Path`, and text that ends in ``.yaml`` or ``.yml`` or has a path separator, is read as a file;
    dimension files are resolved relative to it.

    Raises:
        RubricError: no such rubric, or one that cannot be used; one line with file, line, key and what
            was expected.
    """
    whole = assemble(_path(name_or_path))
    rubric = validate(whole)
    for problem in problems(rubric):
        raise whole.error(problem.key, problem.message)
    return rubric.model_copy(update={"hash": content_hash(rubric)})


def shipped_rubrics() -> tuple[str, ...]:
    """Ids of the rubrics that come with the program, in alphabetical order."""
    return tuple(sorted(path.stem for path in _shipped_folder().glob("*.yaml")))


def content_hash(rubric: Rubric) -> str:
    """sha256 hex of what `rubric` says.

    Layout, comments, the split into files and the order of weights do not matter; any word, weight or
    order of criteria does.
    """
    content = rubric.model_dump(mode="json", by_alias=True, exclude={"hash"}, exclude_defaults=True)
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _shipped_folder() -> Path:
    # An installed package always lies in a folder: pip unpacks wheels.
    return Path(str(resources.files("grader_rubrics")))


def _path(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, Path):
        return name_or_path
    separators = {"/", os.sep}
    if name_or_path.endswith((".yaml", ".yml")) or separators & set(name_or_path):
        return Path(name_or_path)
    shipped = shipped_rubrics()
    if name_or_path not in shipped:
        known = known_names(name_or_path, shipped)
        raise RubricError(f"no rubric '{name_or_path}'; {known}; a file needs a path that ends in .yaml")
    return _shipped_folder() / f"{name_or_path}.yaml"
