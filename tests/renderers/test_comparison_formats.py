"""A comparison in every format, whole: golden files, and what hostile text must not do."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from grader.renderers.comparison_formats import COMPARISON_FORMATS
from grader.renderers.comparison_view import signed
from grader.renderers.look import PLAIN, Look
from grader.schema import Evidence, Location, Rubric
from grader.schema.comparison import ComparedQuote, Comparison, CriterionChange, DocumentChange, Standing
from grader.schema.results import CriterionScore

GOLDEN = Path(__file__).with_name("golden")
ENDINGS = {"text": "txt", "json": "json", "html": "html", "markdown": "md"}


def score(level: int | None) -> CriterionScore:
    state = "scored" if level is not None else "not_expected"
    return CriterionScore(id="CH1", dimension="choices", state=state, level=level, reason="")


def quoted(text: str, in_other: bool | None = None) -> ComparedQuote:
    place = Location(line=7)
    evidence = Evidence(quote=text, block=0, start=0, end=len(text), location=place, section="Plan", why="")
    return ComparedQuote(evidence=evidence, in_other=in_other)


@pytest.fixture
def one() -> DocumentChange:
    return DocumentChange(
        old=Standing(name="v1.md", status="graded", total=40.2, total_range=(30.0, 50.0), dimensions={"choices": 25.0}),
        new=Standing(name="v2.md", status="graded", total=60.2, total_range=(51.0, 70.0), dimensions={"choices": 75.0}),
        change=20.0,
        verdict="higher",
        criteria=(
            CriterionChange(id="CH1", dimension="choices", direction="rose", old=score(0), new=score(3),
                            appeared=(quoted("Rules beat <b>models</b> because | sizes change", False),)),
            CriterionChange(id="CH2", dimension="choices", direction="fell", old=score(2), new=score(1),
                            went=(quoted("It costs 3 EUR\x1b[31m", True),)),
            CriterionChange(id="HA1", dimension="harm", direction="same", old=score(1), new=score(1)),
            CriterionChange(id="HA2", dimension="harm", direction="unscored", old=score(None), new=score(None)),
        ),
    )  # fmt: skip


@pytest.fixture
def comparison(one: DocumentChange) -> Comparison:
    return Comparison(old="v1.md", new="v2.md", documents=(one,))


@pytest.fixture
def cohort(one: DocumentChange) -> Comparison:
    gone = Standing(name="b.md", status="skipped", total=None)
    other = DocumentChange(old=one.old, new=gone, change=None, verdict="no_score")
    return Comparison(
        old="one",
        new="two",
        caveats=("The rubrics <differ>.",),
        documents=(one, other),
        only_new=("late.md",),
    )


@pytest.mark.parametrize("style", ["text", "json", "markdown"])
def test_one_document_is_written_as_agreed(style: str, comparison: Comparison, rubric: Rubric) -> None:
    text = COMPARISON_FORMATS[style](comparison, rubric, PLAIN)
    assert text == (GOLDEN / f"comparison.{ENDINGS[style]}").read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["text", "markdown"])
def test_several_documents_are_written_as_agreed(style: str, cohort: Comparison, rubric: Rubric) -> None:
    text = COMPARISON_FORMATS[style](cohort, rubric, PLAIN)
    assert text == (GOLDEN / f"comparison_of_runs.{ENDINGS[style]}").read_text(encoding="utf-8")


def test_json_gives_the_comparison_back(cohort: Comparison, rubric: Rubric) -> None:
    text = COMPARISON_FORMATS["json"](cohort, rubric, PLAIN)
    assert Comparison.model_validate_json(text) == cohort
    assert json.loads(text)["documents"][0]["criteria"][0]["appeared"][0]["evidence"]["location"] == {
        "line": 7
    }


def test_the_page_says_what_happened_and_runs_nothing(comparison: Comparison, rubric: Rubric) -> None:
    soup = BeautifulSoup(COMPARISON_FORMATS["html"](comparison, rubric, PLAIN), "html.parser")
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    digest = base64.b64encode(hashlib.sha256(soup.style.string.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy and "script-src 'none'" in policy
    assert not soup.find_all(["script", "img", "b", "link"], src=True)
    assert [h.text for h in soup.select("details h3")] == ["Rose", "Fell"]
    assert "absent → reasoned" in soup.select_one(".changed li").text
    assert "<b>models</b>" in soup.select_one(".appeared").text
    assert "still there" in soup.select_one(".went").text and "\x1b" not in str(soup)
    assert "+20" in soup.select_one(".totals").text and soup.details.has_attr("open")


def test_several_documents_are_collapsed_on_the_page(cohort: Comparison, rubric: Rubric) -> None:
    soup = BeautifulSoup(COMPARISON_FORMATS["html"](cohort, rubric, PLAIN), "html.parser")
    assert [d.has_attr("open") for d in soup.select("details")] == [False, False]
    assert "The rubrics <differ>." in soup.select_one(".flag").text
    assert [cell.text for cell in soup.select(".moves tbody td")] == ["1", "0", "0", "1"]


def test_colours_only_where_they_are_shown(comparison: Comparison, rubric: Rubric) -> None:
    render = COMPARISON_FORMATS["text"]
    assert "\x1b[" not in render(comparison, rubric, PLAIN)
    assert "\x1b[32m" in render(comparison, rubric, Look(columns=80, colour=True))


@pytest.mark.parametrize(("points", "words"), [(5.6, "+6"), (-3.2, "−3"), (0.2, "±0"), (-0.4, "±0")])
def test_differences_have_a_sign(points: float, words: str) -> None:
    assert signed(points) == words


def test_the_difference_is_that_of_the_numbers_shown(comparison: Comparison, rubric: Rubric) -> None:
    change = comparison.documents[0]
    dimension = rubric.dimensions[0].id
    old = change.old.model_copy(update={"dimensions": {dimension: 31.3}})
    new = change.new.model_copy(update={"dimensions": {dimension: 43.8}})
    shown = comparison.model_copy(update={"documents": (change.model_copy(update={"old": old, "new": new}),)})
    text = COMPARISON_FORMATS["text"](shown, rubric, PLAIN)
    row = next(line for line in text.splitlines() if rubric.dimensions[0].title in line and "44" in line)
    assert row.split()[-3:] == ["31", "44", "+13"]
