from grader.renderers.document_view import document_parts, drawn_quotes
from grader.renderers.marks import Mark
from grader.schema import Block, Document, Flag, Location


def make(*blocks: Block) -> Document:
    return Document(source="a.md", format="markdown", sha256="00", blocks=blocks)


def row(text: str, *headers: str) -> Block:
    return Block(type="table_row", text=text, headers=headers)


def test_rows_with_the_same_headers_make_one_table_and_others_another() -> None:
    parts = document_parts(make(row("1 | 2", "a", "b"), row("3 | 4", "a", "b"), row("5 | 6", "c", "d")), {})
    assert [(p.headers, len(p.items)) for p in parts] == [(("a", "b"), 2), (("c", "d"), 1)]
    assert [[piece.text for piece in cell] for cell in parts[0].items[1].cells] == [["3"], ["4"]]


def test_a_row_that_does_not_fit_its_headers_is_one_cell() -> None:
    parts = document_parts(make(row("x | y | z", "a", "b")), {})
    assert [[piece.text for piece in cell] for cell in parts[0].items[0].cells] == [["x | y | z"]]


def test_an_empty_cell_keeps_its_column() -> None:
    parts = document_parts(make(row("x |  | z", "a", "b", "c")), {})
    assert [[piece.text for piece in cell] for cell in parts[0].items[0].cells] == [["x"], [], ["z"]]


def test_headings_never_skip_a_level() -> None:
    blocks = [Block(type="heading", text=str(depth), depth=depth) for depth in (1, 4, 2, 6, 6)]
    assert [part.heading for part in document_parts(make(*blocks), {})] == [3, 4, 4, 5, 6]


def test_what_is_not_scored_says_so() -> None:
    parts = document_parts(make(Block(type="comment", text="x"), Block(type="paragraph", text="y")), {})
    assert [part.aside for part in parts] == ["Comment", ""]


def test_a_flag_stands_at_the_block_that_begins_before_it() -> None:
    blocks = [Block(type="paragraph", text=str(n), location=Location(line=n)) for n in (3, 7, 12)]
    flags = [
        Flag(code="a", severity="info", message="at 9", location=Location(line=9)),
        Flag(code="b", severity="info", message="before all", location=Location(line=1)),
        Flag(code="c", severity="info", message="nowhere"),
    ]
    parts = document_parts(make(*blocks), {}, flags)
    assert [[flag.message for item in part.items for flag in item.flags] for part in parts] == [
        ["before all"],
        ["at 9"],
        [],
    ]


def test_a_quote_that_begins_between_two_cells_begins_in_the_second() -> None:
    def mark(key: str, start: int, end: int) -> Mark:
        return Mark(key=key, criterion="X", label="", colour="d1", start=start, end=end)

    marks = [mark("between", 2, 7), mark("only the break", 3, 5)]
    parts = document_parts(make(row("abc | def", "a", "b")), {0: [mark("first", 1, 3), *marks]})
    assert drawn_quotes(parts) == {"first", "between"}


def test_a_quote_on_a_cell_break_moves_on() -> None:
    mark = Mark(key="k", criterion="X", label="", colour="d1", start=3, end=7)
    parts = document_parts(make(row("abc | def", "a", "b")), {0: [mark]})
    first, second = parts[0].items[0].cells
    assert [piece.begins for piece in first] == [frozenset()]
    assert [(piece.text, sorted(piece.begins)) for piece in second] == [("d", ["k"]), ("ef", [])]


def test_where_a_page_begins_is_said_once() -> None:
    blocks = [Block(type="paragraph", text="x", location=Location(page=page)) for page in (1, 1, 2)]
    assert [part.turn for part in document_parts(make(*blocks), {})] == ["page 1", "", "page 2"]
    assert [p.turn for p in document_parts(make(Block(type="paragraph", text="x")), {})] == [""]
