"""The files that sum up the documents of a run: tables, summary and index."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.output.durable import utf8
from grader.output.ours import DUPLICATES, INDEX, SCORES, SUMMARY, TABLE
from grader.output.summaries import near_duplicates
from grader.schema import Assessment, NearDuplicate, Prose, Rubric, RunInfo


@dataclass
class Sums:
    """Each file by its name, made when it is asked for; what several need is made once.

    Attributes:
        prose: what of ``summaries[i]`` is compared with the rest.
        links, rank: as in `render_index`.
    """

    summaries: Sequence[Assessment]
    prose: Callable[[int], Sequence[Prose]]
    rubric: Rubric
    run: RunInfo
    links: Mapping[int, str]
    rank: bool

    def content(self, name: str) -> bytes:
        """The bytes of the file `name`, one of `SUMS`."""
        return SUMS[name](self)

    @cached_property
    def _pairs(self) -> Sequence[NearDuplicate]:
        return near_duplicates(self.summaries, self.prose)

    @cached_property
    def _flagged(self) -> Sequence[Assessment]:
        from grader.duplicates.flags import flagged

        return flagged(self.summaries, self._pairs)

    @cached_property
    def _frame(self) -> Any:  # a table of pandas, which is at home in renderers
        from grader.renderers.tables import scores_frame

        return scores_frame(self.summaries, self.rubric)

    def _scores(self) -> bytes:
        from grader.renderers.tables import csv_text

        return utf8(csv_text(self._frame))

    def _table(self) -> bytes:
        from grader.renderers.tables import parquet_bytes

        return parquet_bytes(self._frame)

    def _summary(self) -> bytes:
        from grader.renderers.cohort_markdown import render_summary

        return utf8(render_summary(self._flagged, self.rubric, self.run))

    def _duplicates(self) -> bytes:
        from grader.renderers.duplicates_table import duplicates_frame
        from grader.renderers.tables import csv_text

        return utf8(csv_text(duplicates_frame(self.summaries, self._pairs)))

    def _index(self) -> bytes:
        from grader.renderers.html_index import render_index

        return utf8(render_index(self._flagged, self.rubric, self.run, self.links, rank=self.rank))


SUMS: Mapping[str, Callable[[Sums], bytes]] = {
    SCORES: Sums._scores,
    TABLE: Sums._table,
    SUMMARY: Sums._summary,
    DUPLICATES: Sums._duplicates,
    INDEX: Sums._index,
}
"""How each is made, in the order in which they are written."""
