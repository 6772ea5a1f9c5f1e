"""Inline markup of AsciiDoc → the text a person reads."""

import re

_REPLACEMENTS = (
    (re.compile(r"image:[^\s:\[]+\[[^\]]*\]"), ""),
    (re.compile(r"footnote(?:ref)?:[\w-]*\[([^\]]*)\]"), r" (\1)"),
    (
        re.compile(r"(?:https?|ftp|irc|mailto|link|xref|kbd|btn|menu|stem|pass):{1,2}[^\s\[]*\[([^\]]+)\]"),
        None,
    ),
    (re.compile(r"<<[^,>]+,\s*([^>]+)>>"), r"\1"),
    (re.compile(r"<<([^>]+)>>"), r"\1"),
    (re.compile(r"\[\[[^\]]*\]\]"), ""),
    (re.compile(r"\[[\w.#% -]*\](?=[#*_`])"), ""),
    (re.compile(r"(?<!\S)\+(?=\n|$)"), ""),
    (re.compile(r"(\*\*|__|``|##|\+\+)(?=\S)(.+?)(?<=\S)\1", re.S), r"\2"),
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
