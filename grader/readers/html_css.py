"""The style sheets inside a page, as far as they matter to what is seen; nothing is fetched.

Selectors of tags, classes and ids, with descendants and children, are matched. Rules for states
(``:hover``), attributes, siblings, print or screens of some width are passed by: a visitor may not meet them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import tinycss2
from tinycss2.ast import Declaration

from grader.readers.css_values import Values

MAX_CSS = 2_000_000
"""Characters of style sheets that are looked at."""
MAX_TRIED = 200
"""Rules that are tried on one element."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_STRING = re.compile(r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""")
_BRACE = re.compile(r"([^{}]*)([{}])")
_APPLIES = re.compile(r"@(?:media\s*(?:(?:only\s+)?screen|all)?|supports\b.*|layer\b.*)\s*", re.S | re.I)
_COMPOUND = re.compile(r"(?:[a-zA-Z][\w-]*|\*)?(?:[.#][\w-]+)*")
_STEP = re.compile(r"\s*>\s*|\s+")


class Element(NamedTuple):
    """What a selector asks of a tag; names in lower case."""

    name: str
    id: str
    classes: frozenset[str]


@dataclass(frozen=True)
class _Compound:
    """One step of a selector; `child` where only the parent of the step after it counts."""

    name: str
    ids: frozenset[str]
    classes: frozenset[str]
    child: bool

    def fits(self, element: Element) -> bool:
        named = self.name in ("", "*", element.name)
        return named and self.ids <= {element.id} and self.classes <= element.classes


@dataclass(frozen=True)
class _Rule:
    """A selector's steps, the last first; `weight` orders rules as a browser does."""

    steps: tuple[_Compound, ...]
    body: str
    weight: tuple[int, int, int, int]

    def applies(self, chain: tuple[Element, ...]) -> bool:
        """`chain`: the element, its parent and so on."""
        return self.steps[0].fits(chain[0]) and _fits_above(self.steps, 1, chain[1:])


class Stylesheet:
    """Rules by what their last step asks for."""

    def __init__(self, css: str = "") -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for order, (selectors, body) in enumerate(_rules(css[:MAX_CSS])):
            for selector in selectors.split(","):
                if steps := _steps(selector):
                    self._rules[_key(steps[0])].append(_Rule(steps, body, (*_specificity(steps), order)))

    def declarations(self, chain: tuple[Element, ...], inline: str = "") -> dict[str, Values]:
        """Value by property of ``chain[0]`` (its parents behind it), with its own style attribute."""
        element = chain[0]
        keys = [f"#{element.id}", *sorted(f".{name}" for name in element.classes), element.name, "*"]
        tried = islice((rule for key in keys for rule in self._rules.get(key, ())), MAX_TRIED)
        bodies = [rule.body for rule in sorted(tried, key=lambda r: r.weight) if rule.applies(chain)]
        found: dict[str, Values] = {}
        for important in (False, True):
            for body in (*bodies, inline):
                found.update(declared(body)[important])
        return found


@lru_cache(maxsize=2048)
def declared(style: str) -> tuple[Mapping[str, Values], Mapping[str, Values]]:
    """Value by property in the text of a style attribute or rule: plain ones, then ``!important`` ones."""
    if not style.strip():
        return {}, {}
    nodes = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    sides: tuple[dict[str, Values], dict[str, Values]] = {}, {}
    for node in nodes:
        if isinstance(node, Declaration):
            sides[node.important][node.lower_name] = [t for t in node.value if t.type != "whitespace"]
    return sides


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the rules that hold on any screen, in order."""
    css = _STRING.sub('""', _COMMENT.sub(" ", css))
    heads: list[str] = []
    for match in _BRACE.finditer(css):
        before, brace = match.groups()
        if brace == "{":
            heads.append(before.rpartition(";")[2].strip())
        elif heads:
            head = heads.pop()
            if not head.startswith("@") and all(_APPLIES.fullmatch(outer) for outer in heads):
                yield head, before


def _steps(selector: str) -> tuple[_Compound, ...]:
    """The selector's steps, the last first; none where it asks for more than names."""
    selector = selector.strip()
    texts, joints = _STEP.split(selector), [joint.strip() for joint in _STEP.findall(selector)]
    if not selector or not all(text and _COMPOUND.fullmatch(text) for text in texts):
        return ()
    children = [*(joint == ">" for joint in joints), False]
    return tuple(_compound(*step) for step in reversed(list(zip(texts, children, strict=True))))


def _compound(text: str, child: bool) -> _Compound:
    parts = re.findall(r"[.#]?[\w*-]+", text)
    ids = frozenset(part[1:] for part in parts if part[0] == "#")
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    name = next((part.lower() for part in parts if part[0] not in "#."), "")
    return _Compound(name, ids, classes, child)


def _key(step: _Compound) -> str:
    if step.ids:
        return f"#{min(step.ids)}"
    return f".{min(step.classes)}" if step.classes else step.name or "*"


def _specificity(steps: tuple[_Compound, ...]) -> tuple[int, int, int]:
    named = sum(step.name not in ("", "*") for step in steps)
    return sum(len(step.ids) for step in steps), sum(len(step.classes) for step in steps), named


def _fits_above(steps: tuple[_Compound, ...], position: int, above: tuple[Element, ...]) -> bool:
    """Whether the steps from `position` fit ancestors: each the nearest that fits, as good as always right."""
    while position < len(steps):
        if not above:
            return False
        fits = steps[position].fits(above[0])
        if steps[position].child and not fits:
            return False
        above, position = above[1:], position + fits
    return True
