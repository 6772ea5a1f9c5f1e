"""Names that file systems allow: each gives one result, a report of its own, and harms nobody who sees it."""

import os
import unicodedata
from collections.abc import Iterator

from benchmarks.robustness_cases.case import NOT_A_RESULT, SHORT, Case

_NAMES = [
    "plain control.md",
    "line\nfeed.md",
    "carriage\rreturn.md",
    "tab\tstop.md",
    "-rf.md",
    "--out=x.md",
    "'single'.md",
    'double".md',
    "`touch x`.md",
    "$(touch x).md",
    "; echo x #.md",
    "<script>alert(1)<&.md",
    '"><img src=x onerror=alert(1)>.md',
    "{{7*7}}{% raw %}.md",
    "=HYPERLINK(1).md",
    "+cmd|' ' calc'!A0.md",
    "@SUM(1).md",
    "\x1b[31mred\x1b[0m.md",
    "\x1b]0;title\x07.md",
    "\u202egpj.md",
    "\u2066isolated\u2069.md",
    "zero\u200bwidth.md",
    "line\u2028separator.md",
    "%2e%2e%2fescaped.md",
    "back\\slash.md",
    "con.md",
    "trailing. .md",
    "emoji 👩🏽‍🔬.md",
    "日本語の名前.md",
    "Twin.md",
    "twin.md",
    "TWIN.md",
    "a__b.md",
    "javascript:alert(1).md",
    "#anchor?query=1&x.md",
    "[link](x) *b* |cell|.md",
]


def cases() -> Iterator[Case]:
    for name in _NAMES:
        yield _case(name)
    yield Case("names", "..double.md", SHORT, NOT_A_RESULT)  # names that begin with a dot are passed by
    yield _case(unicodedata.normalize("NFC", "café résumé.md"))
    yield _case(unicodedata.normalize("NFD", "café résumé.md"))
    yield _case(os.fsdecode(b"no \xff\xfe text \x80.md"))
    yield _case(os.fsdecode(b"no \xff\xfd text \x80.md"))
    yield _case("n" * 252 + ".md")
    yield _case("é" * 126 + ".md")


def _case(name: str) -> Case:
    return Case("names", name, SHORT, "not_scorable:too_short")
