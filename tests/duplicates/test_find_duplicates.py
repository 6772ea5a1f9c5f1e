"""Pairs that share passages are found with their places; templates, chance and short quotes are not."""

import random
from collections import Counter

from grader.duplicates.find import find_duplicates
from grader.duplicates.index import ENOUGH, Index
from grader.duplicates.prose import prose_of
from grader.duplicates.shingles import all_shingles
from grader.readers import read_document
from grader.schema import Location, NearDuplicate, Prose

WORDS = [f"{a}{b}" for a in "ka lo mi su te ra vo ne".split() for b in "ban dor fil gus hem jat lop".split()]  # noqa: SIM905


def invented(seed: int, words: int = 150) -> str:
    """Words in a random order, the same for the same seed."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def batch(*texts: str | list[str]) -> list[list[Prose]]:
    """Documents of one or more paragraphs, numbered by paragraph."""
    split = [[text] if isinstance(text, str) else text for text in texts]
    return [
        [Prose(text=part, location=Location(paragraph=number)) for number, part in enumerate(parts, 1)]
        for parts in split
    ]


def found(documents: list[list[Prose]]) -> tuple[NearDuplicate, ...]:
    return find_duplicates(lambda number: documents[number], len(documents))


def pairs(documents: list[list[Prose]]) -> list[tuple[int, int]]:
    return [(pair.first, pair.second) for pair in found(documents)]


def test_a_copied_passage_is_told_with_its_places_and_share() -> None:
    copied = invented(1, 80)
    (pair,) = found(batch([invented(2), copied], invented(3), [invented(4, 120), invented(5, 20), copied]))
    assert (pair.first, pair.second, pair.words) == (0, 2, 80)
    assert pair.share == round(80 / 220, 3)
    (passage,) = pair.passages
    assert passage.text == " ".join(copied.split()[:60])
    assert (passage.first.paragraph, passage.second.paragraph) == (2, 3)


def test_other_figures_case_and_marks_hide_nothing() -> None:
    text = " ".join(f"{part} {n} percent," for n, part in enumerate(invented(1).split(), 10))
    changed = text.upper().replace("1", "7").replace(",", ";")
    assert pairs(batch(text, changed)) == [(0, 1)]


def test_a_copy_with_every_twentieth_word_changed_is_told() -> None:
    words = invented(1, 400).split()
    changed = [f"{word}x" if n % 20 == 0 else word for n, word in enumerate(words)]
    assert pairs(batch(" ".join(words), " ".join(changed))) == [(0, 1)]


def test_a_template_that_many_share_is_no_finding() -> None:
    template = invented(1, 200)
    documents = batch(*([template, invented(seed)] for seed in range(2, 12)))
    assert pairs(documents) == []


def test_a_pair_inside_a_cohort_with_a_template_is_told_without_the_template() -> None:
    template, copied = invented(1, 200), invented(50, 90)
    own = [[template, invented(seed)] for seed in range(2, 12)]
    own[3].append(copied)
    own[8].append(copied)
    (pair,) = found(batch(*own))
    assert (pair.first, pair.second, pair.words) == (3, 8, 90)


def test_a_whole_document_copied_by_many_is_told_all_the_same() -> None:
    copied = invented(1, 300)
    documents = batch(*[copied] * 6, *(invented(seed) for seed in range(2, 10)))
    assert len(pairs(documents)) == 15


def test_short_quotes_and_chance_are_no_finding() -> None:
    quote = invented(1, 20)
    assert pairs(batch(f"{invented(2)} {quote} {invented(3)}", f"{invented(4)} {quote} {invented(5)}")) == []
    assert pairs(batch(*(invented(seed, 500) for seed in range(30)))) == []


def test_empty_documents_and_batches_are_no_finding() -> None:
    assert found([]) == ()
    assert found(batch([], [], "one")) == ()


def test_prose_is_what_is_scored() -> None:
    markdown = "# Plan\n\nRiders wait.\n\n[Insert the goal here]\n\n```\ncode\n```\n\n- a point\n"
    prose = prose_of(read_document(markdown.encode(), "a.md"))
    assert [(part.text, part.location.line) for part in prose] == [("Riders wait.", 3), ("a point", 11)]


def test_the_pairs_to_compare_are_those_that_share_enough() -> None:
    drawn = random.Random(7)
    parts = [invented(seed, 24) for seed in range(40)]
    documents = batch(*(drawn.sample(parts, 5) for _ in range(40)))
    index = Index(documents)
    sets = [set(all_shingles(document).tolist()) for document in documents]
    owners = Counter(value for own in sets for value in own)
    assert max(owners.values()) > index.limit, "some are common"
    sets = [{value for value in own if owners[value] <= index.limit} for own in sets]
    enough = {(i, j) for i in range(40) for j in range(i + 1, 40) if len(sets[i] & sets[j]) >= ENOUGH}
    assert 20 < len(enough) < 400
    assert index.pairs() == sorted(enough)
