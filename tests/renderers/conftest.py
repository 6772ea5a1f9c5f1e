"""One small rubric, one hostile document and an assessment of every kind, shared by the renderers' tests."""

from collections.abc import Iterator

import pytest
from headless import Page, chromium

from grader.schema import (
    Assessment,
    Block,
    Criterion,
    CriterionScore,
    Dimension,
    Document,
    Evidence,
    Example,
    Flag,
    Kind,
    KindGuess,
    Level,
    Location,
    Profile,
    Reason,
    Rubric,
    Rung,
    RunInfo,
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Page]:
    """One headless Chromium for all tests; ask for it under the mark `needs_browser`."""
    with chromium() as page:
        yield page


LADDER = ("absent", "mentioned", "specific", "reasoned", "operational")
STEPS = ("Write more on", "Write more on", "Compare", "Put a name on", "Review")
ROW = "Wrong size advice | Returns rise | Hide the advice below 0.6; Mira owns it"


def criterion(id: str, title: str) -> Criterion:
    """A criterion with a full ladder and one strong, one weak and one misleading example."""
    return Criterion(
        id=id,
        title=title,
        description=f"{title} matters.",
        looks_for=title.lower(),
        source="own",
        levels=tuple(
            Level(
                level=n,
                description=f"{title} is {name}.",
                feedback="Seen.",
                missing="A number.",
                next_step=f"{STEPS[n]} {title.lower()}.",
                next_step_for={"story": f"Tell of {title.lower()}."} if n == 0 else {},
            )
            for n, name in enumerate(LADDER)
        ),
        examples=(
            Example(level=1, text="We will watch it.", domain="retail"),
            Example(level=4, text="Looks strong & is not.", domain="retail", near_miss=True),
            Example(level=3, text="Because soil dries in 6 h, we water <twice>.", domain="farming"),
            Example(
                level=4, text="Above 4 °C for 10 min the on-call nurse moves the vials.", domain="health"
            ),
        ),
    )


@pytest.fixture
def rubric() -> Rubric:
    return Rubric(
        id="small",
        version="1.2",
        title="Small rubric",
        description="For tests.",
        source="own",
        hash="ab" * 32,
        ladder=tuple(Rung(level=n, name=name, description=name) for n, name in enumerate(LADDER)),
        dimensions=(
            Dimension(
                id="choices",
                title="Choices",
                description="How it chooses.",
                criteria=(criterion("CH1", "Other options"), criterion("CH2", "Price of the choice")),
            ),
            Dimension(
                id="harm",
                title="Harm & care",
                description="What goes wrong.",
                criteria=(
                    criterion("HA1", "Ways it fails"),
                    criterion("HA2", "Fairness"),
                    criterion("HA3", "Recourse"),
                ),
            ),
        ),
        kinds=(Kind(id="prd", label="Product requirements", description="A plan.", profile="plan"),),
        profiles=(
            Profile(id="full", description="All.", dimensions={"choices": 1, "harm": 1}),
            Profile(
                id="plan",
                description="Plans.",
                dimensions={"choices": 3, "harm": 1},
                criteria={"HA2": 0, "CH2": 2},
                reasons={"HA2": "No person is judged."},
            ),
        ),
    )


@pytest.fixture
def run() -> RunInfo:
    return RunInfo(
        program="0.1.0",
        rubric_id="small",
        rubric_version="1.2",
        rubric_hash="ab" * 32,
        models={"mini": "cd" * 32},
        versions={"python": "3.11.9"},
        settings={"redact": False},
        started="2026-01-02T03:04:05Z",
        finished="2026-01-02T03:04:09Z",
        counts={"graded": 1, "not_scorable": 1, "skipped": 1},
        agreement="Agrees in 61 % of cases.",
    )


@pytest.fixture
def document() -> Document:
    """Headings that skip, a table, a list, code, and text that tries to be markup or to steer a terminal."""
    risks = ("Fit finder", "Risks <b>")
    return Document(
        source="drafts/fit.md",
        format="markdown",
        sha256="ef" * 32,
        title="Fit finder <script>alert(1)</script>",
        blocks=(
            Block(type="front_matter", text="owner: x", location=Location(line=1)),
            Block(type="heading", text="Fit finder", depth=1, location=Location(line=4)),
            Block(
                type="paragraph",
                text="We chose rules over a model because sizes change weekly.",
                path=("Fit finder",),
                location=Location(line=6),
            ),
            Block(type="heading", text="Risks <b>", depth=4, path=("Fit finder",), location=Location(line=8)),
            Block(
                type="table_row",
                text=ROW,
                headers=("Risk", "Impact", "Mitigation"),
                path=risks,
                location=Location(line=12),
            ),
            Block(
                type="table_row",
                text="Only | two",
                headers=("Risk", "Impact", "Mitigation"),
                path=risks,
                location=Location(line=13),
            ),
            Block(
                type="list_item",
                text="\x1b[31mred\x1b[0m \u202etxt.exe",
                depth=1,
                path=risks,
                location=Location(line=15),
            ),
            Block(
                type="list_item",
                text="ask a stylist",
                depth=2,
                checked=True,
                path=risks,
                location=Location(line=16),
            ),
            Block(type="code", text="<img src=http://example.org/x>", path=risks, location=Location(line=18)),
        ),
    )


def quote(document: Document, block: int, text: str, why: str) -> Evidence:
    """Evidence for `text`, which must stand in the block."""
    start = document.blocks[block].text.index(text)
    return Evidence(
        quote=text,
        block=block,
        start=start,
        end=start + len(text),
        why=why,
        location=document.blocks[block].location,
        section=("", *document.blocks[block].path)[-1],
    )


@pytest.fixture
def graded(document: Document) -> Assessment:
    """Two criteria with overlapping quotes, one at zero, one not expected, one not measured."""
    reason = "because sizes change weekly"
    return Assessment(
        source=document.source,
        sha256=document.sha256,
        status="graded",
        title=document.title,
        language="en",
        kind=KindGuess(name="prd", confidence=0.934),
        profile="plan",
        total=45.14,
        total_range=(38.2, 51.9),
        dimensions={"choices": 58.33, "harm": 0.0},
        criteria=(
            CriterionScore(
                id="CH1",
                dimension="choices",
                state="scored",
                level=1,
                value=1.4,
                confidence=0.55,
                reason="An option is named.",
                missing="A comparison.",
                next_step="Weigh =HYPERLINK(rules) against a model.",
                evidence=(quote(document, 2, "We chose rules over a model because", "names two"),),
            ),
            CriterionScore(
                id="CH2",
                dimension="choices",
                state="scored",
                level=3,
                value=2.9,
                confidence=0.82,
                reason="A price is argued.",
                missing="An owner.",
                next_step="Name who decides.",
                evidence=(
                    quote(document, 2, reason, "gives a cause"),
                    quote(document, 4, "Returns rise | Hide the advice", "a price"),
                ),
            ),
            CriterionScore(
                id="HA1",
                dimension="harm",
                state="scored",
                level=0,
                value=0.1,
                confidence=0.7,
                reason="Nothing on it.",
                missing="A failure.",
                next_step="Write one failure.",
            ),
            CriterionScore(id="HA2", dimension="harm", state="not_expected", reason="No person is judged."),
            CriterionScore(id="HA3", dimension="harm", state="not_measured", reason="The slide is an image."),
        ),
        flags=(
            Flag(
                code="hidden_text",
                severity="warning",
                message="Hidden \x1b]0;x\x07text <i>",
                location=Location(line=15),
            ),
            Flag(code="repaired", severity="info", message="Line ends repaired."),
        ),
    )


@pytest.fixture
def not_scorable() -> Assessment:
    return Assessment(
        source="=cmd|calc.md",
        sha256="11" * 32,
        status="not_scorable",
        title="+1 idea",
        reason=Reason(code="too_short", text="Under 80 words of readable text."),
        language="en",
        kind=KindGuess(name="unheard_of", confidence=0.4),
        dimensions={"choices": None, "harm": None},
    )


@pytest.fixture
def skipped() -> Assessment:
    return Assessment.skipped("portfolio.zip", "a/b.pdf", "encrypted", "The file is encrypted; save it open.")


@pytest.fixture
def index(
    graded: Assessment, not_scorable: Assessment, skipped: Assessment, rubric: Rubric, run: RunInfo
) -> str:
    from grader.renderers.html_index import render_index

    links = {0: "reports/fit #1?.html", 1: "javascript:alert(1)"}
    return render_index([graded, not_scorable, skipped], rubric, run, links)
