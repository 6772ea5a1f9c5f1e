"""Documents written for training: Markdown whose passages end in their marks.

    - Retry twice, then print the label at the next stop. {{FM3 3}}

says that this list item bears on FM3 and alone would earn level 3. A line without marks bears on nothing.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import GraderError
from grader.readers import read_document
from training.reference import Mark, MarkedDocument, marked_document

FOLDER = Path(__file__).parent / "own_documents"

_MARKS = re.compile(r"[ \t]*\{\{([^{}]*)\}\}[ \t]*$")
_MARK = re.compile(r"(\w+) ([0-4])")


def own_documents(criteria: Sequence[str], folder: Path = FOLDER) -> tuple[MarkedDocument, ...]:
    """All documents of `folder`, in order of name; marks in the order of `criteria`.

    Raises:
        GraderError: a mark that cannot be read, or of a criterion that is not one of `criteria`.
    """
    return tuple(_document(path, criteria) for path in sorted(folder.glob("*.md")))


def _document(path: Path, criteria: Sequence[str]) -> MarkedDocument:
    lines = path.read_text(encoding="utf-8").split("\n")
    text = "\n".join(_MARKS.sub("", line) for line in lines)
    document = read_document(text.encode(), path.name)
    return marked_document(document, list(_marks(path, lines, criteria)), criteria)


def _marks(path: Path, lines: Sequence[str], criteria: Sequence[str]) -> Iterator[Mark]:
    for number, line in enumerate(lines, 1):
        if found := _MARKS.search(line):
            levels = {}
            for part in found[1].split(","):
                mark = _MARK.fullmatch(part.strip())
                if mark is None or mark[1] not in criteria:
                    raise GraderError(
                        f"{path}:{number}: {part.strip()!r} is no mark of this rubric, as in 'FM3 2'"
                    )
                levels[mark[1]] = int(mark[2])
            yield Mark(lines=(number, number), text=line[: found.start()], levels=levels)
        elif "{{" in line:
            raise GraderError(f"{path}:{number}: marks stand once, at the end of the line")
