import io

from rich.console import Console, RenderableType

from grader.renderers.terminal import check_view, cohort_table, place
from grader.schema import Assessment, Location, Rubric


def printed(renderable: RenderableType, width: int = 100, soft_wrap: bool = True) -> str:
    file = io.StringIO()
    Console(file=file, width=width).print(renderable, soft_wrap=soft_wrap)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_the_findings_of_a_draft(graded: Assessment, rubric: Rubric) -> None:
    assert (
        printed(check_view(graded, rubric))
        == """\
drafts/fit.md  Product requirements
45 of 100 (80 % interval 38–52), on average between mentioned and specific

  Choices      ████████████░░░░░░░░  58
  Harm & care  ░░░░░░░░░░░░░░░░░░░░   0

What would lift the score most
  1. CH2 Price of the choice, reasoned → operational: +12.5 points
     Name who decides.
     Where: build on “Fit finder”, line 6
  2. HA1 Ways it fails, absent → mentioned: +6.2 points
     Write one failure.
     Where: a new passage on ways it fails
  3. CH1 Other options, mentioned → specific: +6.2 points
     Weigh =HYPERLINK(rules) against a model.
     Where: build on “Fit finder”, line 6

drafts/fit.md:15: warning Hidden text <i>
drafts/fit.md: info Line ends repaired.
drafts/fit.md: HA1 absent → specific  Ways it fails
    Nothing on it.
    Write one failure.
drafts/fit.md:6: CH1 mentioned → specific  Other options
    An option is named.
    Weigh =HYPERLINK(rules) against a model.

2 of 3 criteria below specific; 1 not expected here; 1 could not be measured.
Scored by software; a person decides."""
    )


def test_a_higher_wanted_level_finds_more(graded: Assessment, rubric: Rubric) -> None:
    assert "3 of 3 criteria below operational" in printed(check_view(graded, rubric, wanted=4))


def test_nothing_is_lost_on_a_narrow_terminal(graded: Assessment, rubric: Rubric) -> None:
    narrow = printed(check_view(graded, rubric), width=40, soft_wrap=False)
    assert max(len(line) for line in narrow.splitlines()) <= 40
    assert printed(check_view(graded, rubric)).split() == narrow.split()


def test_a_draft_without_a_score_says_why(not_scorable: Assessment, rubric: Rubric) -> None:
    assert printed(check_view(not_scorable, rubric)) == (
        "=cmd|calc.md: not scorable: Under 80 words of readable text."
    )


def test_the_table_of_a_cohort(graded: Assessment, skipped: Assessment, rubric: Rubric) -> None:
    hostile = skipped.model_copy(update={"source": "[bold]\x1b[31mx.zip"})
    assert (
        printed(cohort_table([graded, hostile], rubric), soft_wrap=False)
        == """\

 Document                Kind   Total    80 %   CH   HA   Note
 ──────────────────────────────────────────────────────────────────────────────────────────────────
 drafts/fit.md           prd       45   38–52   58    0   1 flag
 [bold]x.zip › a/b.pdf              –            –    –   skipped: The file is encrypted; save it
                                                          open.

CH Choices HA Harm & care"""
    )


def test_places_are_what_an_editor_opens(graded: Assessment) -> None:
    assert place(graded, Location(line=3)) == "drafts/fit.md:3"
    assert place(graded, Location(line=3, column=9)) == "drafts/fit.md:3:9"
    assert place(graded, Location(page=2, paragraph=4)) == "drafts/fit.md (page 2, paragraph 4)"
    assert place(graded, Location(cell=2, line=4)) == "drafts/fit.md (cell 2, line 4)"
    assert place(graded, None) == "drafts/fit.md"


def test_no_escape_sequence_reaches_a_pipe(graded: Assessment, rubric: Rubric) -> None:
    assert "\x1b" not in printed(check_view(graded, rubric)) + printed(cohort_table([graded], rubric))
