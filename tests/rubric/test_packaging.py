"""The wheel: every room is listed, and the shipped rubrics are installed as data."""

import tomllib
from importlib import resources
from pathlib import Path

from grader.rubric import load_rubric, shipped_rubrics

ROOT = Path(__file__).parents[2]


def test_every_room_is_listed_for_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    rooms = {".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "grader").rglob("*.py")}
    assert set(settings["packages"]) == rooms | {"grader_rubrics"}
    assert settings["package-dir"] == {"grader_rubrics": "rubrics"}


def test_shipped_rubrics_are_found_as_package_data() -> None:
    folder = resources.files("grader_rubrics")
    for name in shipped_rubrics():
        assert folder.joinpath(f"{name}.yaml").is_file()
        assert load_rubric(name).id == name
