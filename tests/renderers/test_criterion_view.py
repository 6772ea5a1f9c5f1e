"""What a report says of one criterion: in words of its own, with an example from far away."""

import re
from collections import Counter

import pytest

from grader.renderers.changes import top_changes
from grader.renderers.criterion_view import CriterionView, criterion_views
from grader.renderers.html_report import render_html
from grader.renderers.markdown_report import render_markdown
from grader.renderers.strong_example import strong_example
from grader.rubric import load_rubric
from grader.schema import Assessment, Block, Document, KindGuess, Location, Rubric, RunInfo

GENERIC = "speaks of it"


@pytest.fixture
def views(graded: Assessment, rubric: Rubric, document: Document) -> dict[str, CriterionView]:
    changes = top_changes(graded, rubric, rubric.profile("plan"), n=1)
    return dict(criterion_views(graded, rubric, changes, document))


def test_what_is_below_the_wanted_level_is_open(views: dict[str, CriterionView]) -> None:
    assert {name for name, view in views.items() if view.open} == {"CH1", "HA1"}


def test_a_step_that_stands_on_top_is_not_said_again(views: dict[str, CriterionView]) -> None:
    assert (views["CH2"].change, views["CH2"].next_step) == (1, "")
    assert (views["CH1"].change, views["CH1"].next_step) == (0, "Write more on other options.")


def test_the_next_level_has_a_name_below_the_top_only(views: dict[str, CriterionView]) -> None:
    assert [views[name].upward for name in ("CH1", "CH2", "HA2")] == ["specific", "operational", ""]


def test_a_sentence_said_of_several_criteria_is_left_out(
    graded: Assessment, rubric: Rubric, document: Document
) -> None:
    scores = tuple(
        s.model_copy(update={"reason": f"{s.reason} No word on a cause."}) if s.level is not None else s
        for s in graded.criteria
    )
    views = criterion_views(graded.model_copy(update={"criteria": scores}), rubric, [], document)
    assert [views[name].reason for name in ("CH1", "CH2", "HA1")] == [
        "An option is named.",
        "A price is argued.",
        "Nothing on it.",
    ]


def test_a_reason_that_several_criteria_share_word_for_word_is_not_emptied(
    graded: Assessment, rubric: Rubric
) -> None:
    same = tuple(s.model_copy(update={"reason": "Nothing on it."}) for s in graded.criteria)
    views = criterion_views(graded.model_copy(update={"criteria": same}), rubric, [], None)
    assert {view.reason for view in views.values()} == {"Nothing on it."}


def test_why_a_quote_counts_is_tied_to_its_criterion_and_said_once(
    graded: Assessment, rubric: Rubric, document: Document
) -> None:
    scores = tuple(
        s.model_copy(update={"evidence": tuple(e.model_copy(update={"why": GENERIC}) for e in s.evidence)})
        for s in graded.criteria
    )
    views = criterion_views(graded.model_copy(update={"criteria": scores}), rubric, [], document)
    whys = [quote.why for view in views.values() for quote in view.quotes]
    assert whys == [f"on other options: {GENERIC}", f"on price of the choice: {GENERIC}", ""]


def test_the_example_shares_the_fewest_words_with_the_document() -> None:
    criterion = next(c for c in load_rubric().criteria if c.id == "EG2")
    far = strong_example(criterion, 1, frozenset())
    assert far is not None and far.level == 3 and not far.near_miss
    near = strong_example(criterion, 1, frozenset(re.findall(r"\w+", f"{far.text} {far.domain}".lower())))
    assert near is not None and near.level == 3 and near != far
    assert strong_example(criterion, 3, frozenset()).level == 4  # type: ignore[union-attr]
    weak = criterion.model_copy(update={"examples": tuple(e for e in criterion.examples if e.level < 3)})
    assert strong_example(weak, 1, frozenset()) is None


@pytest.mark.parametrize("kind", ["prd", "teardown", "postmortem"])
def test_no_report_on_the_shipped_rubric_says_a_sentence_twice(kind: str, run: RunInfo) -> None:
    rubric = load_rubric()
    report = render_markdown(long_assessment(rubric, kind), rubric, run)
    lines = [re.sub(r"^\s*(?:[-\d.]+ )?(?:\w[\w ]*: )?", "", line) for line in report.splitlines()]
    sentences = Counter(s for line in lines for s in re.split(r"(?<=[.!?])\s+", line) if len(s.split()) > 5)
    assert {sentence: n for sentence, n in sentences.items() if n > 1} == {}


def test_the_next_step_differs_by_kind(run: RunInfo) -> None:
    rubric = load_rubric()
    words = {
        kind: render_markdown(long_assessment(rubric, kind), rubric, run) for kind in ("prd", "teardown")
    }
    assert "Put one road not taken beside theirs" in words["teardown"]
    assert "Put one road not taken beside theirs" not in words["prd"]


def test_forty_pages_add_less_than_a_megabyte_to_their_text(run: RunInfo) -> None:
    rubric = load_rubric()
    paragraph = "The dispatcher of the northern depot compares the pallet counts with the yard plan. " * 5
    blocks = tuple(
        Block(type="paragraph", text=f"{paragraph}Case {n}.", location=Location(line=3 * n, page=1 + n // 7))
        for n in range(280)
    )
    document = Document(source="a.md", format="markdown", sha256="00", blocks=blocks)
    page = render_html(document, long_assessment(rubric, "prd", document), rubric, run)
    text = sum(len(block.text) for block in blocks)
    assert text > 40 * 2500 and page.count("<mark") == 72
    assert len(page.encode("utf-8")) - text < 1_000_000


def long_assessment(rubric: Rubric, kind: str, document: Document | None = None) -> Assessment:
    """Every criterion scored, levels in turn, each with three quotes where there is a document."""
    from grader.schema import CriterionScore, Evidence

    def quotes(position: int) -> tuple[Evidence, ...]:
        places = [(position * 11 + 3 * n) % 280 for n in range(3)] if document else []
        return tuple(
            Evidence(
                quote=document.blocks[block].text[:80],
                block=block,
                start=0,
                end=80,
                location=document.blocks[block].location,
                section="",
                why=f"gives a figure (“{block}”)",
            )
            for block in places
            if document
        )

    scores = tuple(
        CriterionScore(
            id=criterion.id,
            dimension=dimension.id,
            state="scored",
            level=position % 5,
            value=position % 5,
            confidence=0.6,
            reason=criterion.levels[position % 5].feedback,
            missing=criterion.levels[position % 5].missing,
            evidence=quotes(position),
        )
        for dimension in rubric.dimensions
        for position, criterion in enumerate(rubric.criteria)
        if criterion in dimension.criteria
    )
    return Assessment(
        source="a.md",
        status="graded",
        total=50,
        kind=KindGuess(name=kind, confidence=1),
        profile="full",
        dimensions={d.id: 50.0 for d in rubric.dimensions},
        criteria=scores,
    )
