"""The report in a real browser: what a click, a key, the address and a printer do."""

from pathlib import Path

import pypdfium2
import pytest
from headless import Page, needs_browser

from grader.renderers.html_report import render_html
from grader.schema import Assessment, Block, CriterionScore, Document, Location, Rubric, RunInfo

pytestmark = needs_browser
PHONE = 390


@pytest.fixture
def report(tmp_path: Path, document: Document, graded: Assessment, rubric: Rubric, run: RunInfo) -> Path:
    """The small report, its quotes pushed far below the fold."""
    filler = tuple(
        Block(
            type="paragraph", text=f"Nothing of note happened on day {day}.", location=Location(line=20 + day)
        )
        for day in range(120)
    )
    moved = tuple(_later(score, len(filler)) for score in graded.criteria)
    assessment = graded.model_copy(update={"criteria": moved})
    long = document.model_copy(update={"blocks": (*document.blocks[:2], *filler, *document.blocks[2:])})
    path = tmp_path / "report.html"
    path.write_text(render_html(long, assessment, rubric, run), encoding="utf-8")
    return path


def _later(score: CriterionScore, blocks: int) -> CriterionScore:
    """The same score, its quotes that many blocks further down."""
    quotes = tuple(e.model_copy(update={"block": e.block + blocks}) for e in score.evidence)
    return score.model_copy(update={"evidence": quotes})


def fragment(browser: Page) -> str:
    return str(browser.js("return location.hash"))


def focused(browser: Page) -> str | None:
    """Id of the quote that has the focus."""
    found = browser.js("const mark = document.activeElement.closest('mark'); return mark && mark.id")
    return None if found is None else str(found)


def marked(browser: Page) -> set[str]:
    """Keys of the quotes that are highlighted as the current ones."""
    return set(
        browser.js("return [...document.querySelectorAll('mark.current')].map((m) => m.dataset.quote)")
    )


def test_opening_a_criterion_brings_its_passage_into_view_and_highlights_it(
    browser: Page, report: Path
) -> None:
    browser.open(report)
    passage = browser.one("#e-CH1-1")
    assert not browser.in_view(passage)
    browser.one("#c-CH1 > summary").click()  # it is open at first: fold it, then unfold it
    browser.one("#c-CH1 > summary").click()
    assert browser.comes(lambda: marked(browser) == {"CH1-1"} and fragment(browser) == "#c-CH1")
    assert browser.in_view(passage) and browser.in_view(browser.one("#c-CH1 > summary"))


@pytest.mark.parametrize("width", [1440, PHONE])
def test_from_a_quote_to_its_place_and_back(browser: Page, report: Path, width: int) -> None:
    browser.open(report, width=width)
    browser.one("#c-CH1 .said a").click()
    passage = browser.one("#e-CH1-1")
    assert browser.comes(lambda: marked(browser) == {"CH1-1"}) and browser.in_view(passage)
    passage.find_element("tag name", "a").click()
    assert browser.comes(lambda: browser.in_view(browser.one("#c-CH1 > summary")))
    assert browser.one("#c-CH1").get_attribute("open") is not None


def test_a_highlight_names_criterion_and_level(browser: Page, report: Path) -> None:
    browser.open(report)
    assert browser.one("#e-CH1-1").get_attribute("title") == "CH1 Other options: mentioned"


def test_the_address_holds_place_and_filter(browser: Page, report: Path) -> None:
    browser.open(report, "#c-CH1;show=below")
    assert browser.one("#filter").get_attribute("value") == "below"
    shown = {c.get_attribute("id") for c in browser.all(".criterion") if c.is_displayed()}
    assert shown == {"c-CH1", "c-HA1"}
    browser.js("document.getElementById('filter').value = 'quoted'")
    browser.js("document.getElementById('filter').dispatchEvent(new Event('change'))")
    assert fragment(browser) == "#c-CH1;show=quoted"
    shown = {c.get_attribute("id") for c in browser.all(".criterion") if c.is_displayed()}
    assert shown == {"c-CH1", "c-CH2"}


def test_the_whole_report_can_be_used_from_the_keyboard(browser: Page, report: Path) -> None:
    browser.open(report)
    quotes = [mark.get_attribute("id") for mark in browser.all("mark[id]")]
    for key, at in (("n", 0), ("j", 1), ("k", 0), ("p", 2)):
        browser.press(key)
        assert browser.comes(lambda at=at: focused(browser) == quotes[at]), (
            f"{key} leads to {focused(browser)}"
        )
    browser.press("c")
    assert browser.comes(lambda: fragment(browser) == f"#c-{quotes[2][2:].rsplit('-', 1)[0]}")
    assert browser.comes(lambda: browser.js("return document.activeElement.closest('.criterion') !== null"))
    browser.press("c")
    assert browser.comes(lambda: fragment(browser).startswith("#e-"))
    assert browser.comes(lambda: browser.js("return document.activeElement.closest('mark') !== null"))
    browser.press("f")
    assert browser.comes(lambda: browser.js("return document.activeElement.id") == "filter")


def test_the_keys_are_explained_and_can_be_turned_off(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.press("?")
    assert browser.one("#keys").is_displayed()
    browser.one("#keys-on").click()
    browser.one("#keys-close").click()
    assert not browser.one("#keys").is_displayed()
    browser.press("n")
    assert fragment(browser) == ""


def test_a_filtered_criterion_is_shown_again_when_asked_for(browser: Page, report: Path) -> None:
    browser.open(report, "#show=below")
    browser.open(report, "#c-CH2;show=below")
    assert browser.comes(lambda: browser.in_view(browser.one("#c-CH2 > summary")))


def test_nothing_leaves_the_page_and_the_console_is_silent(browser: Page, report: Path) -> None:
    browser.open(report)
    for keys in "nnpc?":
        browser.press(keys)
    assert browser.console() == []
    assert {address.split("#")[0] for address in browser.requests()} == {report.as_uri()}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, PHONE])
def test_axe_finds_nothing_against_wcag_2_2_aa(browser: Page, report: Path, width: int, dark: bool) -> None:
    browser.open(report, width=width, dark=dark)
    assert browser.axe() == []
    browser.press("?")
    assert browser.axe() == []


def test_a_phone_shows_it_without_scrolling_sideways(browser: Page, report: Path) -> None:
    browser.open(report, width=PHONE)
    assert browser.js("return document.documentElement.scrollWidth") <= PHONE


def test_everything_prints_in_light_colours_and_folds_up_again(browser: Page, report: Path) -> None:
    browser.open(report, dark=True)
    pdf = pypdfium2.PdfDocument(browser.pdf())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert "A price is argued." in text and "Wrong size advice" in text and "A person decides" in text
    corner = pdf[0].render().to_numpy()[2, 2]
    assert min(corner[:3]) == 255
    assert browser.one("#c-CH2").get_attribute("open") is None


def test_without_its_script_links_still_lead_to_their_places(browser: Page, report: Path) -> None:
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(report, "#e-CH1-1")
        browser.cdp("Emulation.setScriptExecutionDisabled", value=False)
        assert browser.comes(lambda: browser.in_view(browser.one("#e-CH1-1")))
        assert not browser.one("#tools").is_displayed()
    finally:
        browser.cdp("Emulation.setScriptExecutionDisabled", value=False)
