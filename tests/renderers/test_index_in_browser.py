"""The index and a comparison in a real browser: sorting, filters, keys, address, phone, printer, axe-core."""

from pathlib import Path

import pypdfium2
import pytest
from headless import Page, needs_browser
from selenium.webdriver.common.keys import Keys

from grader.renderers.comparison_html import render_html
from grader.renderers.html_index import render_index
from grader.schema import Assessment, KindGuess, Rubric, RunInfo
from grader.schema.comparison import Comparison, DocumentChange, Standing

pytestmark = needs_browser
PHONE = 390


@pytest.fixture
def cohort(graded: Assessment, not_scorable: Assessment) -> list[Assessment]:
    """Documents whose orders by name, total and confidence differ; one without flags, one without a total."""
    first, *others = graded.criteria
    specific = (first.model_copy(update={"level": 2, "confidence": 0.95}), *others)
    return [
        graded.model_copy(update={"source": "b10.md", "total": 9.0, "title": "Bees"}),
        graded.model_copy(update={"source": "a.md", "total": 50.0, "flags": (), "criteria": specific}),
        graded.model_copy(
            update={"source": "b2.md", "total": 100.0, "kind": KindGuess(name="memo", confidence=0.3)}
        ),
        graded.model_copy(update={"source": "c.md", "total": None, "total_range": None, "criteria": ()}),
        not_scorable,
    ]


@pytest.fixture
def index(tmp_path: Path, cohort: list[Assessment], rubric: Rubric, run: RunInfo) -> Path:
    path = tmp_path / "index.html"
    path.write_text(render_index(cohort, rubric, run, {0: "feedback/b10.html"}, rank=True), encoding="utf-8")
    return path


def names(browser: Page, table: str = "scores") -> list[str]:
    """Names in the rows that are shown, in their order."""
    return list(
        browser.js(
            "return [...document.querySelectorAll(`#${arguments[0]} tbody tr`)].filter((row) => !row.hidden)"
            ".map((row) => row.cells[0].textContent.split('.md')[0])",
            table,
        )
    )


def heading(browser: Page, key: str) -> str:
    return str(browser.js("return document.querySelector(arguments[0]).ariaSort", f"th[data-key='{key}']"))


def test_a_heading_sorts_both_tables_up_then_down_with_what_is_missing_last(
    browser: Page, index: Path
) -> None:
    browser.open(index)
    assert names(browser) == ["a", "b2", "b10", "c"]
    browser.one("th[data-key='total'] button").click()
    assert names(browser) == names(browser, "levels") == ["b10", "a", "b2", "c"]
    assert heading(browser, "total") == "ascending" and heading(browser, "name") == "None"
    browser.one("th[data-key='total'] button").click()
    assert names(browser) == ["b2", "a", "b10", "c"]
    assert heading(browser, "total") == "descending"
    assert browser.js("return location.hash") == "#sort=-total"
    assert browser.console() == []


def test_the_keyboard_alone_sorts_and_filters(browser: Page, index: Path) -> None:
    browser.open(index)
    browser.js("document.querySelector(\"th[data-key='confidence'] button\").focus()")
    browser.press(Keys.ENTER)
    assert names(browser)[0] == "b2" and names(browser)[-1] == "c"
    browser.js("document.getElementById('find').focus()")
    browser.press("bees")
    assert names(browser) == names(browser, "levels") == ["b10"]
    assert browser.one("#found").text == "1 of 4 documents"
    assert browser.js("return location.hash") == "#find=bees&sort=confidence"


def test_the_skip_link_is_the_first_stop_and_leads_to_the_table(browser: Page, index: Path) -> None:
    browser.open(index)
    browser.press(Keys.TAB)
    assert browser.js("return document.activeElement.className") == "skip"
    browser.press(Keys.ENTER)
    assert browser.js("return location.hash") == "#table" and len(names(browser)) == 4


def test_the_address_holds_sorting_and_filters(browser: Page, index: Path) -> None:
    browser.open(index, "#kind=prd&flagged=yes&sort=-name")
    assert names(browser) == ["c", "b10"]
    assert browser.js("return document.getElementById('kind').value") == "prd"
    browser.one("button[type='reset']").click()
    browser.js("return new Promise((done) => setTimeout(done))")
    assert len(names(browser)) == 4 and browser.js("return location.hash") == "#sort=-name"
    browser.open(index, "#kind=nonsense&below=XX9&sort=nonsense")
    assert names(browser) == ["a", "b2", "b10", "c"] and browser.console() == []


def test_without_a_ranking_the_address_cannot_ask_for_one(
    browser: Page, tmp_path: Path, cohort: list[Assessment], rubric: Rubric, run: RunInfo
) -> None:
    path = tmp_path / "unranked.html"
    path.write_text(render_index(cohort, rubric, run, {}), encoding="utf-8")
    browser.open(path, "#sort=total")
    assert names(browser) == ["a", "b2", "b10", "c"]
    assert not browser.all("th:nth-child(3) button")


def test_a_weak_criterion_leads_to_the_documents_that_are_weak_at_it(browser: Page, index: Path) -> None:
    browser.open(index)
    browser.one(".lessons a[href='#below=CH1']").click()
    assert browser.comes(lambda: names(browser) == names(browser, "levels") == ["b2", "b10"])
    assert browser.js("return document.getElementById('below').value") == "CH1"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, PHONE])
def test_nothing_is_wrong_with_the_page(browser: Page, index: Path, width: int, dark: bool) -> None:
    browser.open(index, width=width, dark=dark)
    assert browser.axe() == []
    assert browser.js("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.console() == []
    assert [address for address in browser.requests() if not address.startswith(index.as_uri())] == []


def test_the_whole_cohort_is_printed(browser: Page, index: Path) -> None:
    browser.open(index)
    printed = pypdfium2.PdfDocument(browser.pdf())
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "What this cohort is weakest at" in text and "Documents and criteria" in text
    assert all(text.count(name) >= 2 for name in ("a.md", "b2.md", "b10.md"))


def test_a_comparison_opens_by_key_and_nothing_is_wrong_with_it(
    browser: Page, tmp_path: Path, rubric: Rubric
) -> None:
    standing = Standing(name="a.md", status="graded", total=40.0, dimensions={"choices": 40.0})
    change = DocumentChange(old=standing, new=standing, change=0.0, verdict="no_range")
    path = tmp_path / "comparison.html"
    comparison = Comparison(old="one", new="two", caveats=("Not known.",), documents=(change, change))
    path.write_text(render_html(comparison, rubric), encoding="utf-8")
    for width in (1440, PHONE):
        browser.open(path, width=width)
        browser.press(Keys.TAB)
        browser.press(Keys.ENTER)
        assert browser.js("return document.querySelector('details').open")
        assert browser.axe() == [] and browser.console() == []
        assert browser.js("return document.documentElement.scrollWidth <= innerWidth")
