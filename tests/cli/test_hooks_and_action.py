"""Hooks for pre-commit, the GitHub action, editors: what they name exists, shell steps run, patterns match."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from grader.cli import main
from grader.cli.check import check
from grader.readers import SUFFIXES

ROOT = Path(__file__).parents[2]
DRAFT = ROOT / "samples" / "prd-library-holds.md"
BIN = Path(sys.executable).parent


def loaded(name: str) -> Any:
    return YAML(typ="safe").load((ROOT / name).read_text(encoding="utf-8"))


def test_hooks_take_every_document_and_call_a_command_that_exists() -> None:
    hooks = loaded(".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in hooks] == ["grader-check", "grader-check-installed"]
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "grader" and command in main.commands
        assert all(re.search(hook["files"], f"docs/draft{suffix}") for suffix in SUFFIXES)
        assert not re.search(hook["files"], "docs/picture.png") and hook["require_serial"]


def steps() -> dict[str, Any]:
    return {step["name"]: step for step in loaded("action.yml")["runs"]["steps"] if "name" in step}


def ran(
    name: str, folder: Path, inputs: dict[str, str], **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A shell step of the action, run as the runner does: bash, inputs in the environment, a file for outputs."""
    step = steps()[name]
    given = {key: _filled(value, inputs) for key, value in step.get("env", {}).items()}
    surroundings = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "GITHUB_OUTPUT": str(folder / "output"),
                    "GITHUB_ACTION_PATH": str(ROOT), "HOME": str(folder), **given, **environment}  # fmt: skip
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(script, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


def _filled(value: str, inputs: dict[str, str]) -> str:
    """`value` with its expressions replaced; those of inputs by the given one or the default."""
    defaults = {name: entry.get("default", "") for name, entry in loaded("action.yml")["inputs"].items()}
    known = {f"inputs.{name}": text for name, text in {**defaults, **inputs}.items()}
    known |= {name: text for name, text in inputs.items() if name.startswith("steps.")}
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: known[match[1]], value)


def test_the_action_installs_what_stands_beside_it(tmp_path: Path) -> None:
    told = {"PIP_DRY_RUN": "1", "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    copy = tmp_path / "grader"
    copy.mkdir()
    (copy / "constraints.txt").write_text("sample==1.0\n")
    (copy / "pyproject.toml").write_text('[project]\nname = "sample"\nversion = "1.0"\n')
    done = ran("Install grader", tmp_path, {}, GITHUB_ACTION_PATH=str(copy), **told)
    assert done.returncode == 0, done.stderr
    (copy / "constraints.txt").write_text("sample==2.0\n")
    assert ran("Install grader", tmp_path, {}, GITHUB_ACTION_PATH=str(copy), **told).returncode != 0


def test_the_action_shows_findings_and_writes_sarif(tmp_path: Path) -> None:
    (tmp_path / "draft one.md").write_bytes(DRAFT.read_bytes())
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "draft.md").write_bytes(DRAFT.read_bytes())
    done = ran("Check", tmp_path, {"files": "docs", "args": "--select EG2,FM3 --kind prd"})
    assert done.returncode == 0, done.stderr
    outputs = dict(line.split("=") for line in (tmp_path / "output").read_text().splitlines())
    assert outputs == {"sarif": "grader.sarif", "code": "1"}
    assert re.search(r"^::warning file=docs/draft\.md,line=\d+,.*title=EG2 ", done.stdout, re.M)
    (run,) = json.loads((tmp_path / "grader.sarif").read_text(encoding="utf-8"))["runs"]
    assert {"EG2"} <= {result["ruleId"] for result in run["results"]} <= {"EG2", "FM3"}


def test_the_action_runs_nothing_that_stands_in_its_inputs(tmp_path: Path) -> None:
    done = ran("Check", tmp_path, {"files": "$(touch ran) `touch ran`; touch ran", "args": "--select XX"})
    assert done.returncode == 0 and not (tmp_path / "ran").exists()
    assert "code=2" in (tmp_path / "output").read_text()


@pytest.mark.parametrize(
    "code, fail, ends", [("0", "true", 0), ("1", "true", 1), ("1", "false", 0), ("2", "false", 2)]
)
def test_the_action_ends_as_the_check_did(tmp_path: Path, code: str, fail: str, ends: int) -> None:
    inputs = {"steps.check.outputs.code": code, "fail": fail}
    assert ran("Outcome", tmp_path, inputs).returncode == ends


def test_the_action_uploads_what_was_written_and_passes_options_that_exist() -> None:
    upload = steps()["Upload"]
    assert upload["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
    assert upload["uses"].startswith("github/codeql-action/upload-sarif@")
    known = {option for parameter in check.params for option in parameter.opts}
    assert set(re.findall(r"(?<= )--[a-z-]+", steps()["Check"]["run"])) <= known


def test_places_are_read_by_the_patterns_of_the_editors_page() -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    line = re.search(r"^drafts/search\.md:71:3 .*$", page, re.M)
    (pattern,) = re.findall(r'"regexp": (".*")', page)
    assert line and re.search(json.loads(pattern), line.group()).groups()[:4] == (  # type: ignore[union-attr]
        "drafts/search.md", "71", "3", "FM2"
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim is not installed")
def test_vim_reads_places_with_the_format_of_the_editors_page(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    (setting,) = re.findall(r"^CompilerSet (errorformat=.*)$", page, re.M)
    shown = ROOT / "tests" / "renderers" / "golden" / "check" / "check.text"
    script = tmp_path / "read.vim"
    fields = "bufname(e.bufnr) . '|' . e.lnum . '|' . e.col . '|' . e.text"
    script.write_text(
        f"if !has('quickfix') | cquit 3 | endif\nset {setting}\ncgetfile {shown}\n"
        f"call writefile(map(getqflist(), {{_, e -> {fields}}}), '{tmp_path}/found')\nqa!\n"
    )
    done = subprocess.run(["vim", "-es", "-N", "-u", "NONE", "-S", str(script)], cwd=tmp_path, check=False)
    if done.returncode == 3:
        pytest.skip("this Vim is built without quickfix")
    found = (tmp_path / "found").read_text(encoding="utf-8").splitlines()
    assert "drafts/fit.md|6|1|CH1  mentioned → specific  Other options" in found
    assert all(line.startswith("drafts/fit.md|") for line in found) and len(found) == 4
