"""Whatever the rubric measures, a text about a product is told from a story, a letter or a manual."""

import numpy as np
import pytest

from grader.analysis.embedding import SentenceEncoder
from grader.rubric import load_rubric
from grader.scoring.product import Encode, about_a_product

PRODUCTS = {
    "decision": """
We route incoming tickets of the housing office to one of nine desks. We looked at rules on key words, at a
small classifier and at doing nothing. Rules send 61 % of tickets to the right desk, the classifier 84 %. We
took the classifier, because each wrong desk costs a tenant two days. Below 0.6 confidence the ticket goes to
the general desk.
""",
    "bare description": """
Pantry Pal is an app that shows what is in your kitchen. You scan the receipt, and the app fills a list of what
you have. It shows recipes that fit. Families can share a list. The app has a clean look with green colours. A
bell reminds you of milk and bread. The next version will have a dark mode and more languages.
""",
}
OTHERS = {
    "story": """
Marta climbed the stairs slowly, counting each of them as her grandfather had taught her. The wind pressed
against the windows and somewhere below a door kept knocking. She remembered the summer when the boats had come
home without her father. "Not yet," said a voice behind her. She turned, but there was only the sea, grey and
patient.
""",
    "letter": """
Thank you for your long letter and for the photographs of the garden. The children laughed about the cat in the
wheelbarrow. Here it has rained for two weeks and the cellar is wet again. On Sunday we ate your plum jam. Do
you still plan to come at Easter? Write soon, and give my love to Paul and the little ones.
""",
    "manual": """
Fastgrid is a small library for sparse grids. Install it with pip. Import Grid, create one with a shape, and set
values by index. Slices return views. All methods raise IndexError when an index is outside. The functions are
not thread safe. The licence is MIT. Run the tests before you open a pull request.
""",
    "travel report": """
We arrived by train at noon and walked along the river to the old town. For lunch we had struklji in a courtyard
behind the market. In the afternoon we took the funicular to the castle. On the second day we rented bicycles
and rode to the marshes, where storks stood in the meadows. We will be back in autumn.
""",
}
NOTHING_BEARS = np.zeros((3, 2, 4))
NO_KINDS = ()


@pytest.fixture(scope="module")
def encode() -> Encode:
    return SentenceEncoder()


@pytest.mark.parametrize("kinds", [load_rubric().kinds, NO_KINDS], ids=["shipped", "a rubric without kinds"])
@pytest.mark.parametrize("name", [*PRODUCTS, *OTHERS])
def test_a_product_is_told_from_other_texts(name: str, kinds: tuple, encode: Encode) -> None:  # type: ignore[type-arg]
    texts = ({**PRODUCTS, **OTHERS}[name]).strip().replace("\n", " ").split(". ")
    assert about_a_product(NOTHING_BEARS, texts, kinds, lambda: encode) is (name in PRODUCTS)


def test_a_text_that_bears_on_many_criteria_needs_no_encoder() -> None:
    assert about_a_product(np.ones((1, 6, 4)), ["anything"], NO_KINDS, lambda: pytest.fail("loaded"))
