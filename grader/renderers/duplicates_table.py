"""``duplicates.csv``: one row per passage that two documents of the batch share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.renderers.visible import stripped, without_surrogates
from grader.schema import Assessment, NearDuplicate

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES = {
    "first": "string", "first_member": "string", "second": "string", "second_member": "string",
    "words": "Int64", "share": "Float64", "passage_words": "Int64", "first_place": "string",
    "second_place": "string", "passage": "string",
}  # fmt: skip


def duplicates_frame(assessments: Sequence[Assessment], pairs: Sequence[NearDuplicate]) -> "DataFrame":
    """One row per passage, pairs in their order; what holds for the pair is repeated in each of its rows."""
    import pandas as pd

    rows = [_row(assessments, pair, number) for pair in pairs for number in range(len(pair.passages))]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def _row(assessments: Sequence[Assessment], pair: NearDuplicate, number: int) -> list[object]:
    first, second, passage = assessments[pair.first], assessments[pair.second], pair.passages[number]
    return [
        without_surrogates(first.source), without_surrogates(first.member or "") or None,
        without_surrogates(second.source), without_surrogates(second.member or "") or None,
        pair.words, round(pair.share, 3), passage.words, str(passage.first), str(passage.second),
        stripped(passage.text),
    ]  # fmt: skip
