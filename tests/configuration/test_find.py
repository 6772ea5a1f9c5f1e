"""The nearest file applies, alone; one among submissions never does."""

from pathlib import Path

import pytest

from grader.configuration import find_configuration
from grader.errors import ConfigurationError


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_nearest_file_is_the_only_one(tmp_path: Path) -> None:
    write(tmp_path / "grader.toml", 'kind = "prd"\nprofile = "full"\n')
    near = write(tmp_path / "a/grader.toml", 'kind = "memo"\n')
    (tmp_path / "a/b/c").mkdir(parents=True)
    found = find_configuration(tmp_path / "a/b/c")
    assert found.file == near
    assert (found.settings.kind, found.settings.profile) == ("memo", None)


def test_our_own_file_comes_before_a_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.grader]\nkind = "prd"\n')
    own = write(tmp_path / "grader.toml")
    assert find_configuration(tmp_path).file == own


@pytest.mark.parametrize(
    "text", ["[tool.ruff]\n", "broken =", '[project]\ndependencies = ["grader"]\n', "tool = 3  # grader\n"]
)
def test_a_pyproject_without_our_table_is_passed_by(tmp_path: Path, text: str) -> None:
    above = write(tmp_path / "grader.toml")
    write(tmp_path / "a/pyproject.toml", text)
    assert find_configuration(tmp_path / "a").file == above


def test_a_broken_file_is_not_passed_by(tmp_path: Path) -> None:
    write(tmp_path / "grader.toml")
    write(tmp_path / "a/grader.toml", "kind =")
    with pytest.raises(ConfigurationError, match="a/grader.toml"):
        find_configuration(tmp_path / "a")


def test_files_among_submissions_are_named_and_never_opened(tmp_path: Path) -> None:
    above = write(tmp_path / "grader.toml")
    planted = write(tmp_path / "cohort/grader.toml", "this is not even TOML")
    (tmp_path / "cohort/ann").mkdir()
    found = find_configuration(tmp_path / "cohort/ann", outside=[tmp_path / "cohort"])
    assert found.file == above
    assert found.passed_over == (planted,)


def test_a_link_leads_to_the_folder_it_stands_for(tmp_path: Path) -> None:
    write(tmp_path / "cohort/grader.toml", 'kind = "prd"')
    (tmp_path / "link").symlink_to(tmp_path / "cohort")
    assert find_configuration(tmp_path / "cohort", outside=[tmp_path / "link"]).file is None
