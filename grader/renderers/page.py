"""Self-contained HTML pages: own style and script inline, allowed by hash, and nothing else."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.renderers.phrases import interval, percent, place_words, points, settings_given
from grader.renderers.visible import visible

_TEMPLATES = Path(__file__).with_name("templates")
_OPENING_QUOTE = re.compile(r'(?<![^\s(])"')


def page(
    template: str, script: str | None, *, styles: tuple[str, ...] = ("page.css",), **values: object
) -> str:
    """The rendered template, with style and script inline and the policy that allows exactly those two.

    `script` and `styles` name files beside the templates; styles are joined in their order. Without a
    script none may run.
    """
    style_text, script_text = "".join(map(_asset, styles)), _asset(script) if script else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style_text)}'",
            f"script-src '{_hash(script_text)}'" if script else "script-src 'none'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    # Both texts are this package's own, never a document's.
    return (
        _environment()
        .get_template(template)
        .render(style=Markup(style_text), script=Markup(script_text), policy=policy, **values)
        + "\n"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(
        points=points, percent=percent, place=place_words, interval=interval, given=settings_given
    )
    environment.filters["typeset"] = typeset
    return environment


def typeset(text: str) -> str:
    """The rubric's words with “these” quotation marks: after a straight one a browser may break the line."""
    return _OPENING_QUOTE.sub("“", text).replace('"', "”")


def _shown(value: object) -> object:
    """Every text on its way into a page; escaping follows. What templates made (Markup) is left alone."""
    return visible(value) if type(value) is str else value


@cache
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
