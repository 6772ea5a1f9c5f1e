"""The scorer: a document and a rubric in, an assessment out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from grader.analysis.analyse import Analysis, analyse
from grader.analysis.passages import Passage
from grader.cache import Entries
from grader.integrity.rubric_likeness import RubricLikeness
from grader.rubric.profile import dimension_scores, expected, total
from grader.schema import (
    Assessment,
    Criterion,
    CriterionScore,
    Document,
    Evidence,
    Flag,
    KindGuess,
    Profile,
    Reason,
    Rubric,
    Signals,
    Span,
    State,
)
from grader.scoring import explain
from grader.scoring.combine import Combiner, Judgement
from grader.scoring.judges import Judges
from grader.scoring.kinds import recognise_kind
from grader.scoring.product import about_a_product
from grader.scoring.quotes import quotes
from grader.scoring.reading_rules import COPIED, Cap, apply, caps
from grader.scoring.rubric_text import RubricText
from grader.scoring.scorable import not_scorable
from grader.scoring.spread import total_range

NO_PRODUCT = Reason(
    code="no_product_document",
    text="does not read like a document about a product; use --kind to grade it all the same",
)

JOINED = " · "
"""Stands between the parts of a quote that come from several blocks."""

NO_EXAMPLES = "Could not be measured: the rubric gives no example above level 0 to compare with."


class Scorer:
    """Scores documents against one rubric. Making one loads the models: seconds, about 1 GB.

    Attributes:
        models: sha256 of the weights in use, by model name.
        agreement: how well levels agree with reference levels, in words; says so where it was not measured.
    """

    def __init__(
        self,
        rubric: Rubric,
        model: str | None = None,
        profile: str | None = None,
        kind: str | None = None,
        entries: Entries | None = None,
    ) -> None:
        """Raises ModelError when a model is missing or wrong, KeyError for an unknown profile or kind.

        Args:
            entries: where what is computed of a passage is kept; None keeps nothing.
        """
        self._entries = entries
        self._rubric = rubric
        self._profile = rubric.profile(profile) if profile else None
        self._kind = KindGuess(name=rubric.kind(kind).id, confidence=1.0) if kind else None
        self._judges = Judges(rubric, model, entries)
        self._rubric_text = RubricText(rubric)
        self._likeness = RubricLikeness(rubric)
        self._dimension = {c.id: d.id for d in rubric.dimensions for c in d.criteria}
        self.models = self._judges.models
        self.agreement = self._judges.agreement

    def assess(self, document: Document) -> Assessment:
        """Score one document. The same document gives the same assessment, whatever else is graded."""
        analysis = analyse(document, self._entries)
        likeness = self._likeness.compare(document, analysis.scored)
        assessment = self._assessed(document, analysis, likeness.key_words)
        return assessment.model_copy(update={"flags": (*assessment.flags, *likeness.flags)})

    def _assessed(self, document: Document, analysis: Analysis, key_words: frozenset[int]) -> Assessment:
        kind = self._kind or recognise_kind(document, self._rubric)
        profile = self._profile or self._rubric.profile(self._rubric.kind(kind.name).profile)
        known = Assessment(
            source=document.source, member=document.member, sha256=document.sha256, status="graded",
            title=document.title or _first_heading(document), language=analysis.language, kind=kind,
            profile=profile.id, flags=(*document.flags, *analysis.scored.flags),
        )  # fmt: skip
        reason = not_scorable(document, analysis.scored, analysis.language)
        if reason:
            return known.model_copy(update={"status": "not_scorable", "reason": reason})
        raw = self._judges.probabilities(analysis.passages)
        if not self._about_a_product(kind, analysis, raw):
            return known.model_copy(update={"status": "not_scorable", "reason": NO_PRODUCT})
        likely = raw[:, :, 0].max(axis=1, initial=0.0)
        limits = caps(analysis.passages, likely, self._rubric_text, self._entries, key_words)
        scores = self._scores(document, analysis, profile, kind.name, raw, limits)
        levels = {score.id: score.level for score in scores}
        points = total(self._rubric, profile, levels)
        return known.model_copy(
            update={
                "total": points,
                "total_range": total_range(self._rubric, profile, levels, points, self._judges.residuals),
                "dimensions": dimension_scores(self._rubric, profile, levels),
                "criteria": scores,
                "flags": (*known.flags, *_copied(document, analysis.passages, limits)),
            }
        )

    def _about_a_product(self, kind: KindGuess, analysis: Analysis, raw: NDArray[np.float64]) -> bool:
        """A document of a kind that has signals, or that a person named, is one about a product."""
        if self._kind or self._rubric.kind(kind.name).signals != Signals():
            return True
        kinds = [known for known in self._rubric.kinds if known.signals != Signals()]
        texts = [passage.text for passage in analysis.passages]
        return not kinds or about_a_product(raw, texts, kinds, self._judges.encoder)

    def _scores(
        self, document: Document, analysis: Analysis, profile: Profile, kind: str, raw: NDArray[np.float64],
        limits: Sequence[Cap],
    ) -> tuple[CriterionScore, ...]:  # fmt: skip
        probabilities = apply(limits, raw)
        scores = []
        for column, criterion in enumerate(self._rubric.criteria):
            if expected(profile, criterion.id) == 0:
                default = f"Not expected in a document graded as {profile.id}."
                why = profile.reasons.get(criterion.id, default)
                scores.append(self._without_level(criterion, "not_expected", why))
                continue
            if not self._judges.can_judge(criterion):
                scores.append(self._without_level(criterion, "not_measured", NO_EXAMPLES))
                continue
            combiner = self._judges.combiner(criterion.id)
            view = _View(document, analysis.passages, limits, raw[:, column], probabilities[:, column])
            scores.append(self._score(criterion, view, combiner, kind))
        return tuple(scores)

    def _without_level(self, criterion: Criterion, state: State, why: str) -> CriterionScore:
        return CriterionScore(id=criterion.id, dimension=self._dimension[criterion.id], state=state, reason=why)

    def _score(self, criterion: Criterion, view: "_View", combiner: Combiner, kind: str) -> CriterionScore:
        judgement = combiner.judge(criterion.id, view.probabilities)
        evidence = view.evidence(judgement)
        rejected = view.rejected() if judgement.level == 0 else ""
        return CriterionScore(
            id=criterion.id, dimension=self._dimension[criterion.id], state="scored",
            level=judgement.level, value=judgement.value, confidence=judgement.confidence,
            reason=explain.reason(criterion, judgement.level, evidence, rejected),
            missing=explain.missing(criterion, judgement.level),
            next_step=explain.next_step(criterion, judgement.level, kind), evidence=evidence,
        )  # fmt: skip


class _View:
    """A document's passages as one criterion sees them: (n_passages, 4) before and after the caps."""

    def __init__(
        self, document: Document, passages: Sequence[Passage], limits: Sequence[Cap],
        raw: NDArray[np.float64], probabilities: NDArray[np.float64],
    ) -> None:  # fmt: skip
        self._document, self._passages, self._limits, self._raw = document, passages, limits, raw
        self.probabilities = probabilities

    def evidence(self, judgement: Judgement) -> tuple[Evidence, ...]:
        """The strongest passages, at most three; none at level 0."""
        if judgement.level == 0:
            return ()
        runs = quotes(self._document, self._passages, self.probabilities)
        return tuple(self._quote(run, judgement.level) for run in runs)

    def rejected(self) -> str:
        """Why the likeliest passage was capped to nothing, "" where none was."""
        if not len(self._raw):
            return ""
        closest = int(self._raw[:, 0].argmax())
        capped = self._limits[closest].level == 0 and self._raw[closest, 0] >= 0.5
        return self._limits[closest].why if capped else ""

    def _quote(self, run: Sequence[int], level: int) -> Evidence:
        passages = [self._passages[i] for i in run]
        blocks = [self._document.blocks[passage.block] for passage in passages]
        texts = [b.text[p.start : p.end] for b, p in zip(blocks, passages, strict=True)]
        first, *others = [Span(block=p.block, start=p.start, end=p.end) for p in passages]
        strongest = max(run, key=lambda i: (self.probabilities[i].sum(), -i))
        why, cap = explain.why_it_counts(" ".join(texts), level), self._limits[strongest].why
        return Evidence(
            quote=JOINED.join(texts), block=first.block, start=first.start, end=first.end, more=tuple(others),
            location=blocks[0].place(first.start), section=blocks[0].path[-1] if blocks[0].path else "",
            headers=blocks[0].headers, why=f"{why}; {cap}" if cap else why,
        )  # fmt: skip


def _copied(document: Document, passages: Sequence[Passage], limits: Sequence[Cap]) -> tuple[Flag, ...]:
    """One flag at the first passage that copies the rubric, if any does."""
    copies = [passage for passage, cap in zip(passages, limits, strict=True) if cap == COPIED]
    if not copies:
        return ()
    where = document.blocks[copies[0].block].place(copies[0].start)
    message = f"text of the rubric stands in the document; it is not scored ({len(copies)} ×)"
    return (Flag(code="rubric_text", severity="warning", message=message, location=where),)


def _first_heading(document: Document) -> str:
    return next((block.text for block in document.blocks if block.type == "heading"), "")
