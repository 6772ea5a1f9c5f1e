import io

from rich.console import Console, RenderableType

from grader.renderers.terminal import cohort_table
from grader.schema import Assessment, Rubric


def printed(renderable: RenderableType) -> str:
    file = io.StringIO()
    Console(file=file, width=100).print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_the_table_of_a_cohort(graded: Assessment, skipped: Assessment, rubric: Rubric) -> None:
    hostile = skipped.model_copy(update={"source": "[bold]\x1b[31mx.zip"})
    assert (
        printed(cohort_table([graded, hostile], rubric))
        == """\

 Document                Kind   Total    80 %   CH   HA   Note
 ──────────────────────────────────────────────────────────────────────────────────────────────────
 drafts/fit.md           prd       45   38–52   58    0   1 flag
 [bold]x.zip › a/b.pdf              –            –    –   skipped: The file is encrypted; save it
                                                          open.

CH Choices HA Harm & care"""
    )


def test_no_escape_sequence_reaches_a_pipe(graded: Assessment, rubric: Rubric) -> None:
    assert "\x1b" not in printed(cohort_table([graded], rubric))
