"""What README and docs say is so: commands run, links lead somewhere, formats, reasons and limits are all there."""

import importlib.util
import json
import re
import shlex
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.readers import READERS
from grader.reading.published import all_limits
from grader.rubric import load_rubric
from grader.schema import Limits

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "samples/README.md", *sorted((ROOT / "docs").glob("*.md"))]
SET_UP = ("python3 -m venv .venv", ".venv/bin/pip install -c constraints.txt .")
DRAFT = "# A draft\n\nWe will let riders book a seat by phone, because half of the villages have no shop.\n"


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> Iterator[str]:
    for language, block in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S):
        if language in languages:
            yield block


def readme_commands() -> list[str]:
    """Lines behind a prompt; the others are output."""
    lines = [line for block in blocks(text_of("README.md"), "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def words_of(command: str) -> list[str]:
    words = shlex.split(command, comments=True)
    return ["grader", *words[1:]] if words[0] == ".venv/bin/grader" else words


def test_every_grader_command_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counting_scorer: type
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("draft.md", "draft-2.md"):
        (tmp_path / name).write_text(DRAFT)
    for folder in ("cohort", "applications"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.md").write_text(DRAFT)
    (tmp_path / "samples").mkdir()
    for name in ("prd-library-holds.md", "prd-hospital-triage.docx"):
        shutil.copy(ROOT / "samples" / name, tmp_path / "samples")
    ran = 0
    for command in readme_commands():
        words = words_of(command)
        if words[0] != "grader":
            continue
        done = CliRunner().invoke(main, words[1:], prog_name="grader")
        findings = words[1] == "check" and done.exit_code == 1
        assert done.exit_code == 0 or findings, f"{command}\n{done.output}"
        ran += 1
    assert ran >= 6
    assert (tmp_path / "reports/index.html").is_file() and (tmp_path / "my-reports/results.jsonl").is_file()


def test_every_other_command_of_the_readme_is_a_target_or_the_set_up() -> None:
    makefile = text_of("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    settings = set(re.findall(r"^([A-Z]+) \?=", makefile, re.M))
    others = [words for command in readme_commands() if (words := words_of(command))[0] != "grader"]
    assert {"grade", "test"} <= {words[1] for words in others if words[0] == "make"}
    for words in others:
        if words[0] == "make":
            assert words[1] in targets
            assert {word.split("=")[0] for word in words[2:]} <= settings
        else:
            assert shlex.join(words) in SET_UP
    assert (ROOT / "constraints.txt").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_docs_exist(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8"), "sh", "console"):
        for name in re.findall(r"(?:^|\s)grader ([a-z]+)", block):
            assert name in main.commands
        for module in re.findall(r"python3? -m ([\w.]+)", block):
            assert importlib.util.find_spec(module), module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_readme() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name}" in text_of("README.md"), page.name


def test_the_readme_names_every_command_dimension_and_level() -> None:
    text = text_of("README.md")
    assert all(f"grader {name}" in text for name in main.commands)
    rubric = load_rubric()
    assert all(f"| {dimension.title} |" in text for dimension in rubric.dimensions)
    assert all(f"| {rung.level} | {rung.name} |" in text for rung in rubric.ladder)


@pytest.mark.parametrize("name", READERS)
def test_every_format_is_documented_with_its_endings(name: str) -> None:
    text = text_of("docs/formats.md")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
    for suffix in READERS[name].suffixes:
        assert suffix in row


def test_every_limit_is_published_with_its_number() -> None:
    text = text_of("docs/limits.md")
    published = list(all_limits(Limits()))
    assert len(published) > 15
    for what, limit in published:
        assert f"\n| {what} | {limit} |" in text, what


@pytest.mark.parametrize("what", ["Unreadable", "Reason", "Flag"])
def test_every_reason_and_flag_is_documented(what: str) -> None:
    pattern = {
        "Unreadable": r'UnreadableError\(\s*"([a-z_]+)"',
        "Reason": r'(?:Reason\(\s*code=|problem\([^)]*?, |refused\(\s*[\w.]+,\s*)"([a-z_]+)"',
        "Flag": r'Flag\(\s*code="([a-z_]+)"|_flag\("([a-z_]+)"',
    }[what]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "grader").rglob("*.py"))
    codes = {code for found in re.finditer(pattern, source) for code in found.groups() if code}
    assert len(codes) >= 5
    for code in codes:
        assert f"`{code}`" in text_of("docs/not-scorable.md"), code


def test_the_readme_quotes_the_agreement_that_reports_quote() -> None:
    quoted = re.findall(r"^> ?(.*)$", text_of("README.md"), re.M)
    weights = json.loads(text_of("grader/scoring/weights.json"))
    assert " ".join(" ".join(quoted).split()) == weights["agreement"]


@pytest.mark.parametrize("name", ["report.png", "index.png"])
def test_pictures_are_of_the_agreed_size(name: str) -> None:
    data = (ROOT / "docs/images" / name).read_bytes()
    (width,) = struct.unpack(">I", data[16:20])
    assert data.startswith(b"\x89PNG") and width == 1440
    assert len(data) < 300_000
