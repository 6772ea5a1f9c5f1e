"""Looks through everything a run wrote for what could harm the one who opens it."""

import base64
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_REMOTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//)", re.I)
_TEXT = {".html", ".md", ".csv", ".json", ".jsonl"}


def findings(out: Path, secrets: Sequence[str]) -> Iterator[str]:
    """What is wrong with the files in `out`, one line each. No file may hold one of `secrets`, such as paths."""
    for path in sorted(path for path in out.rglob("*") if path.is_file() and path.suffix in _TEXT):
        name = path.relative_to(out).as_posix()
        text = path.read_bytes().decode("utf-8")
        for line in (*steering(text), *_leaks(text, secrets)):
            yield f"{name}: {line}"
        if path.suffix == ".html":
            yield from (f"{name}: {line}" for line in page_findings(text))
        if path.suffix == ".csv":
            yield from (f"{name}: {line}" for line in table_findings(text))


def steering(text: str) -> Iterator[str]:
    """Characters that steer a terminal, a viewer or the direction of reading."""
    for what, pattern in (("control character", _CONTROLS), ("direction mark", _DIRECTION)):
        if found := pattern.search(text):
            yield f"{what} U+{ord(found.group()):04X} at {found.start()}"


def _leaks(text: str, secrets: Sequence[str]) -> Iterator[str]:
    for secret in secrets:
        if secret in text:
            yield f"names {secret!r}"


def table_findings(text: str) -> Iterator[str]:
    """Cells that a spreadsheet would take for a formula."""
    for number, row in enumerate(csv.reader(text.splitlines(keepends=True)), start=1):
        for cell in row:
            if cell.startswith(_FORMULA) and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
                yield f"line {number}: a cell begins like a formula: {cell[:40]!r}"


def page_findings(text: str) -> Iterator[str]:
    """What a page could do beyond showing itself."""
    page = _Page()
    page.feed(text)
    page.close()
    if "default-src 'none'" not in page.policy:
        yield "has no policy that forbids everything else"
    for kind, code in page.inline:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in page.policy:
            yield f"a {kind} that the policy does not name: {code[:40]!r}"
    if page.has_form and "form-action 'none'" not in page.policy:
        yield "has a form that could be sent"
    yield from page.wrong


class _Page(HTMLParser):
    """Collects the policy, what is inline, and attributes that act or load."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.policy = ""
        self.inline: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.has_form = False
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = values.get("content", "")
        self.has_form |= tag == "form"
        if tag in ("script", "style"):
            self._inside = tag
            self.inline.append((tag, ""))
        if tag in ("iframe", "object", "embed", "base", "link"):
            self.wrong.append(f"has a <{tag}>")
        for name, value in values.items():
            if name.startswith("on") or name == "style":
                self.wrong.append(f"<{tag}> has {name}={value[:40]!r}")
            remote = name in ("src", "href", "srcset", "action", "xlink:href") and _REMOTE.match(value)
            if remote and not (tag == "img" and value.startswith("data:image/")):
                self.wrong.append(f"<{tag}> leads to {value[:40]!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            kind, code = self.inline[-1]
            self.inline[-1] = (kind, code + data)
