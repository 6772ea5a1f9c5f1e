"""Inline markup of AsciiDoc → the text a person reads."""

import re

_REPLACEMENTS = (
    (re.compile(r"image:[^\s:\[]{1,400}\[[^\]]{0,400}\]"), ""),
    (re.compile(r"footnote(?:ref)?:[\w-]{0,80}\[([^\]]{0,2000})\]"), r" (\1)"),
    (
        re.compile(
            r"(?:https?|ftp|irc|mailto|link|xref|kbd|btn|menu|stem|pass):{1,2}[^\s\[]{0,2000}\[([^\]]{1,400})\]"
        ),
        None,
    ),
    (re.compile(r"<<[^,>\n]{1,200},\s*([^>]{1,400})>>"), r"\1"),
    (re.compile(r"<<([^>\n]{1,200})>>"), r"\1"),
    (re.compile(r"\[\[[^\]\n]{0,200}\]\]"), ""),
    (re.compile(r"\[[\w.#% -]{0,200}\](?=[#*_`])"), ""),
    (re.compile(r"(?<!\S)\+(?=\n|$)"), ""),
    (re.compile(r"(\*\*|__|``|##|\+\+)(?=\S)(.{1,2000}?)(?<=\S)\1", re.S), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w`])`(?=\S)([^`\n]+?)(?<=\S)`(?![\w`])"), r"\1"),
    (re.compile(r"(?<![\w#])#(?=\S)([^#\n]+?)(?<=\S)#(?![\w#])"), r"\1"),
)


def plain(text: str) -> str:
    """`text` without emphasis marks, link targets, anchors and inline pictures; line feeds stay."""
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement if replacement is not None else _link_text, text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _link_text(match: re.Match[str]) -> str:
    """The words of a link; attributes such as ``window=_blank`` are no words."""
    return str(match.group(1)).split(",window=")[0].split(",role=")[0].rstrip("^")
