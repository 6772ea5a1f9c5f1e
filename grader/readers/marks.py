"""Marks that people type at the start of a line: check boxes, bullets, numbers."""

import re

CHECKED, UNCHECKED = "☒", "☐"
CHECKBOX = re.compile(r"\s*(?:([☐□▢❏❑⬜])|([☑☒🗹🗷]))\ufe0f?\s*")
BRACKET_BOX = re.compile(r"\s*\[( |x|X)\]\s+")
BULLET = re.compile(r"\s*[•●○◦▪▫■‣⁃∙·►➢➤❖✦\uf0b7\uf0a7\uf076\uf0d8]\s*|\s*[-–—*]\s+")
NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})\)|\d{1,3}\.)\s+(?=\S)")


def split_checkbox(text: str) -> tuple[bool | None, str]:
    """State of a check box at the start of `text` (None without one), and the text after it."""
    if box := CHECKBOX.match(text):
        return box.group(2) is not None, text[box.end() :]
    if box := BRACKET_BOX.match(text):
        return box.group(1) in "xX", text[box.end() :]
    return None, text


def split_bullet(text: str) -> str | None:
    """The text after a typed bullet, None where there is no bullet or nothing after it."""
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet and text[bullet.end() :].strip() else None
