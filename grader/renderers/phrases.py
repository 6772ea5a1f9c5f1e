"""Numbers of an assessment put into words, the same words in every report."""

from grader.schema import Assessment, CriterionScore, Location, Profile, Rubric, RunInfo

WANTED_LEVEL = 2
"""Criteria at this level or above need no attention first: reports list those below it before the rest."""

_SCORED = (
    "Software scored this document: it compares passages with a rubric and names the passages it relied on.",
    "It sees what is written and how concretely; it cannot see whether it is true, whether the idea is good, "
    "or what was agreed outside the document.",
    "Scores can be wrong, so every level comes with its reason and its quotes. A person decides.",
)
_NOT_SCORED = (
    "Software read this document and gave it no score: where it cannot judge, it says so and gives no zero.",
    "The reason above may be wrong. A person decides.",
)

STATE_WORDS = {
    "scored": "scored",
    "not_expected": "not expected here",
    "not_measured": "could not be measured",
}
STATUS_WORDS = {"graded": "graded", "not_scorable": "not scorable", "skipped": "skipped"}


def who_scored(assessment: Assessment) -> tuple[str, ...]:
    """Said in every report: that software judged, what it can see, and who decides."""
    return _SCORED if assessment.status == "graded" else _NOT_SCORED


def no_total_because(assessment: Assessment) -> str:
    """Why there is no total: the reason given, or that nothing expected could be measured."""
    if assessment.reason:
        return assessment.reason.text
    return "None of the expected criteria could be measured, so there is no total."


def document_name(assessment: Assessment) -> str:
    """The file a person would look for; ``archive.zip › folder/file.md`` inside an archive."""
    return f"{assessment.source} › {assessment.member}" if assessment.member else assessment.source


def kind_label(assessment: Assessment, rubric: Rubric) -> str:
    """The kind of document in the rubric's words, "" when none was recognised."""
    if assessment.kind is None:
        return ""
    labels = {kind.id: kind.label for kind in rubric.kinds}
    return labels.get(assessment.kind.name, assessment.kind.name)


def kind_certainty(assessment: Assessment) -> str:
    """How the kind is known: ``recognised, 93 % sure``, never 100 % for a guess, or ``as stated``."""
    if assessment.kind is None:
        return ""
    confidence = assessment.kind.confidence
    return f"recognised, {percent(min(confidence, 0.99))} sure" if confidence < 1 else "as stated"


def settings_given(run: RunInfo) -> str:
    """The settings that were given a value, ``kind = prd, time_limit = 20.0``."""
    return ", ".join(f"{name} = {value}" for name, value in run.settings.items() if value is not None)


def level_name(rubric: Rubric, level: int) -> str:
    """Name of a rung of the shared ladder, such as ``specific``."""
    return next((rung.name for rung in rubric.ladder if rung.level == level), f"level {level}")


def profile_of(assessment: Assessment, rubric: Rubric) -> Profile | None:
    """The profile the assessment was made under, None where it names none or the rubric lacks it."""
    return next((profile for profile in rubric.profiles if profile.id == assessment.profile), None)


def whole(number: float) -> int:
    """The nearest whole number of a `number` from 0 on; a half goes up, as in scores."""
    return int(number + 0.5)


def points(score: float | None) -> str:
    """A score of 0–100 as a whole number, "–" where there is none."""
    return "–" if score is None else str(whole(score))


def interval(assessment: Assessment) -> str:
    """The 80 % range of the total as ``38–47``, "" where none was measured."""
    if assessment.total_range is None:
        return ""
    low, high = assessment.total_range
    return f"{whole(low)}–{whole(high)}"


def band(total: float, rubric: Rubric) -> str:
    """Where a total of 0–100 lies on the ladder: ``about mentioned``, ``between mentioned and specific``."""
    mean_level = total / 25
    nearest = round(mean_level)
    if abs(mean_level - nearest) <= 0.15:
        return f"{'about' if nearest else 'close to'} {level_name(rubric, nearest)}"
    lower = int(mean_level)
    return f"between {level_name(rubric, lower)} and {level_name(rubric, lower + 1)}"


def leaning(score: CriterionScore, rubric: Rubric) -> str:
    """How near the value stands to a neighbouring level, "" when it stands at its own."""
    if score.level is None or score.value is None:
        return ""
    offset = score.value - score.level
    neighbour = score.level + (1 if offset > 0 else -1)
    if abs(offset) < 0.25 or not 0 <= neighbour <= 4:
        return ""
    return f"leaning towards {level_name(rubric, neighbour)}"


def confidence_words(confidence: float | None) -> str:
    """The probability that a careful reader gives the same level, in words; "" without one."""
    if confidence is None:
        return ""
    if confidence >= 0.8:
        return "sure"
    return "fairly sure" if confidence >= 0.6 else "unsure, worth a second look"


def percent(share: float | None) -> str:
    """A share of 0–1 as ``72 %``, "" where there is none."""
    return "" if share is None else f"{whole(100 * share)} %"


def place_words(location: Location | None, section: str = "") -> str:
    """``“Risks”, line 12``: what a person needs to find a place; "" when nothing is known."""
    parts = [f"“{section}”"] if section else []
    if location is not None and str(location):
        parts.append(str(location))
    return ", ".join(parts)


def next_step(score: CriterionScore, rubric: Rubric, kind: str | None) -> str:
    """What to write next, in the rubric's words for that kind of document; the score's own where it is unknown."""
    known = next((c for c in rubric.criteria if c.id == score.id), None)
    if known is None or score.level is None:
        return score.next_step
    return known.levels[score.level].step_for(kind)


def shortened(text: str, words: int = 16) -> str:
    """The first `words` words of `text` on one line, with an ellipsis where it goes on."""
    found = text.split()
    return " ".join(found) if len(found) <= words else " ".join(found[:words]) + " …"
