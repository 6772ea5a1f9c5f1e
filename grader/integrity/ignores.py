"""Comments that ask a check to keep quiet: ``grader: ignore FM4 - covered in the runbook``.

A reader keeps comments as blocks of their own, whatever the format's syntax for them, so there is one
grammar here. Only ``grader check`` acts on them; anywhere else they are flagged, and no score knows them.
"""

import re

from grader.schema import Document, Flag, Frozen, Location

_TO_US = re.compile(r"grader\s*:\s*(.*)", re.IGNORECASE)
_IGNORE = re.compile(r"ignore\s+(.+)", re.IGNORECASE)
# A dash between blanks, since ids may have one inside, or a colon.
_BEFORE_REASON = re.compile(r"(?:^|\s+)(?:--?|–|—)(?:\s+|$)|\s*:(?:\s+|$)")


class IgnoreComment(Frozen):
    """One comment that speaks to the check.

    Attributes:
        ids: of the criteria it names, as written; empty where the comment asks for something else.
        reason: why; "" where it gives none.
        location: where the comment stands.
    """

    ids: tuple[str, ...]
    reason: str
    location: Location


def ignore_comments(document: Document) -> tuple[IgnoreComment, ...]:
    """Every comment of `document` that begins with ``grader:``, in order."""
    return tuple(
        _parsed(" ".join(asked.group(1).split()), block.location)
        for block in document.blocks
        if block.type == "comment" and (asked := _TO_US.match(" ".join(block.text.split())))
    )


def ignore_flags(document: Document) -> tuple[Flag, ...]:
    """One flag at the first such comment, none where there is none."""
    comments = ignore_comments(document)
    if not comments:
        return ()
    message = f"a comment asks for findings to be ignored; it changes no score ({len(comments)} ×)"
    where = comments[0].location
    return (Flag(code="ignore_comment", severity="info", message=message, location=where),)


def _parsed(asked: str, location: Location) -> IgnoreComment:
    request = _IGNORE.fullmatch(asked)
    if not request:
        return IgnoreComment(ids=(), reason="", location=location)
    ids, *reason = _BEFORE_REASON.split(request.group(1), maxsplit=1)
    names = tuple(name for name in re.split(r"[,\s]+", ids) if name)
    return IgnoreComment(ids=names, reason="".join(reason).strip(), location=location)
