from grader.renderers.marks import Mark, split

TEXT = "0123456789"


def mark(key: str, start: int, end: int) -> Mark:
    return Mark(key=key, criterion=key[:3], label=key, colour="d1", start=start, end=end)


def drawn(marks: list[Mark], start: int = 0, end: int | None = None) -> list[tuple[str, str, str]]:
    return [
        (piece.text, "".join(m.key for m in piece.marks), "".join(sorted(piece.begins)))
        for piece in split(TEXT, marks, start, end)
    ]


def test_text_without_marks_is_one_piece() -> None:
    assert drawn([]) == [("0123456789", "", "")]


def test_overlapping_marks_are_cut_where_one_begins_or_ends() -> None:
    assert drawn([mark("a", 1, 5), mark("b", 3, 8)]) == [
        ("0", "", ""),
        ("12", "a", "a"),
        ("34", "ab", "b"),
        ("567", "b", ""),
        ("89", "", ""),
    ]


def test_the_longer_of_two_marks_that_begin_together_is_outside() -> None:
    assert drawn([mark("s", 2, 4), mark("l", 2, 6)])[1:3] == [("23", "ls", "ls"), ("45", "l", "")]


def test_a_mark_over_two_cells_begins_only_in_the_first() -> None:
    over_both = [mark("a", 2, 8)]
    assert drawn(over_both, 0, 4) == [("01", "", ""), ("23", "a", "a")]
    assert drawn(over_both, 6, 10) == [("67", "a", ""), ("89", "", "")]


def test_empty_and_outlying_marks_mark_nothing() -> None:
    assert drawn([mark("e", 3, 3), mark("o", 10, 12)]) == [("0123456789", "", "")]


def test_an_empty_text_gives_no_pieces() -> None:
    assert split("", [mark("a", 0, 4)]) == []
