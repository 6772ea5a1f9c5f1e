"""Documents to time with: written by rule, as many and as long as wanted, and variations of given ones."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

_WHO = ("nurses", "dispatchers", "librarians", "teachers", "tenants", "drivers", "clerks", "farmers")
_WHAT = (
    "the triage list",
    "the shift plan",
    "the hold queue",
    "the seating chart",
    "the repair log",
    "the delivery slot",
)
_SENTENCES = (
    "We chose a rule over a model for {what}, because {who} have to explain each entry; it costs us {n} % of recall.",
    "If {what} is wrong for {who}, one of them calls within {n} minutes and the old order is restored.",
    "In {n} interviews with {who}, most said that {what} is out of date by noon.",
    "We compare {what} before and after for {n} days and stop when complaints rise above {n} a week.",
    "No name of any of the {who} leaves the building, and {what} is deleted after {n} days.",
    "The product will delight {who} and make {what} better for everyone.",
    "We considered leaving {what} on paper; {who} lose {n} hours a week that way, so we rejected it.",
    "Records of {what} come from {n} sites, all in one city, so rural {who} are missing.",
    "It is not decided who looks after {what} when the {who} are away.",
    "The number of corrections that {who} make to {what} falls from {n} to half of that by June.",
)
_HEADINGS = ("Problem", "Options", "Risks", "Data", "How we will know")


def short(folder: Path, count: int, seed: int = 1) -> Path:
    """`count` Markdown documents of ten passages and over 80 words each, no two the same."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for number in range(count):
        (folder / f"plan-{number:05}.md").write_text(
            _document(chance, f"Plan {number}", 10), encoding="utf-8"
        )
    return folder


def long(path: Path, pages: int, seed: int = 1) -> Path:
    """One document of about `pages` pages of 400 words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_document(random.Random(seed), "A long plan", pages * 18), encoding="utf-8")
    return path


_LINE = re.compile(r"(?P<mark>\s*(?:(?:[-*+>|]|\d+[.)])\s+)*)(?P<text>[^#\s].*?[\w.!?])(?P<end>[^\w.!?]*)")
"""A line that says something, behind the marks of a list, a quote or a table."""
_WORD = re.compile(r"[A-Za-z]{2,}")
MIN_WORDS = 4
"""Shorter lines stay as they are."""
_BETWEEN = re.compile(r"(?<=[a-z]{2}[.!?]) +(?=[A-Z])")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,])")


def varied(source: Sequence[Path], folder: Path, times: int) -> Path:
    """Text documents `times` over: as they are, then copies whose lines are all said differently.

    The sentences of a line stand in another order and its numbers are higher; one that stays the same all
    the same has other last words. The same documents give the same copies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for copy in range(times):
        for path in source:
            text = path.read_text(encoding="utf-8", errors="replace")
            (folder / f"{copy}-{path.name}").write_text(_said_differently(text, copy), encoding="utf-8")
    return folder


def _said_differently(text: str, copy: int) -> str:
    if copy == 0:
        return text
    chance = random.Random(copy)
    return "\n".join(_line(line, copy, chance) for line in text.split("\n"))


def _line(line: str, copy: int, chance: random.Random) -> str:
    found = _LINE.fullmatch(line)
    if found is None or len(_WORD.findall(line)) < MIN_WORDS:
        return line
    sentences = _BETWEEN.split(found["text"])
    chance.shuffle(sentences)
    changed = _NUMBER.sub(lambda number: str(int(number[0]) + copy), " ".join(sentences))
    if changed == found["text"]:
        changed = re.sub(r"([.!?]?)$", rf" in case {copy}\1", changed, count=1)
    return found["mark"] + changed + found["end"]


def edited(path: Path, target: Path) -> Path:
    """The document with a word added to three of its sentences."""
    text, changes = re.subn(r"(?<=[a-z]{3})\.(?=\s)", " today.", path.read_text(encoding="utf-8"), count=3)
    assert changes == 3, f"{path}: has fewer than three sentences"
    target.write_text(text, encoding="utf-8")
    return target


def _document(chance: random.Random, title: str, passages: int) -> str:
    lines = [f"# {title}", ""]
    for number in range(passages):
        if number % 2 == 0:
            lines += [f"## {_HEADINGS[number // 2 % len(_HEADINGS)]}", ""]
        sentence = chance.choice(_SENTENCES)
        words = {"who": chance.choice(_WHO), "what": chance.choice(_WHAT), "n": chance.randrange(3, 97)}
        lines += [sentence.format(**words), ""]
    return "\n".join(lines) + "\n"
