"""reStructuredText → docutils tree, with everything switched off that reaches beyond the text."""

import io
import re
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Parser, roles
from docutils.utils import SystemMessage

from grader.errors import UnreadableError

_SETTINGS = {
    "_disable_config": True,  # a docutils.conf beside the submission must not matter
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "smart_quotes": False,
}
_MAIL_HEADER = re.compile(r"PEP: \d+\n")


def parse(text: str) -> nodes.document:
    """The tree of the markup; what the parser does not know stands in it as a system message.

    Raises:
        UnreadableError: markup the parser gives up on.
    """
    parser = Parser(rfc2822=bool(_MAIL_HEADER.match(text)))
    settings = {**_SETTINGS, "warning_stream": io.StringIO()}
    registry: dict[str, Any] = vars(roles)["_roles"]
    known_roles = dict(registry)  # a role that one document defines must not reach the next
    try:
        return publish_doctree(text, parser=parser, settings_overrides=settings)
    except (SystemMessage, ValueError) as error:
        message = f"The reStructuredText cannot be parsed ({error}); mend it there, or save it as plain text."
        raise UnreadableError("damaged", message) from error
    finally:
        registry.clear()
        registry.update(known_roles)
