"""The codebook's reading rules as caps, each beside an honest passage that only looks like it."""

import numpy as np
import pytest

from grader.analysis.passages import Passage
from grader.scoring.reading_rules import (
    HYPOTHETICAL,
    KEY_WORDS,
    LIST_OF_WORDS,
    NO_CAP,
    PROMISED,
    QUESTION,
    REPEATED,
    UNDONE,
    Cap,
    apply,
    caps,
)


def all_caps(*texts: str, likely: float = 1.0) -> tuple[Cap, ...]:
    passages = [
        Passage(block=i, start=0, end=len(text), text=text, context="") for i, text in enumerate(texts)
    ]
    return caps(passages, np.full(len(texts), likely))


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("We have not considered bias.", UNDONE),
        ("No monitoring is in place.", UNDONE),
        ("Fairness between dialects has not been assessed.", UNDONE),
        ("Nobody knows how long the gate stays shut. Who pays for it is unclear.", UNDONE),
        ("None of the gates was checked, and no one has compared the two porters.", UNDONE),
        ("The limit will be agreed with the depot.", PROMISED),
        ("Who opens the gate at night is going to be settled after the pilot.", PROMISED),
        ("A good product manager should ask who opens the gate.", HYPOTHETICAL),
        ("Who owns the gate after launch?", QUESTION),
        ("Will riders be told that a model chose the route?", QUESTION),
        ("One could compare the router with simple rules.", HYPOTHETICAL),
        ("It is important to monitor drift.", HYPOTHETICAL),
        ("Teams should test for bias.", HYPOTHETICAL),
        ("Privacy, fairness, safety, security, transparency, accountability, trust", LIST_OF_WORDS),
        ("Consent · data card · label quality · drift · coverage gaps", LIST_OF_WORDS),
    ],
)
def test_what_decides_nothing_is_capped(text: str, cap: Cap) -> None:
    assert all_caps(text) == (cap,)
    assert cap.why


@pytest.mark.parametrize(
    "text",
    [
        "We do not collect location, because matching works on postcode.",
        "We did not test dialects, so the pilot is limited to Leeds.",
        "Nobody outside the depot sees the names.",
        "The limit will be set to 3 % and then agreed with the depot.",
        "The team should be told by the porter when a gate stays shut.",
        "What if the feed is late? We fall back to yesterday's times.",
        "One could argue for more time above 3 % errors; we turn it off, because every hour costs 40 riders.",
        "Ideally a nurse answers within 4 minutes, since after that patients leave.",
        "Postcode, age band, visit count, last visit, ward and shift are stored for 30 days",
        "gate stays shut | riders wait, get wet, miss trains, call us, complain, leave | porter",
        "The porter opens the gate at nine.",
        "Share of gates that stay shut | do porters open them by hand within the hour?",
        "Dialects were not tested with the 14 riders of the pilot; we expect errors 5 points above the others.",
    ],
)
def test_what_decides_something_is_not(text: str) -> None:
    assert all_caps(text) == (Cap(),)


def test_a_passage_counts_once_however_often_it_stands_there() -> None:
    text = "Below 0.6 confidence the draft is hidden and the ticket goes to tier 2."
    assert all_caps(text, text.upper(), "  " + text.replace(" ", "  ")) == (Cap(), REPEATED, REPEATED)


def test_short_and_similar_passages_may_stand_twice() -> None:
    assert all_caps("The porter decides.", "The porter decides.") == (Cap(), Cap())
    first = "Below 0.6 confidence the draft is hidden and the ticket goes to tier 2."
    assert all_caps(first, first.replace("0.6", "0.7")) == (Cap(), Cap())


def test_passages_that_bear_on_nothing_are_not_looked_at() -> None:
    assert all_caps("We have not considered bias.", likely=0.1) == (Cap(),)
    assert all_caps() == ()


def test_a_list_of_key_words_earns_nothing_wherever_it_bears() -> None:
    passages = [Passage(block=n, start=0, end=4, text="Drift", context="") for n in range(2)]
    for likely in (0.0, 1.0):
        assert caps(passages, np.full(2, likely), key_words={1}) == (Cap(), KEY_WORDS)


def test_a_cap_takes_away_the_levels_above_it_and_nothing_else() -> None:
    p = np.array([[[0.9, 0.8, 0.7, 0.6]]] * 3)
    capped = apply([Cap(), Cap(level=1, why="so"), Cap(level=0, why="so")], p)
    assert capped[:, 0].tolist() == [[0.9, 0.8, 0.7, 0.6], [0.9, 0, 0, 0], [0, 0, 0, 0]]
    assert Cap().level == NO_CAP
