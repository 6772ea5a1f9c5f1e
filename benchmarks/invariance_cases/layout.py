"""The same sentences in another form: bullets, paragraphs, tables, another order of sections. Markdown in and out."""

import random
import re
from collections.abc import Callable, Iterable, Sequence

SEED = 20_260
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“*])")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(?:\[[ x]\]\s+)?")


def paragraphs_to_bullets(text: str) -> str:
    """Each sentence of a paragraph of two or more becomes a bullet."""
    return _each_block(
        text, _is_paragraph, lambda block: _bullets(_SENTENCE_END.split(" ".join(block.split())))
    )


def paragraphs_to_tables(text: str) -> str:
    """Each paragraph becomes a row of a two-column table that says nothing else."""
    return _each_block(
        text, _is_paragraph, lambda block: _table(["No.", "Text"], [["1", " ".join(block.split())]])
    )


def bullets_to_paragraphs(text: str) -> str:
    return _each_block(text, _is_list, lambda block: " ".join(map(_with_stop, _items(block))))


def bullets_to_tables(text: str) -> str:
    return _each_block(text, _is_list, lambda block: _table(["No.", "Point"], _numbered(_items(block))))


def tables_to_bullets(text: str) -> str:
    """Each row becomes a bullet, every cell after its column's header."""
    return _each_block(text, _is_table, lambda block: _bullets(_labelled(block)))


def tables_to_paragraphs(text: str) -> str:
    return _each_block(text, _is_table, lambda block: "\n\n".join(map(_with_stop, _labelled(block))))


def sections_reversed(text: str) -> str:
    """The last section comes first; what stands before the first section stays."""
    start, sections = _sections(text)
    return "\n\n".join([start, *reversed(sections)])


def sections_shuffled(text: str) -> str:
    start, sections = _sections(text)
    random.Random(SEED).shuffle(sections)
    return "\n\n".join([start, *sections])


def _sections(text: str) -> tuple[str, list[str]]:
    start, *sections = re.split(r"(?m)^(?=## )", text)
    return start.strip("\n"), [section.strip("\n") for section in sections]


def _each_block(text: str, wanted: Callable[[str], bool], change: Callable[[str], str]) -> str:
    blocks = [block for block in re.split(r"\n[ \t]*\n", text.strip("\n")) if block.strip()]
    return "\n\n".join(change(block) if wanted(block) else block for block in blocks) + "\n"


def _is_paragraph(block: str) -> bool:
    starts_otherwise = block.startswith(("#", "|", ">", "<", "```", "---")) or _ITEM.match(block)
    return not starts_otherwise and len(_SENTENCE_END.split(block)) > 1


def _is_list(block: str) -> bool:
    return all(_ITEM.match(line) for line in block.splitlines())


def _is_table(block: str) -> bool:
    return block.startswith("|")


def _items(block: str) -> list[str]:
    return [_ITEM.sub("", line).strip() for line in block.splitlines()]


def _numbered(items: Sequence[str]) -> list[list[str]]:
    return [[str(number), item] for number, item in enumerate(items, 1)]


def _with_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _labelled(block: str) -> list[str]:
    header, _, *rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in block.splitlines()]
    return [
        "; ".join(
            f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=False) if cell
        )
        for row in rows
    ]
