"""Two gradings side by side: what rose, what fell, which quotes appeared or went, and whether that means much."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.schema import Assessment, CriterionScore, Document, Evidence, RunInfo
from grader.schema.comparison import (
    ComparedQuote,
    Comparison,
    CriterionChange,
    Direction,
    DocumentChange,
    Standing,
    Verdict,
)

Key = tuple[str, str | None]
"""Source and archive member of a document."""

_NEVER_CHANGE_A_SCORE = {"time_limit", "memory_limit"}


@dataclass(frozen=True)
class Grading:
    """One side of a comparison.

    Attributes:
        label: what the user gave.
        run: how it was made; None where that is not known.
        documents: those whose text is at hand.
    """

    label: str
    assessments: Sequence[Assessment]
    run: RunInfo | None = None
    documents: Mapping[Key, Document] = field(default_factory=dict)


def compare(old: Grading, new: Grading) -> Comparison:
    """Match by source and archive member; two gradings of one document each are matched whatever its name."""
    before, after = _by_key(old), _by_key(new)
    if len(before) == len(after) == 1:
        pairs = [(*before.values(), *after.values())]
    else:
        pairs = [(before[key], after[key]) for key in sorted(before.keys() & after.keys(), key=_order)]
    caveats = tuple(_caveats(old.run, new.run))
    matched_old, matched_new = {_key(a) for a, _ in pairs}, {_key(b) for _, b in pairs}
    return Comparison(
        old=old.label,
        new=new.label,
        caveats=caveats,
        documents=tuple(
            _document(a, b, _text(old, a), _text(new, b), comparable=not caveats) for a, b in pairs
        ),
        only_old=tuple(map(_name, sorted(before.keys() - matched_old, key=_order))),
        only_new=tuple(map(_name, sorted(after.keys() - matched_new, key=_order))),
    )


def _caveats(old: RunInfo | None, new: RunInfo | None) -> Iterator[str]:
    if old is None or new is None:
        which = "either" if old is new else "the old" if old is None else "the new"
        yield f"How {which} grading was made is not known: there is no run.json beside the results."
        return
    if old.rubric_hash != new.rubric_hash:
        yield f"The rubrics differ: {_rubric(old)} before, {_rubric(new)} now."
    if old.models != new.models:
        yield "The models differ: other weights scored the two."
    if old.program != new.program:
        yield f"The versions of grader differ: {old.program} before, {new.program} now."
    for name in sorted((old.settings.keys() | new.settings.keys()) - _NEVER_CHANGE_A_SCORE):
        before, after = old.settings.get(name), new.settings.get(name)
        if before != after:
            yield f"The setting {name} differs: {_value(before)} before, {_value(after)} now."


def _document(
    old: Assessment, new: Assessment, old_text: str | None, new_text: str | None, *, comparable: bool
) -> DocumentChange:
    caveats = tuple(_kind_caveats(old, new))
    missing = old.total is None or new.total is None
    return DocumentChange(
        old=_standing(old),
        new=_standing(new),
        change=None if missing else round((new.total or 0) - (old.total or 0), 1),
        verdict=_verdict(old, new, comparable=comparable and not caveats),
        caveats=caveats,
        criteria=tuple(_criteria(old, new, old_text, new_text)),
    )


def _kind_caveats(old: Assessment, new: Assessment) -> Iterator[str]:
    if old.total is not None and new.total is not None and old.profile != new.profile:
        yield (
            f"Taken for {_kind(old)} before and for {_kind(new)} now: the totals weigh different criteria. "
            "Give both the same --kind."
        )


def _verdict(old: Assessment, new: Assessment, *, comparable: bool) -> Verdict:
    if old.total is None or new.total is None:
        return "no_score"
    if not comparable:
        return "not_comparable"
    if old.total_range is None and new.total_range is None:
        return "no_range"
    if _within(new.total, old.total_range) or _within(old.total, new.total_range) or new.total == old.total:
        return "within_range"
    return "higher" if new.total > old.total else "lower"


def _within(total: float, interval: tuple[float, float] | None) -> bool:
    return interval is not None and interval[0] <= total <= interval[1]


def _criteria(
    old: Assessment, new: Assessment, old_text: str | None, new_text: str | None
) -> Iterator[CriterionChange]:
    before, after = ({score.id: score for score in a.criteria} for a in (old, new))
    for name in [*after, *(name for name in before if name not in after)]:
        one, other = before.get(name), after.get(name)
        yield CriterionChange(
            id=name,
            dimension=(other or before[name]).dimension,
            direction=_direction(one, other),
            old=_without_quotes(one),
            new=_without_quotes(other),
            appeared=tuple(_only_here(other, one, old_text)),
            went=tuple(_only_here(one, other, new_text)),
        )


def _direction(old: CriterionScore | None, new: CriterionScore | None) -> Direction:
    before, after = (score.level if score else None for score in (old, new))
    if before is None or after is None:
        return "gained" if after is not None else "lost" if before is not None else "unscored"
    return "rose" if after > before else "fell" if after < before else "same"


def _only_here(
    here: CriterionScore | None, there: CriterionScore | None, other_text: str | None
) -> Iterator[ComparedQuote]:
    known = {_words(evidence.quote) for evidence in (there.evidence if there else ())}
    quotes: tuple[Evidence, ...] = here.evidence if here else ()
    for evidence in quotes:
        words = _words(evidence.quote)
        if words not in known:
            yield ComparedQuote(
                evidence=evidence, in_other=None if other_text is None else words in other_text
            )


def _without_quotes(score: CriterionScore | None) -> CriterionScore | None:
    return score.model_copy(update={"evidence": ()}) if score else None


def _words(text: str) -> str:
    """The text as compared: case and white space do not count."""
    return " ".join(text.casefold().split())


def _text(grading: Grading, assessment: Assessment) -> str | None:
    document = grading.documents.get(_key(assessment))
    return _words(" ".join(block.text for block in document.blocks)) if document else None


def _by_key(grading: Grading) -> dict[Key, Assessment]:
    return {_key(assessment): assessment for assessment in grading.assessments}


def _key(assessment: Assessment) -> Key:
    return assessment.source, assessment.member


def _order(key: Key) -> tuple[str, str]:
    return key[0], key[1] or ""


def _name(key: Key) -> str:
    return f"{key[0]} › {key[1]}" if key[1] else key[0]


def _standing(assessment: Assessment) -> Standing:
    return Standing(
        name=_name(_key(assessment)),
        status=assessment.status,
        reason=assessment.reason,
        kind=assessment.kind,
        profile=assessment.profile,
        total=assessment.total,
        total_range=assessment.total_range,
        dimensions=assessment.dimensions,
    )


def _kind(assessment: Assessment) -> str:
    name = assessment.kind.name if assessment.kind else "no known kind"
    return f"{name} (profile {assessment.profile})"


def _rubric(run: RunInfo) -> str:
    return f"{run.rubric_id} {run.rubric_version} ({run.rubric_hash[:8]})"


def _value(value: object) -> str:
    return "not given" if value is None else str(value)
