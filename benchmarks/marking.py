"""What a text earns with the profile that expects everything; used by several benchmarks."""

from collections.abc import Mapping

from grader.schema import Frozen, Rubric


class Marks(Frozen):
    """What a text earned; a text that is not scorable has a total of 0 and no levels.

    Attributes:
        total: 0–100.
        levels: 0–4 by criterion id.
    """

    total: float = 0.0
    levels: Mapping[str, int] = {}
    scorable: bool = False

    def level(self, criterion: str) -> int:
        return self.levels.get(criterion, 0)


class Marker:
    """Grades texts; the same text is graded once.

    The kind is given: a bare product description is refused as no product document, and what it says would else
    count as earned by whatever is added to it.
    """

    def __init__(self, rubric: Rubric) -> None:
        from grader.scoring import Scorer

        self._scorer = Scorer(rubric, profile="full", kind=rubric.kinds[0].id)
        self._known: dict[tuple[str, bytes], Marks] = {}

    def marks(self, text: str | bytes, source: str = "document.md") -> Marks:
        """What `text`, as a file called `source`, earns. The empty text earns nothing."""
        data = text.encode() if isinstance(text, str) else text
        if not data:
            return Marks()
        if (source, data) not in self._known:
            self._known[source, data] = self._graded(data, source)
        return self._known[source, data]

    def _graded(self, data: bytes, source: str) -> Marks:
        from grader.readers import read_document

        assessment = self._scorer.assess(read_document(data, source))
        if assessment.total is None:
            return Marks()
        levels = {score.id: score.level for score in assessment.criteria if score.level is not None}
        return Marks(total=assessment.total, levels=levels, scorable=True)
