"""What a report shows of one criterion, the same in HTML and Markdown, worked out before anything is written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.renderers.changes import Change
from grader.renderers.phrases import (
    STATE_WORDS,
    WANTED_LEVEL,
    confidence_words,
    leaning,
    level_name,
    next_step,
    percent,
)
from grader.renderers.strong_example import strong_example
from grader.schema import Assessment, Criterion, CriterionScore, Document, Evidence, Example, Level, Rubric

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[^\W\d_]+")
_TOP_LEVEL = 4


@dataclass(frozen=True)
class Quote:
    """One quote of a criterion: its key in the page, such as ``TO1-2``, and why it counts."""

    key: str
    evidence: Evidence
    why: str


@dataclass(frozen=True)
class CriterionView:
    """One criterion of a report; `criterion` is None where the rubric no longer has it.

    Attributes:
        standing: its level, or why it has none, in words.
        reason: what was found, without sentences that say the same of other criteria.
        level: the level it has in the criterion's own words, None without a score.
        upward: name of the next level, "" at the top.
        next_step: what to write next, "" where a change on top says it already.
        change: number of the change on top that raises it, from 1; 0 when none does.
        open: below the wanted level, so shown unfolded.
    """

    score: CriterionScore
    criterion: Criterion | None
    title: str
    standing: str
    leaning: str
    confidence: str
    reason: str
    quotes: tuple[Quote, ...]
    level: Level | None
    upward: str
    next_step: str
    change: int
    open: bool
    example: Example | None


def criterion_views(
    assessment: Assessment, rubric: Rubric, changes: Sequence[Change], document: Document | None
) -> Mapping[str, CriterionView]:
    """Every criterion of the assessment by its id; the document, where at hand, decides on the examples."""
    known = {criterion.id: criterion for criterion in rubric.criteria}
    numbers = {change.score.id: number for number, change in enumerate(changes, start=1)}
    kind = assessment.kind.name if assessment.kind else None
    reasons = Counter(s for score in assessment.criteria for s in set(_sentences(score.reason)))
    whys = Counter(why for score in assessment.criteria for why in {e.why for e in score.evidence})
    words = _words(document)

    def view(score: CriterionScore) -> CriterionView:
        criterion = known.get(score.id)
        title = criterion.title if criterion else score.id
        change = numbers.get(score.id, 0)
        scored = score.level is not None
        return CriterionView(
            score=score,
            criterion=criterion,
            title=title,
            standing=level_name(rubric, score.level) if score.level is not None else STATE_WORDS[score.state],
            leaning=leaning(score, rubric),
            confidence=_confidence(score),
            reason=_own_words(score, reasons) if scored else score.reason,
            quotes=tuple(_quotes(score, title, whys)),
            level=criterion.levels[score.level] if criterion and score.level is not None else None,
            upward=_upward(score, rubric),
            next_step="" if change else next_step(score, rubric, kind),
            change=change,
            open=score.level is not None and score.level < WANTED_LEVEL,
            example=strong_example(criterion, score.level, words) if criterion and scored else None,
        )

    return {score.id: view(score) for score in assessment.criteria}


def lowest_first(view: CriterionView) -> tuple[int, float]:
    """Sorts what needs work before the rest, and what has no score to the end."""
    level = view.score.level
    return _TOP_LEVEL + 1 if level is None else level, view.score.value or 0.0


def _words(document: Document | None) -> frozenset[str]:
    blocks = document.blocks if document else ()
    return frozenset(word for block in blocks for word in _WORD.findall(block.text.lower()))


def _upward(score: CriterionScore, rubric: Rubric) -> str:
    return "" if score.level in (None, _TOP_LEVEL) else level_name(rubric, (score.level or 0) + 1)


def _confidence(score: CriterionScore) -> str:
    if score.confidence is None:
        return ""
    return f"{confidence_words(score.confidence)} ({percent(score.confidence)})"


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part]


def _own_words(score: CriterionScore, counts: Mapping[str, int]) -> str:
    """The reason without what is said of several criteria: such a sentence tells none of them apart."""
    sentences = _sentences(score.reason)
    return " ".join(s for s in sentences if counts[s] == 1) or " ".join(sentences[:1])


def _quotes(score: CriterionScore, title: str, whys: Mapping[str, int]) -> Iterator[Quote]:
    """The quotes, strongest first. What is said of other criteria too, without a word of the passage, is tied
    to this criterion; nothing is said twice."""
    said: set[str] = set()
    for number, evidence in enumerate(score.evidence, start=1):
        shared = whys[evidence.why] > 1 and "“" not in evidence.why
        why = f"on {title[:1].lower()}{title[1:]}: {evidence.why}" if shared else evidence.why
        yield Quote(f"{score.id}-{number}", evidence, "" if why in said else why)
        said.add(why)
