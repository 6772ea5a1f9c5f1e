"""What makes a rubric that loads weaker than it could be: its wording, levels and weights."""

from collections.abc import Iterator
from itertools import combinations

from grader.rubric.checks import FULL, LEVELS
from grader.rubric.finding import OVERALL, Finding, Rule
from grader.rubric.lint_examples import example_findings
from grader.rubric.wording import overlap, sentences, vague_words, words
from grader.schema import Criterion, Level, Profile, Rubric

EMPTY_TEXT = Rule("empty-text", "error")
VAGUE_WORDING = Rule("vague-wording", "warning")
OVERLAPPING_LEVELS = Rule("overlapping-levels", "warning")
REPEATED_SENTENCE = Rule("repeated-sentence", "warning")
MISSING_AT_THE_TOP = Rule("missing-at-the-top", "warning")
ZERO_PROFILE = Rule("zero-profile", "error")
ZERO_DIMENSION = Rule("zero-dimension", "error")
WEIGHTS_DO_NOT_ADD_UP = Rule("weights-do-not-add-up", "warning")
UNEQUAL_FULL = Rule("unequal-full", "error")
UNEXPLAINED_ZERO = Rule("unexplained-zero", "warning")
UNUSED_REASON = Rule("unused-reason", "warning")
CAPITAL_SIGNAL = Rule("capital-signal", "error")

_TOO_ALIKE = 0.6
_SHORT_SENTENCE = 4


def lint(rubric: Rubric) -> tuple[Finding, ...]:
    """What to improve in `rubric`: criteria in their order, then the rubric as a whole."""
    names = {rung.level: rung.name for rung in rubric.ladder}
    by_criterion = (
        found
        for criterion in rubric.criteria
        for found in (*_levels(criterion), *example_findings(criterion, names))
    )
    return (*by_criterion, *_repetition(rubric), *_kinds(rubric), *_weights(rubric))


def _levels(criterion: Criterion) -> Iterator[Finding]:
    for name in ("title", "description", "looks_for", "source"):
        if not getattr(criterion, name).strip():
            yield EMPTY_TEXT.finding(criterion.id, f"{name} is empty; write it out")
    for level in criterion.levels:
        yield from _level(criterion, level)
    for left, right in combinations(criterion.levels, 2):
        if overlap(left.description, right.description) >= _TOO_ALIKE:
            message = f"levels {left.level} and {right.level} are described alike; say what differs"
            yield OVERLAPPING_LEVELS.finding(criterion.id, message)


def _level(criterion: Criterion, level: Level) -> Iterator[Finding]:
    top = level.level == LEVELS[-1]
    for name, text in _texts(level):
        if not text.strip() and not (top and name == "missing"):
            yield EMPTY_TEXT.finding(criterion.id, f"level {level.level}: {name} is empty; write it out")
        if vague := vague_words(text):
            message = f"level {level.level}: {name} says '{vague[0]}'; say what can be seen on the page"
            yield VAGUE_WORDING.finding(criterion.id, message)
    if top and level.missing.strip():
        message = f"level {level.level}: nothing is above it; leave missing empty"
        yield MISSING_AT_THE_TOP.finding(criterion.id, message)


def _texts(level: Level) -> Iterator[tuple[str, str]]:
    for name in ("description", "feedback", "missing", "next_step"):
        yield name, getattr(level, name)
    for kind, text in level.next_step_for.items():
        yield f"next_step_for.{kind}", text


def _repetition(rubric: Rubric) -> Iterator[Finding]:
    first: dict[tuple[str, ...], str] = {}
    for criterion in rubric.criteria:
        for level in criterion.levels:
            for name, text in _texts(level):
                here = f"{criterion.id} level {level.level} {name}"
                for sentence in sentences(text) if name != "description" else ():
                    key = tuple(words(sentence))
                    if len(key) > _SHORT_SENTENCE and first.setdefault(key, here) != here:
                        message = (
                            f"level {level.level}: {name} repeats a sentence of {first[key]}: “{sentence}”"
                        )
                        yield REPEATED_SENTENCE.finding(criterion.id, message)


def _kinds(rubric: Rubric) -> Iterator[Finding]:
    for kind in rubric.kinds:
        for phrase in (*kind.signals.title, *kind.signals.headings, *kind.signals.text):
            if phrase != phrase.lower():
                message = (
                    f"kind {kind.id}: the signal '{phrase}' has capitals and never matches; use lower case"
                )
                yield CAPITAL_SIGNAL.finding(OVERALL, message)


def _weights(rubric: Rubric) -> Iterator[Finding]:
    for profile in rubric.profiles:
        yield from _sum(profile)
        yield from _zeros(profile, rubric)
        if profile.id == FULL:
            yield from _full(profile, rubric)


def _sum(profile: Profile) -> Iterator[Finding]:
    """Weights are relative, but those that look like shares of 1 or of 100 are meant to add up."""
    weights = profile.dimensions.values()
    total = sum(weights)
    whole = 100 if max(weights, default=0) > 10 else 1
    near = whole == 100 or (all(weight < 1 for weight in weights) and abs(total - 1) < 0.25)
    if near and abs(total - whole) > 1e-6:
        message = f"profile {profile.id}: the dimensions' weights add up to {total:g}, not to {whole}"
        yield WEIGHTS_DO_NOT_ADD_UP.finding(OVERALL, message)


def _zeros(profile: Profile, rubric: Rubric) -> Iterator[Finding]:
    if not any(profile.dimensions.values()):
        yield ZERO_PROFILE.finding(
            OVERALL, f"profile {profile.id}: every dimension has weight 0; give one a weight"
        )
    for dimension in rubric.dimensions:
        nothing = all(profile.criteria.get(criterion.id, 1) == 0 for criterion in dimension.criteria)
        if nothing and profile.dimensions.get(dimension.id, 0) > 0:
            message = (
                f"profile {profile.id}: {dimension.id} counts but none of its criteria does; drop its weight"
            )
            yield ZERO_DIMENSION.finding(OVERALL, message)
    for criterion in rubric.criteria:
        left_out = profile.criteria.get(criterion.id, 1) == 0
        explained = bool(profile.reasons.get(criterion.id, "").strip())
        if left_out and not explained:
            message = f"profile {profile.id}: not expected, but reasons does not say why"
            yield UNEXPLAINED_ZERO.finding(criterion.id, message)
        if not left_out and criterion.id in profile.reasons:
            message = f"profile {profile.id}: has a reason for leaving it out, but a weight above 0"
            yield UNUSED_REASON.finding(criterion.id, message)


def _full(profile: Profile, rubric: Rubric) -> Iterator[Finding]:
    dimensions = {profile.dimensions.get(dimension.id, 0) for dimension in rubric.dimensions}
    criteria = {profile.criteria.get(criterion.id, 1) for criterion in rubric.criteria}
    if len(dimensions) > 1 or len(criteria) > 1 or 0 in criteria:
        yield UNEQUAL_FULL.finding(
            OVERALL, f"profile {FULL}: give every dimension and every criterion equal weight"
        )
