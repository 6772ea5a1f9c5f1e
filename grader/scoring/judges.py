"""Which judge judges which criterion of a rubric: the trained one where it can, by example elsewhere."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grader.analysis.embedding import SentenceEncoder
from grader.analysis.minilm import MINILM, MINILM_SHA256
from grader.analysis.passages import Passage
from grader.cache import Entries
from grader.schema import Criterion, Rubric
from grader.scoring.by_example import ExampleJudge
from grader.scoring.combine import Combiner
from grader.scoring.trained import TrainedJudge
from grader.scoring.weights import TUNED, fingerprint, load_weights

NOT_MEASURED = (
    "How well these levels agree with careful readers was not measured for this rubric: its criteria are judged "
    "by their description and examples alone."
)


class Judges:
    """The judges of one rubric.

    Attributes:
        models: sha256 of the weights in use, by model name.
        agreement: how well levels agree with reference levels, in words.
        residuals: held-out errors by criterion id, one entry per reference document; only trained criteria.
    """

    def __init__(self, rubric: Rubric, model: str | None, entries: Entries | None = None) -> None:
        """Raises ModelError when a model is missing or wrong.

        Args:
            entries: where what is computed of a passage is kept; None keeps nothing.
            model: sentence encoder to judge every criterion by example with; None: the shipped models.
        """
        weights = load_weights()
        self._model = model
        self._entries = entries
        self._encoder: SentenceEncoder | None = None
        ids = [criterion.id for criterion in rubric.criteria]
        known = [c.id for c in rubric.criteria if weights.fingerprints.get(c.id) == fingerprint(c)]
        self._trained = known if model is None else []
        self._order = [*self._trained, *(i for i in ids if i not in self._trained)]
        self._columns = [self._order.index(i) for i in ids]
        self._combiners = (weights.by_training, weights.by_example)
        self.models: dict[str, str] = {}
        self._judges: list[TrainedJudge | ExampleJudge] = []
        if self._trained:
            judge = TrainedJudge(weights.trained, self._trained, weights.encoder_sha256, entries)
            self._judges.append(judge)
            self.models = {TUNED: judge.sha256, MINILM: MINILM_SHA256}  # the first is built on the second
        if len(self._trained) < len(ids):
            self._judges.append(self._example_judge(rubric))
        all_trained = len(self._trained) == len(ids)
        self.agreement = weights.agreement if all_trained else NOT_MEASURED
        columns = {criterion: i for i, criterion in enumerate(weights.trained)}
        self.residuals = {
            criterion: tuple(row[columns[criterion]] for row in weights.residuals)
            for criterion in self._trained
        }

    def _example_judge(self, rubric: Rubric) -> ExampleJudge:
        rest = [criterion for criterion in rubric.criteria if criterion.id not in self._trained]
        return ExampleJudge(rest, self.encoder(), load_weights().example_weights)

    def probabilities(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """(n_passages, n_criteria, 4) in the rubric's order: each level's probability, passage by passage."""
        if not passages:
            return np.zeros((0, len(self._order), 4))
        parts = [judge.probabilities(passages) for judge in self._judges]
        result: NDArray[np.float64] = np.concatenate(parts, axis=1)[:, self._columns]
        return result

    def encoder(self) -> SentenceEncoder:
        """The sentence encoder, loaded on first use. Raises ModelError."""
        if self._encoder is None:
            self._encoder = SentenceEncoder(self._model, self._entries)
            self.models[self._encoder.name] = self._encoder.sha256
        return self._encoder

    def can_judge(self, criterion: Criterion) -> bool:
        """False for a criterion that has neither a trained judge nor an example above level 0."""
        return criterion.id in self._trained or any(example.level > 0 for example in criterion.examples)

    def combiner(self, criterion: str) -> Combiner:
        """The combiner that fits how the criterion was judged."""
        return self._combiners[0 if criterion in self._trained else 1]
