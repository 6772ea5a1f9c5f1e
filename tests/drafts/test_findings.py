"""Findings: which criteria, at which places, and with fingerprints that outlive edits elsewhere."""

import pytest

from grader.drafts import findings_of
from grader.errors import UnreadableError
from grader.readers import read_document
from grader.rubric import load_rubric
from grader.schema import Assessment, CriterionScore, Document, Evidence, Finding, KindGuess, Rubric

TEXT = """\
# Seed library

Members borrow **seeds in spring** and
bring some back in autumn.

## Privacy

To be written.

- We send one reminder, because two annoyed people.
"""
QUOTES = {"TO2": "We send one reminder", "PF1": "Members borrow seeds in spring and\nbring some back"}


@pytest.fixture(scope="module")
def shipped() -> Rubric:
    return load_rubric()


def assessed(document: Document, rubric: Rubric, levels: dict[str, int]) -> Assessment:
    """Levels as given, quotes where `QUOTES` has one; other criteria are not expected."""
    scores = []
    for dimension in rubric.dimensions:
        for criterion in dimension.criteria:
            level = levels.get(criterion.id)
            scores.append(
                CriterionScore(
                    id=criterion.id,
                    dimension=dimension.id,
                    state="not_expected" if level is None else "scored",
                    level=level,
                    reason="Seen.",
                    next_step="Anything.",
                    evidence=_evidence(document, QUOTES[criterion.id])
                    if level and criterion.id in QUOTES
                    else (),
                )
            )
    return Assessment(
        source=document.source,
        status="graded",
        total=40,
        kind=KindGuess(name="prd", confidence=1),
        criteria=tuple(scores),
    )


def _evidence(document: Document, quote: str) -> tuple[Evidence, ...]:
    for number, block in enumerate(document.blocks):
        if (start := block.text.find(quote)) >= 0:
            section = ("", *block.path)[-1]
            where = {"block": number, "start": start, "end": start + len(quote)}
            place = block.place(start)
            return (Evidence(quote=quote, location=place, section=section, why="", **where),)
    raise AssertionError(quote)


def found(text: str, rubric: Rubric, levels: dict[str, int], source: str = "draft.md") -> tuple[Finding, ...]:
    document = read_document(text.encode(), source)
    wanted = {criterion.id: 2 for criterion in rubric.criteria}
    lines = text.split("\n")
    return findings_of(assessed(document, rubric, levels), document, rubric, wanted, lines)


def test_only_what_is_expected_and_below_the_wanted_level_is_found(shipped: Rubric) -> None:
    assert [finding.rule for finding in found(TEXT, shipped, {"TO1": 2, "TO2": 1, "FM1": 4})] == ["TO2"]
    assert found(TEXT, shipped, {"TO1": 2, "TO3": 3}) == ()


def test_a_quote_gives_line_and_column_through_its_markup(shipped: Rubric) -> None:
    first, second = found(TEXT, shipped, {"TO2": 1, "PF1": 1})
    assert (first.rule, first.place.line, first.place.column) == ("PF1", 3, 1)
    assert (first.place.end_line, first.place.end_column) == (4, 16)
    assert (second.place.line, second.place.column, second.place.end_column) == (10, 3, 23)
    assert first.where == second.where == ""


def test_what_is_absent_belongs_under_a_heading_on_it_or_beside_its_dimension(shipped: Rubric) -> None:
    privacy, rationale, limits = found(TEXT, shipped, {"EG1": 0, "TO2": 1, "TO4": 0})
    assert (privacy.rule, privacy.place.line, privacy.where) == ("EG1", 6, "under “Privacy”")
    assert (limits.rule, limits.place.line) == ("TO4", 10)
    assert limits.where == "beside “Privacy”, where TO2 stands"
    assert rationale.place.section == "Privacy"


def test_what_belongs_nowhere_stands_at_the_beginning(shipped: Rubric) -> None:
    (finding,) = found("Nothing but a line of text.\n", shipped, {"DP2": 0})
    assert (finding.place.line, finding.where) == (1, "in a new passage")


def test_a_fingerprint_outlives_lines_that_move_and_no_other_change(shipped: Rubric) -> None:
    levels = {"TO2": 1, "EG1": 0}
    before = {f.rule: f.fingerprint for f in found(TEXT, shipped, levels)}
    moved = TEXT.replace("# Seed library\n", "# Seed library\n\nA new first paragraph.\n")
    assert {f.rule: f.fingerprint for f in found(moved, shipped, levels)} == before
    assert {f.rule: f.fingerprint for f in found(TEXT, shipped, levels, "elsewhere/draft.md")} == before
    assert {f.fingerprint for f in found(TEXT, shipped, levels, "other.md")}.isdisjoint(before.values())
    assert len(set(before.values())) == 2


def test_the_next_step_is_worded_for_the_kind_of_document(shipped: Rubric) -> None:
    (finding,) = found(TEXT, shipped, {"TO2": 1})
    (criterion,) = (criterion for criterion in shipped.criteria if criterion.id == "TO2")
    assert finding.next_step == criterion.levels[1].step_for("prd")
    assert (finding.level, finding.next_level, finding.wanted) == (1, 2, 2)


def test_nothing_is_found_in_what_could_not_be_read(shipped: Rubric) -> None:
    with pytest.raises(UnreadableError):
        read_document(b"PK\x03\x04 broken", "deck.pptx")
    skipped = Assessment.skipped("deck.pptx", None, "damaged", "broken")
    assert findings_of(skipped, None, shipped, {"TO1": 4}) == ()
