"""A comparison as one self-contained HTML page."""

from grader.renderers.comparison_view import document_views, moves, said_of_all
from grader.renderers.page import page
from grader.schema import Rubric
from grader.schema.comparison import Comparison


def render_html(comparison: Comparison, rubric: Rubric) -> str:
    """The page; documents are collapsed where there are several."""
    views = document_views(comparison, rubric)
    return page(
        "comparison.html",
        None,
        styles=("page.css", "comparison.css"),
        comparison=comparison,
        views=views,
        moves=moves(comparison, rubric) if len(views) > 1 else [],
        notes=said_of_all(comparison),
    )
