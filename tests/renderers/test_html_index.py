"""What the index says of a cohort, before any browser."""

import re

import pytest
from bs4 import BeautifulSoup

from grader.renderers.html_index import render_index
from grader.schema import Assessment, Rubric, RunInfo


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def cohort_of(graded: Assessment, *names: str) -> list[Assessment]:
    return [graded.model_copy(update={"source": name}) for name in names]


def test_the_index_lists_what_has_no_score_first_then_by_name(
    graded: Assessment, not_scorable: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    others = cohort_of(graded, "b10.md", "A.md", "b2.md")
    soup = parsed(render_index([*others, not_scorable], rubric, run, {}))
    assert [row.a or row.contents[0] for row in soup.select("#scores tbody th")] == [
        "A.md",
        "b2.md",
        "b10.md",
    ]
    assert "Under 80 words" in soup.select_one(".reasons").text
    assert [h.text for h in soup.select("main h2")] == [
        "Without a score",
        "What this cohort is weakest at",
        "Scores",
        "How levels are spread",
        "Documents and criteria",
    ]


def test_a_row_holds_total_range_dimensions_confidence_and_flags(index: str) -> None:
    cells = [" ".join(td.get_text(" ").split()) for td in parsed(index).select("#scores tbody td")]
    assert cells == ["Product requirements", "45 38–52", "58", "0", "69 % 1 unsure", "hidden_text, repaired"]


def test_files_that_are_no_documents_are_named_so_that_a_handed_in_picture_is_found(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    with_picture = run.model_copy(update={"ignored": {"ada/<plan>.png": "a picture"}})
    named = parsed(render_index([graded], rubric, with_picture, {})).select(".ignored li")
    assert [item.text for item in named] == ["ada/<plan>.png: a picture"]
    without = run.model_copy(update={"ignored": {}})
    assert not parsed(render_index([graded], rubric, without, {})).select(".ignored")


def test_a_lesson_leads_with_the_number_of_documents_that_orders_it(index: str) -> None:
    assert [b.text for b in parsed(index).select(".lessons h3 b")] == ["1 of 1", "1 of 1"]


def test_a_kind_that_was_hardly_recognised_says_so(graded: Assessment, rubric: Rubric, run: RunInfo) -> None:
    doubtful = graded.model_copy(update={"kind": graded.kind.model_copy(update={"confidence": 0.26})})
    assert "26 % sure" in parsed(render_index([doubtful], rubric, run, {})).select_one("td.kind").text


def test_a_score_of_zero_has_an_empty_gauge_and_no_score_has_none(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    unknown = graded.model_copy(update={"dimensions": {"choices": None, "harm": 0.0}})
    none, zero = parsed(render_index([unknown], rubric, run, {})).select("td.gauge")
    assert (none.text, zero.text) == ("–", "0")
    assert not re.search(r"\bw\d+", " ".join(none["class"])) and "w0" in zero["class"]


def test_the_heat_map_tells_zero_not_expected_and_not_measured_apart(index: str) -> None:
    cells = [(td["class"], td.text) for td in parsed(index).select(".heat td")]
    assert cells == [(["l1"], "1"), (["l3"], "3"), (["l0"], "0"), (["ne"], "–"), (["nm"], "?")]


def test_links_of_the_index_cannot_become_a_scheme_or_a_query(index: str) -> None:
    links = {a["href"] for a in parsed(index).select("th a, .reasons a")}
    assert links == {"reports/fit%20%231%3F.html", "javascript%3Aalert%281%29"}


def test_totals_are_sorted_only_where_a_ranking_was_asked_for(
    index: str, graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    names = ["Document", "Kind", "Confidence", "Flags"]
    assert [th.text for th in parsed(index).select("th[data-sort]")] == names
    ranked = parsed(render_index(cohort_of(graded, "b.md", "a.md"), rubric, run, {}, rank=True))
    assert [th.text for th in ranked.select("th[data-sort]")] == [
        "Document", "Kind", "Total", "Choices", "Harm & care", "Confidence", "Flags",
    ]  # fmt: skip
    assert [th.text[:4] for th in ranked.select("#scores tbody th")] == ["a.md", "b.md"]


def test_the_weakest_criteria_are_those_that_keep_most_documents_low(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    soup = parsed(render_index(cohort_of(graded, "a.md", "b.md"), rubric, run, {}))
    first, second = soup.select(".lessons > li")
    assert "HA1" in first.h3.text and "CH1" in second.h3.text  # CH2 is reasoned, the others have no level
    assert (
        "2 of the 2 documents it is expected of (100 %) are below specific, all of them absent" in first.text
    )
    assert "Write more on ways it fails." in first.text
    assert "From another product (farming), reasoned" in first.text


def test_every_chart_has_a_text_alternative_with_its_numbers(index: str) -> None:
    charts = parsed(index).select("svg.columns")
    assert len(charts) == 1 + 3
    assert [chart["role"] for chart in charts] == ["img"] * 4
    assert charts[0]["aria-label"] == "Documents by total, in steps of 10: from 40: 1"
    assert charts[1]["aria-label"] == "absent 0, mentioned 1, specific 0, reasoned 0, operational 0"
    assert [column.text for column in charts[1].select("rect title")][1] == "1: 1 of 1 (100 %)"
    assert [c.get("class") for c in charts[1].select("rect")] == [["marked"], ["marked"], None, None, None]


def test_an_index_of_nothing_is_a_page(rubric: Rubric, run: RunInfo) -> None:
    assert "0 documents" in parsed(render_index([], rubric, run, {})).h1.text


def test_an_index_of_nothing_but_skipped_files_names_them(
    skipped: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    soup = parsed(render_index([skipped], rubric, run, {}))
    assert "The file is encrypted" in soup.select_one(".reasons").text
    assert not soup.select("#scores, .lessons, svg.columns")


def test_a_graded_document_without_a_total_says_why(graded: Assessment, rubric: Rubric, run: RunInfo) -> None:
    nothing = {"state": "not_measured", "level": None, "value": None, "confidence": None, "evidence": ()}
    scores = tuple(score.model_copy(update=nothing) for score in graded.criteria)
    empty = {"total": None, "total_range": None, "dimensions": {}, "criteria": scores}
    soup = parsed(render_index([graded.model_copy(update=empty)], rubric, run, {}))
    assert "None of the expected criteria" in soup.select_one("#scores tbody").text


@pytest.mark.parametrize("rank", [False, True])
def test_the_same_results_give_the_same_bytes(
    rank: bool, graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    later = run.model_copy(update={"started": "2030-01-01T00:00:00Z", "finished": None})
    pages = [render_index([graded], rubric, each, {}, rank=rank) for each in (run, later)]
    assert pages[0] == pages[1]
