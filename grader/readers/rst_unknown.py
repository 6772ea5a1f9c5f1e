"""What docutils does not know, such as Sphinx's directives and roles: their text must not be lost."""

import re
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"\.\. (?:\|[^|\n]+\| )?([\w:.+-]+?)::[ \t]*(.*)")
_OPTION = re.compile(r"\s+:[\w-]+:")
_ROLE = re.compile(r"(?::[\w:.+-]+:)?`([^`]*)`(?::[\w:.+-]+:)?_{0,2}", re.S)
_TARGET = re.compile(r"\s*<[^<>]*>$")


@dataclass(frozen=True)
class Directive:
    """A directive as text: its name, and a body that begins on the directive's own line.

    The body holds what stands behind the name, blank lines for options, and the content without its indent.
    """

    name: str
    body: str


def parse_directive(source: str) -> Directive | None:
    """The directive that `source` is, without its options; None where it is none."""
    lines = source.split("\n")
    match = _DIRECTIVE.match(lines[0])
    if not match:
        return None
    options_end = 1
    while options_end < len(lines) and _OPTION.match(lines[options_end]):
        options_end += 1
    content = lines[options_end:]
    margin = min((len(line) - len(line.lstrip()) for line in content if line.strip()), default=0)
    body = [match.group(2)] + [""] * (options_end - 1) + [line[margin:] for line in content]
    return Directive(match.group(1).lower(), "\n".join(body))


def role_text(raw: str) -> str:
    """The words of inline markup that could not be understood: no role, no target, no lone marks."""
    if match := _ROLE.fullmatch(raw):
        return _TARGET.sub("", match.group(1)).lstrip("~!")
    return raw.strip("*`|_") if len(raw) > 2 else ""
