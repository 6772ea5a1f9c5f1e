import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup

from grader.renderers.html_report import render_html
from grader.schema import Assessment, Document, Rubric, RunInfo, Span


@pytest.fixture
def report(document: Document, graded: Assessment, rubric: Rubric, run: RunInfo) -> str:
    return render_html(document, graded, rubric, run)


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(params=["report", "index"])
def any_page(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def test_the_policy_allows_exactly_the_pages_own_style_and_script(any_page: str) -> None:
    soup = parsed(any_page)
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    for name in ("style", "script"):
        (element,) = soup.find_all(name)
        digest = base64.b64encode(hashlib.sha256(element.string.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy


def test_nothing_is_fetched_and_nothing_is_styled_or_run_inline(any_page: str) -> None:
    for element in parsed(any_page).find_all(True):
        assert "style" not in element.attrs
        assert not [name for name in element.attrs if name.startswith("on")]
        assert not {"src", "srcset", "action"} & set(element.attrs)
        assert element.name not in {"link", "iframe", "object", "img", "base"}
        if "href" in element.attrs:
            assert element["href"].startswith(("#", "reports/", "javascript%3A"))
    assert not re.search(r"url\(|@import", any_page)


def test_ids_are_unique_and_every_link_within_the_page_leads_somewhere(any_page: str) -> None:
    soup = parsed(any_page)
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.select("a[href^='#']:not([href*='='])"):  # with a '=' it is the state of a table
        assert link["href"][1:] in ids
    for element in soup.select("[aria-labelledby]"):
        assert element["aria-labelledby"] in ids


def test_text_of_a_document_is_never_markup_nor_steers_the_page(any_page: str) -> None:
    assert "<script>alert" not in any_page and "<img" not in any_page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", any_page)


def test_every_quote_links_to_its_mark_and_every_mark_back(report: str, graded: Assessment) -> None:
    soup = parsed(report)
    for score in graded.criteria:
        links = soup.select(f"#c-{score.id} .said a")
        assert [a["href"] for a in links] == [f"#e-{score.id}-{n + 1}" for n in range(len(score.evidence))]
        for number, evidence in enumerate(score.evidence, start=1):
            first = soup.find("mark", id=f"e-{score.id}-{number}")
            assert first.find("a")["href"] == f"#c-{score.id}"
            for label in soup.select(".tag"):
                label.string = ""
            marked = [m.text for m in soup.select(f"mark[data-quote='{score.id}-{number}']")]
            assert "".join(marked) == evidence.quote.replace(" | ", "")


def test_a_quote_that_goes_on_in_other_blocks_is_one_highlight_with_one_label(
    document: Document, graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    first = graded.criteria[0]
    further = Span(block=7, start=0, end=len(document.blocks[7].text))
    long = first.evidence[0].model_copy(update={"more": (further,)})
    scores = (first.model_copy(update={"evidence": (long,)}), *graded.criteria[1:])
    soup = parsed(render_html(document, graded.model_copy(update={"criteria": scores}), rubric, run))
    parts = soup.select("mark[data-quote='CH1-1']")
    assert [part.get("id") for part in parts] == ["e-CH1-1", None, None]
    assert parts[-1].text == "ask a stylist" and not parts[-1].select(".tag")


def test_overlapping_quotes_are_nested(report: str) -> None:
    (both,) = parsed(report).select("mark mark")
    assert both["data-quote"] == "CH2-1" and both.parent["data-quote"] == "CH1-1"
    assert both.text == "CH2because"


def test_the_document_can_be_read_again(report: str) -> None:
    sheet = parsed(report).select_one(".sheet")
    for label in sheet.select(".tag"):
        label.decompose()
    assert [h.name for h in sheet.find_all(re.compile(r"h\d"))] == ["h3", "h4"]
    assert [th.text for th in sheet.select("th")] == ["Risk", "Impact", "Mitigation"]
    assert [[td.text for td in tr.select("td")] for tr in sheet.select("tbody tr")] == [
        ["Wrong size advice", "Returns rise", "Hide the advice below 0.6; Mira owns it"],
        ["Only | two"],
    ]
    assert [li.text for li in sheet.select("li")] == ["␛[31mred␛[0m [U+202E]txt.exe", "done: ask a stylist"]
    assert [f.text for f in sheet.select(".aside figcaption")] == [
        "Front matter · not scored",
        "Code · not scored",
    ]
    assert "Hidden" in sheet.select_one(".flag").text


def test_the_lowest_criteria_come_first_and_reached_ones_are_collapsed(report: str) -> None:
    soup = parsed(report)
    shown = [(d["id"], d.has_attr("open")) for d in soup.select("details.criterion")]
    assert shown == [("c-CH1", True), ("c-CH2", False), ("c-HA1", True)]


def test_what_has_no_score_is_not_shown_as_zero(report: str) -> None:
    soup = parsed(report)
    assert [(li["id"], li["class"]) for li in soup.select(".unscored li")] == [
        ("c-HA2", ["not_expected"]),
        ("c-HA3", ["not_measured"]),
    ]
    for item in soup.select(".unscored li"):
        assert not item.select(".ladder, .stairs") and "0" not in item.text


def test_the_top_of_the_report_says_the_total_and_what_to_do(report: str) -> None:
    soup = parsed(report)
    top = " ".join(soup.select_one(".hero").text.split())
    assert "45 of 100" in top and "80 % range 38–52" in top and "between mentioned and specific" in top
    assert "Product requirements (recognised, 93 % sure)" in top
    changes = [" ".join(li.text.split()) for li in soup.select(".changes li")]
    assert len(changes) == 3
    assert changes[0].startswith(
        "CH2Price of the choice from reasoned to operational +12.5 points "
        "You write: because sizes change weekly Put a name on price of the choice. Where: build on"
    )
    assert changes[1].startswith(
        "HA1Ways it fails from absent to specific +12.5 points Write more on ways it fails. Where: a new"
    )
    assert changes[2].startswith(
        "CH1Other options from mentioned to reasoned +12.5 points "
        "Closest so far: We chose rules over a model because Write more on other options. "
        "Then: Compare other options. Where: build on “Fit finder”, line 6"
    )


def test_a_strong_example_is_marked_as_another_products(report: str) -> None:
    soup = parsed(report)
    example = soup.select_one("#c-CH1 .example")
    assert "Example from another field (farming), reasoned" in example.text
    assert "we water <twice>" in example.text
    assert "nurse" in soup.select_one("#c-CH2 .example").text
    assert "is not." not in "".join(e.text for e in soup.select(".example"))


def test_the_report_says_who_scored_and_with_what(report: str, run: RunInfo) -> None:
    about = parsed(report).select_one(".about").text
    for said in (
        "Software scored this document",
        "A person decides",
        run.agreement,
        run.rubric_hash,
        "cd" * 32,
        "ef" * 32,
        "redact = False",
    ):
        assert said in about
    assert run.started not in about  # the same assessment gives the same bytes


def test_a_document_without_a_score_says_why(
    not_scorable: Assessment, skipped: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    for assessment in (not_scorable, skipped):
        soup = parsed(render_html(None, assessment, rubric, run))
        assert assessment.reason and assessment.reason.text in soup.select_one(".no-score").text
        assert not soup.select(".total, .changes, .criterion, .sheet")


def test_without_the_document_quotes_have_no_links(graded: Assessment, rubric: Rubric, run: RunInfo) -> None:
    soup = parsed(render_html(None, graded, rubric, run))
    assert len(soup.select(".said blockquote")) == 3 and not soup.select(".said a")


def test_a_document_without_a_score_is_shown_without_empty_criteria(
    document: Document, not_scorable: Assessment, graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    unmeasured = [s.model_copy(update={"state": "not_measured", "level": None}) for s in graded.criteria]
    assessment = not_scorable.model_copy(update={"criteria": tuple(unmeasured)})
    soup = parsed(render_html(document, assessment, rubric, run))
    assert soup.select_one(".sheet") and not soup.select(".unscored, .criterion, #feedback")
    assert "gave it no score" in soup.select_one(".about").text


def test_a_graded_document_of_which_nothing_could_be_measured_says_so(
    graded: Assessment, rubric: Rubric, run: RunInfo
) -> None:
    nothing = {"state": "not_measured", "level": None, "value": None, "evidence": ()}
    scores = tuple(score.model_copy(update=nothing) for score in graded.criteria)
    empty = {"total": None, "total_range": None, "dimensions": {"choices": None, "harm": None}}
    soup = parsed(render_html(None, graded.model_copy(update={"criteria": scores, **empty}), rubric, run))
    assert "None of the expected criteria" in soup.select_one(".no-score").text
    assert [value.text for value in soup.select(".chart .none")] == ["could not be measured"] * 2
    assert len(soup.select(".unscored li")) == 5 and not soup.select(".changes")
