"""A Markdown document as the same text in another format, through what the Markdown reader sees in it."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from grader.readers import read_document
from grader.schema import Block

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STYLES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
_SHOWN = frozenset({"heading", "paragraph", "list_item", "table_row", "quote", "caption"})


def to_html(markdown: str) -> bytes:
    parts = "\n".join(_html_run(kind, run) for kind, run in _runs(markdown))
    return f"<!DOCTYPE html>\n<html><body>\n{parts}\n</body></html>\n".encode()


def to_text(markdown: str) -> bytes:
    """Plain text: headings underlined, hyphens before list items, bars between cells."""
    return ("\n\n".join(_text_run(kind, run) for kind, run in _runs(markdown)) + "\n").encode()


def to_docx(markdown: str) -> bytes:
    body = "".join(_docx_run(kind, run) for kind, run in _runs(markdown))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _docx_parts(body).items():
            archive.writestr(name, content)
    return buffer.getvalue()


WRITERS: Mapping[str, Callable[[str], bytes]] = {"html": to_html, "txt": to_text, "docx": to_docx}


def _runs(markdown: str) -> Iterator[tuple[str, list[Block]]]:
    """Blocks of one type that follow each other: a list or a table is one run."""
    shown = [block for block in read_document(markdown.encode(), "a.md").blocks if block.type in _SHOWN]
    for kind, run in groupby(shown, key=lambda block: block.type):
        blocks = list(run)
        if kind == "table_row":
            yield from ((kind, list(table)) for _, table in groupby(blocks, key=lambda block: block.headers))
        elif kind == "list_item":
            yield kind, blocks
        else:
            yield from ((kind, [block]) for block in blocks)


def _html_run(kind: str, run: list[Block]) -> str:
    if kind == "heading":
        return f"<h{run[0].depth}>{escape(run[0].text)}</h{run[0].depth}>"
    if kind == "list_item":
        return f"<ul>{''.join(f'<li>{escape(block.text)}</li>' for block in run)}</ul>"
    if kind == "table_row":
        head, rows = _table(run)
        return f"<table>{_html_row(head, 'th')}{''.join(_html_row(row, 'td') for row in rows)}</table>"
    return f"<p>{escape(run[0].text)}</p>"


def _html_row(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>" if cells else ""


def _text_run(kind: str, run: list[Block]) -> str:
    if kind == "heading":
        return f"{run[0].text}\n{('=' if run[0].depth == 1 else '-') * len(run[0].text)}"
    if kind == "list_item":
        return "\n".join(f"- {' '.join(block.text.split())}" for block in run)
    if kind == "table_row":
        head, rows = _table(run)
        first, *others = [f"| {' | '.join(cells)} |" for cells in ([head] if head else []) + rows]
        return "\n".join([first, "|" + "---|" * len(rows[0]), *others])
    return run[0].text


def _docx_run(kind: str, run: list[Block]) -> str:
    if kind == "table_row":
        head, rows = _table(run)
        return f"<w:tbl>{_docx_row(head, True) if head else ''}{''.join(map(_docx_row, rows))}</w:tbl>"
    style = {"heading": f"Heading{run[0].depth}", "list_item": "ListBullet"}.get(kind, "Normal")
    return "".join(_docx_paragraph(block.text, style) for block in run)


def _docx_row(cells: Sequence[str], is_head: bool = False) -> str:
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{head}{''.join(f'<w:tc>{_docx_paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def _docx_paragraph(text: str, style: str = "Normal") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{lines}</w:r></w:p>'


def _table(run: Sequence[Block]) -> tuple[list[str], list[list[str]]]:
    """(header cells, rows of cells) of one table; no header cells where all are empty."""
    rows = [block.text.split(" | ") for block in run]
    return (list(run[0].headers) if any(run[0].headers) else []), rows


def _docx_parts(body: str) -> dict[str, str]:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{depth}"><w:name w:val="heading {depth}"/></w:style>'
        for depth in range(1, 7)
    )
    bullets = (
        '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _links(_OFFICE, "word/document.xml"),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{headings}{bullets}</w:styles>",
        "word/_rels/document.xml.rels": _links(_STYLES, "styles.xml"),
    }


def _links(kind: str, target: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{space}">{link}</Relationships>'
