"""One assessment and its document as one HTML file that can be mailed."""

from grader.renderers.changes import top_changes
from grader.renderers.criterion_view import criterion_views
from grader.renderers.document_view import document_parts, drawn_quotes
from grader.renderers.page import page
from grader.renderers.phrases import (
    STATUS_WORDS,
    WANTED_LEVEL,
    band,
    document_name,
    kind_certainty,
    kind_label,
    level_name,
    no_total_because,
    profile_of,
    who_scored,
)
from grader.renderers.report_view import colour_classes, dimension_views, evidence_marks
from grader.schema import Assessment, Document, Rubric, RunInfo


def render_html(document: Document | None, assessment: Assessment, rubric: Rubric, run: RunInfo) -> str:
    """The report page. Without a document (it could not be read) quotes have no links.

    Holds no time of the run: the same assessment gives the same bytes.
    """
    marks = evidence_marks(assessment, rubric, document) if document else {}
    parts = document_parts(document, marks, assessment.flags) if document else []
    changes = top_changes(assessment, rubric, profile_of(assessment, rubric))
    criteria = criterion_views(assessment, rubric, changes, document)
    total = assessment.total
    return page(
        "report.html",
        "report.js",
        a=assessment,
        rubric=rubric,
        run=run,
        document=document,
        parts=parts,
        linked=drawn_quotes(parts),
        name=document_name(assessment),
        kind=kind_label(assessment, rubric),
        kind_certainty=kind_certainty(assessment),
        status="No total" if assessment.status == "graded" else STATUS_WORDS[assessment.status],
        no_total_because=no_total_because(assessment),
        band=band(total, rubric) if total is not None else "",
        dimensions=dimension_views(assessment, rubric, criteria) if assessment.status == "graded" else [],
        changes=changes,
        colours=colour_classes(rubric),
        level_names=[level_name(rubric, level) for level in range(5)],
        wanted=WANTED_LEVEL,
        who_scored=who_scored(assessment),
    )
