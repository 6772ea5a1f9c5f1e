"""Results under other weights or other feedback: the levels stand, what follows from them is made anew."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from grader.errors import UsageError
from grader.rubric.measure import EXAMPLES, KINDS, measure
from grader.rubric.profile import dimension_scores, expected, total
from grader.schema import Assessment, Criterion, CriterionScore, Profile, Rubric, RunInfo
from grader.scoring import explain
from grader.scoring.spread import total_range
from grader.scoring.weights import TUNED, Weights, load_weights


def rescored(
    assessments: Iterable[Assessment], run: RunInfo, rubric: Rubric, profile: str | None = None
) -> Iterator[Assessment]:
    """The same assessments as `rubric` weighs and words them now. No document is read and no model is loaded.

    Args:
        run: how the assessments were made.
        profile: for every document; None: by its kind.

    Raises:
        UsageError: `rubric` measures something else than was measured, so that the documents have to be
            graded again; the message says what changed.
    """
    weights = load_weights()
    _refuse_another_measure(run, rubric, weights)
    trained = [c.id for c in rubric.criteria if weights.fingerprints.get(c.id) == run.measured.get(c.id)]
    columns = {criterion: weights.trained.index(criterion) for criterion in trained}
    errors = {
        criterion: tuple(row[column] for row in weights.residuals) for criterion, column in columns.items()
    }
    return map(partial(_rescored, rubric=rubric, profile=profile, errors=errors), assessments)


def _refuse_another_measure(run: RunInfo, rubric: Rubric, weights: Weights) -> None:
    again = "grade the documents again"
    if not run.measured:
        raise UsageError(
            f"these results do not say what was measured (run.json is missing or older); {again}"
        )
    if run.models.get(TUNED, weights.encoder_sha256) != weights.encoder_sha256 or run.settings.get("model"):
        raise UsageError(f"these results were made with other models; {again}")
    now = measure(rubric)
    by_example = any(weights.fingerprints.get(c.id) != now[c.id] for c in rubric.criteria)
    looked_at = [c.id for c in rubric.criteria] + [KINDS] + ([EXAMPLES] if by_example else [])
    changed = [name for name in looked_at if run.measured.get(name) != now[name]]
    if changed:
        raise UsageError(
            f"rubric {rubric.id}: what is measured has changed ({', '.join(changed)}); weights, feedback and next "
            f"steps can change without new grading, titles, descriptions and signals cannot: {again}"
        )


def _rescored(
    assessment: Assessment, rubric: Rubric, profile: str | None, errors: Mapping[str, tuple[int, ...]]
) -> Assessment:
    if assessment.status != "graded" or assessment.kind is None:
        return assessment
    chosen = rubric.profile(profile or rubric.kind(assessment.kind.name).profile)
    before = {score.id: score for score in assessment.criteria}
    dimension_of = {c.id: d.id for d in rubric.dimensions for c in d.criteria}
    scores = tuple(
        _score(criterion, before[criterion.id], dimension_of[criterion.id], chosen, assessment)
        for criterion in rubric.criteria
    )
    levels = {score.id: score.level for score in scores}
    points = total(rubric, chosen, levels)
    return assessment.model_copy(
        update={
            "profile": chosen.id,
            "total": points,
            "total_range": total_range(rubric, chosen, levels, points, errors),
            "dimensions": dimension_scores(rubric, chosen, levels),
            "criteria": scores,
        }
    )


def _score(
    criterion: Criterion, before: CriterionScore, dimension: str, profile: Profile, assessment: Assessment
) -> CriterionScore:
    if expected(profile, criterion.id) == 0:
        default = f"Not expected in a document graded as {profile.id}."
        why = profile.reasons.get(criterion.id, default)
        return CriterionScore(id=criterion.id, dimension=dimension, state="not_expected", reason=why)
    if before.state == "not_expected":
        raise UsageError(
            f"{assessment.source}: {criterion.id} is expected now and was not looked for; grade the documents again"
        )
    if before.level is None:
        return before.model_copy(update={"dimension": dimension})
    rejected = before.reason.partition(explain.REJECTED)[2].removesuffix(".")
    return before.model_copy(
        update={
            "dimension": dimension,
            "reason": explain.reason(criterion, before.level, before.evidence, rejected),
            "missing": explain.missing(criterion, before.level),
            "next_step": explain.next_step(criterion, before.level, assessment.kind.name if assessment.kind else ""),
        }
    )
