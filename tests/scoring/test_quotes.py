"""Which passages are quoted, on constructed probabilities."""

import numpy as np
from numpy.typing import NDArray

from grader.analysis.passages import Passage
from grader.readers import read_document
from grader.schema import Document
from grader.scoring.quotes import MAX_QUOTES, MAX_WORDS, quotes

ITEMS = ["one two three", "four five", "six seven eight", "nine ten", "eleven twelve"]
TEXT = (
    "# Plan\n\n## Risks\n\n- " + "\n- ".join(ITEMS[:3]) + "\n\n## Costs\n\n- " + "\n- ".join(ITEMS[3:]) + "\n"
)


def document_and_passages(text: str = TEXT) -> tuple[Document, list[Passage]]:
    document = read_document(text.encode(), "plan.md")
    return document, [
        Passage(block=index, start=0, end=len(block.text), text=block.text, context="")
        for index, block in enumerate(document.blocks)
        if block.type != "heading"
    ]


def likely(*values: float) -> NDArray[np.float64]:
    return np.array([[value, value / 2, 0, 0] for value in values])


def test_neighbours_that_bear_on_it_join_and_others_do_not() -> None:
    document, passages = document_and_passages()
    assert quotes(document, passages, likely(0.3, 0.9, 0.01, 0, 0)) == [[0, 1]]


def test_a_quote_ends_at_the_heading() -> None:
    document, passages = document_and_passages()
    assert quotes(document, passages, likely(0, 0, 0.8, 0.7, 0)) == [[2], [3]]


def test_a_capped_passage_joins_nothing() -> None:
    document, passages = document_and_passages()
    assert quotes(document, passages, likely(0.001, 0, 0, 0, 0)) == [[0]]


def test_an_unlikely_passage_is_shown_only_where_nothing_is_better() -> None:
    document, passages = document_and_passages()
    assert quotes(document, passages, likely(0.04, 0, 0, 0.03, 0)) == [[0]]
    assert quotes(document, passages, likely(0.9, 0, 0, 0.08, 0)) == [[0]]
    assert quotes(document, passages, likely(0.4, 0, 0, 0.08, 0)) == [[0], [3]]


def test_quotes_are_few_and_short() -> None:
    words = " ".join(["word"] * 25)
    document, passages = document_and_passages(
        "# Plan\n\n" + "\n".join(f"- {words} {n}" for n in range(9)) + "\n"
    )
    chosen = quotes(document, passages, likely(*[0.9] * 9))
    assert len(chosen) == MAX_QUOTES
    assert all(sum(len(passages[i].text.split()) for i in run) <= MAX_WORDS for run in chosen)
    assert len({i for run in chosen for i in run}) == sum(map(len, chosen))


def test_without_passages_there_is_nothing_to_quote() -> None:
    document, _ = document_and_passages()
    assert quotes(document, [], np.zeros((0, 4))) == []
