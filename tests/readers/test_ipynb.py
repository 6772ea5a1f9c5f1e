"""Notebooks as JSON; nothing runs, outputs do not count."""

import json
from typing import Any

import pytest

from grader.errors import UnreadableError
from grader.readers import read_document
from grader.schema import Document


def read(*cells: dict[str, Any], **more: Any) -> Document:
    return read_document(json.dumps({"nbformat": 4, "cells": cells, **more}).encode(), "book.ipynb")


def test_cells_have_their_place_and_outputs_are_ignored() -> None:
    document = read(
        {"cell_type": "markdown", "source": ["# Plan\n", "\n", "We chose B.\n"]},
        {"cell_type": "code", "source": "# because it is cheap\nrun()", "outputs": [{"text": "0.97 recall"}]},
        {"cell_type": "raw", "source": "plain words"},
    )
    assert [(b.type, b.text, b.location.cell, b.location.line) for b in document.blocks] == [
        ("heading", "Plan", 1, 1),
        ("paragraph", "We chose B.", 1, 3),
        ("code", "# because it is cheap\nrun()", 2, 1),
        ("paragraph", "plain words", 3, 1),
    ]
    assert document.blocks[3].path == ("Plan",)


def test_title_of_the_metadata_wins() -> None:
    assert read({"cell_type": "markdown", "source": "# A"}, metadata={"title": "B"}).title == "B"


def test_format_three_is_read() -> None:
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": "Goals"},
            {"cell_type": "code", "input": "x = 1"},
        ]
    }
    document = read_document(json.dumps({"nbformat": 3, "worksheets": [sheet]}).encode(), "old.ipynb")
    assert [(b.type, b.text, b.depth) for b in document.blocks] == [
        ("heading", "Goals", 2),
        ("code", "x = 1", 0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"nbformat": 4, "cells": [',
        "[1, 2]",
        '{"cells": 3}',
        '{"cells": [3]}',
        '{"nbformat": 3, "worksheets": [{"cells": 3}]}',
        '{"cells": [{"source": 5}]}',
        "no json",
    ],
)
def test_broken_notebooks_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(text.encode(), "book.ipynb")
    assert caught.value.code == "damaged"
