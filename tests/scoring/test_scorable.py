"""What is too little, unfilled or in another language to be scored; and what only looks like it."""

import pytest
from samples_at_hand import sample

from grader.analysis.analyse import analyse
from grader.readers import read_document
from grader.schema import Block, Document, Reason
from grader.scoring.scorable import MIN_WORDS, not_scorable

SENTENCE = "The porter opens the yard gate at nine so that the riders can come in from the rain. "


def sentences(count: int, first: int = 1) -> list[str]:
    """No two alike: what is said again counts once."""
    return [f"On day {number}: {SENTENCE}" for number in range(first, first + count)]


def reason(markdown: str) -> Reason | None:
    document = read_document(markdown.encode(), "a.md")
    analysis = analyse(document)
    return not_scorable(document, analysis.scored, analysis.language)


def code(markdown: str) -> str | None:
    found = reason(markdown)
    return found.code if found else None


def test_the_limit_of_words_is_exact_and_said() -> None:
    words = "".join(sentences(6)).split()
    assert code(" ".join(words[:MIN_WORDS])) is None
    found = reason(" ".join(words[: MIN_WORDS - 1]))
    assert found is not None
    assert found.code == "too_short"
    assert f"{MIN_WORDS - 1} readable words" in found.text


def test_headings_and_code_are_no_readable_words_but_lists_and_tables_are() -> None:
    assert (
        code("# " + "".join(sentences(9)) + "\n\nA gate.\n\n```python\n" + "x = open(gate)\n" * 99 + "```\n")
        == "too_short"
    )
    assert code("\n".join("- " + sentence for sentence in sentences(6))) is None
    rows = "\n".join(f"| {sentence} | nine |" for sentence in sentences(6))
    assert code("| what | when |\n|---|---|\n" + rows) is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Der Pförtner öffnet das Tor um neun Uhr, damit die Fahrer aus dem Regen hereinkommen können. ",
            "German",
        ),
        ("Le portier ouvre la grille à neuf heures pour que les cavaliers puissent entrer. ", "French"),
    ],
)
def test_another_language_is_named(sentence: str, name: str) -> None:
    found = reason("".join(f"{number}: {sentence}" for number in range(10)))
    assert found is not None
    assert found.code == "language"
    assert name in found.text


def test_a_language_without_spaces_is_named_and_not_called_too_short() -> None:
    sentence = "雨の日に乗る人が濡れないように、門番は九時に門を開けます。鍵を持つ人は二人だけです。"
    found = reason("\n\n".join(f"{sentence}{number}番目の話です。" * 2 for number in range(8)))
    assert found is not None
    assert (found.code, "Japanese" in found.text) == ("language", True)


def test_a_few_words_in_another_language_are_too_short() -> None:
    assert code("Der Pförtner öffnet das Tor um neun Uhr.") == "too_short"


SECTIONS = ("Problem", "Users", "Goals", "Risks", "Metrics", "Rollout")


def test_an_unfilled_template_is_told_from_a_short_document() -> None:
    assert code(
        "\n\n".join(f"## {s}\n\n[Describe the {s.lower()} of your product here]" for s in SECTIONS)
    ) == ("unfilled_template")
    assert code("\n\n".join(f"## {s}\n\nTBD" for s in SECTIONS)) == "unfilled_template"
    assert code("\n\n".join(f"## {s}" for s in SECTIONS)) == "unfilled_template"


def test_a_half_filled_template_is_scored() -> None:
    filled = [f"## {s}\n\n{''.join(sentences(2, 2 * n))}" for n, s in enumerate(SECTIONS[:3])]
    half = filled + [f"## {s}\n\nTBD" for s in SECTIONS[3:]]
    assert code("\n\n".join(half)) is None


def test_a_list_of_nothing_but_questions_is_a_template() -> None:
    questions = "\n".join(
        f"- What are the {s.lower()} that your product has to know about?" for s in SECTIONS * 3
    )
    assert code("# Checklist\n\n" + questions) == "unfilled_template"


def test_open_questions_after_an_answer_are_scored() -> None:
    answers = "\n\n".join("".join(sentences(2, 2 * n)) for n in range(5))
    questions = "\n".join(f"- Who owns the {s.lower()}?" for s in SECTIONS)
    assert code(f"{answers}\n\n## Open questions\n\n{questions}") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prd-blank-template.md", "unfilled_template"),
        ("prd-fahrradwerkstatt.md", "language"),
        ("note-dog-walking.md", "too_short"),
        ("prd-library-holds.md", None),
        ("postmortem-news-digest.mdx", None),
    ],
)
def test_the_samples_say_why_they_have_no_score(name: str, expected: str | None) -> None:
    document = sample(name)
    analysis = analyse(document)
    found = not_scorable(document, analysis.scored, analysis.language)
    assert (found.code if found else None) == expected


@pytest.mark.parametrize("kind", [None, "comment", "alt_text", "heading", "code"])
def test_a_document_without_prose_is_too_short(kind: str | None) -> None:
    blocks = (Block.model_validate({"type": kind, "text": "the yard gate", "depth": 1}),) if kind else ()
    document = Document(source="a.md", format="markdown", sha256="0" * 64, blocks=blocks)
    analysis = analyse(document)
    found = not_scorable(document, analysis.scored, analysis.language)
    assert found is not None
    assert found.code == "too_short"
