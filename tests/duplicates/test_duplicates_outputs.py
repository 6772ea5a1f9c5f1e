"""How pairs reach pages and tables: names, places, and cells that no spreadsheet runs."""

from grader.duplicates.flags import flagged
from grader.renderers.duplicates_table import duplicates_frame
from grader.renderers.tables import csv_text
from grader.schema import Assessment, Location, NearDuplicate, SharedPassage

ANN = Assessment.skipped("ann.md", None, "x", "x")
BO = Assessment.skipped("bo.zip", "=1+1.md", "x", "x")
CY = Assessment.skipped("cy.md", None, "x", "x")
PASSAGE = SharedPassage(text="@sum of riders", words=80, first=Location(line=3), second=Location(page=2))
PAIR = NearDuplicate(first=0, second=1, words=80, share=0.4, passages=(PASSAGE,))


def test_both_documents_of_a_pair_are_flagged_where_their_passage_begins() -> None:
    ann, bo, cy = flagged([ANN, BO, CY], [PAIR])
    assert [(f.code, f.severity, str(f.location)) for f in ann.flags] == [
        ("near_duplicate", "info", "line 3")
    ]
    assert "bo.zip: =1+1.md (40 % of" in ann.flags[0].message.replace("40%", "40 %")
    assert str(bo.flags[0].location) == "page 2"
    assert cy is CY


def test_the_table_has_one_row_per_passage_and_no_formula() -> None:
    assert csv_text(duplicates_frame([ANN, BO], [PAIR])).splitlines() == [
        "first,first_member,second,second_member,words,share,passage_words,first_place,second_place,passage",
        "ann.md,,bo.zip,'=1+1.md,80,0.4,80,line 3,page 2,'@sum of riders",
    ]


def test_without_a_pair_the_table_is_its_header() -> None:
    assert csv_text(duplicates_frame([ANN], [])).count("\n") == 1
