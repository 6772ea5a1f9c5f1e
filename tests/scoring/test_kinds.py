"""Recognising the kind of a document, on the samples and on bare words."""

from zipfile import ZipFile

import pytest
from ruamel.yaml import YAML
from samples_at_hand import EXPECTED, SAMPLES, sample

from grader.readers import read_document
from grader.rubric import load_rubric
from grader.schema import Block, Document
from grader.scoring.kinds import recognise_kind

RUBRIC = load_rubric()


def document(title: str, *texts: str) -> Document:
    blocks = (
        Block(type="heading", text=title, depth=1),
        *(Block(type="paragraph", text=text) for text in texts),
    )
    return Document(source="a.md", format="markdown", sha256="0" * 64, title=title, blocks=blocks)


def test_nine_of_ten_samples_are_recognised() -> None:
    guesses = {name: recognise_kind(sample(name), RUBRIC) for name in EXPECTED}
    wrong = [name for name, guess in guesses.items() if guess.name != EXPECTED[name]["kind"]]
    assert len(wrong) <= 0.1 * len(EXPECTED), wrong
    assert all(0 <= guess.confidence <= 1 for guess in guesses.values())


def test_what_fits_no_kind_is_other() -> None:
    guess = recognise_kind(document("Dog walking", "We walk at nine and come back at ten."), RUBRIC)
    assert guess.name == "other"
    assert 0 <= guess.confidence <= 1


def test_an_empty_document_is_other() -> None:
    assert recognise_kind(Document(source="a", format="text", sha256="", blocks=()), RUBRIC).name == "other"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("PRD: yard gate", "prd"),
        ("Postmortem: the gate stayed shut", "postmortem"),
        ("Case study: a yard gate", "case_study"),
        ("Monitoring plan for the yard gate", "monitoring_plan"),
    ],
)
def test_a_title_says_it(title: str, kind: str) -> None:
    sure = recognise_kind(document(title, "Riders wait outside."), RUBRIC)
    assert sure.name == kind
    assert sure.confidence > 0.5


def test_the_words_of_a_title_do_not_hide_in_longer_words() -> None:
    assert recognise_kind(document("Xprdy", "Riders wait."), RUBRIC).name == "other"


def test_the_samples_are_read_from_where_they_say() -> None:
    inside = [name for name in EXPECTED if ".zip/" in name]
    assert inside
    with ZipFile(SAMPLES / "portfolio-noor-haddad.zip") as archive:
        member = inside[0].partition(".zip/")[2]
        assert read_document(archive.read(member), "p.zip", member).blocks == sample(inside[0]).blocks
    assert YAML(typ="safe").load(SAMPLES / "expected.yaml").keys() == EXPECTED.keys()
