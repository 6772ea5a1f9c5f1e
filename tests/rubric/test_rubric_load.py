"""Loading: what comes out, and what each mistake says."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import RubricError
from grader.rubric import load_rubric, shipped_rubrics

Change = Callable[..., Path]


def message(path: Path | str) -> str:
    with pytest.raises(RubricError) as error:
        load_rubric(path)
    return str(error.value).replace(f"{Path(path).parent}/", "")


def test_dimension_files_are_joined_to_the_main_file(small: Path) -> None:
    rubric = load_rubric(small)
    assert [criterion.id for criterion in rubric.criteria] == ["T1", "T2", "P1"]
    assert [dimension.core for dimension in rubric.dimensions] == [True, False]
    assert rubric.profile("short").criteria == {"T2": 0, "P1": 2}
    assert load_rubric(str(small)) == rubric


def test_the_hash_follows_the_content_and_nothing_else(small: Path, changed: Change) -> None:
    original = load_rubric(small).hash
    assert len(original) == 64
    path = changed("title: Small\n", "title:   'Small'  # no change\n")
    assert load_rubric(path).hash == original
    text = path.read_text(encoding="utf-8")
    for old, new in [("timing: 3", "timing: 3.5"), ("Who does it.", "Who did it."), ("health", "travel")]:
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert load_rubric(path).hash != original


def test_a_dimension_counts_the_same_inline_or_in_its_file(small: Path, changed: Change) -> None:
    dimension = (small.parent / "parts/timing.yaml").read_text(encoding="utf-8").rstrip().split("\n")
    inline = "  - " + "\n    ".join(dimension) + "\n"
    assert load_rubric(changed("  - parts/timing.yaml\n", inline)) == load_rubric(small)


MISTAKES = [
    # schema
    ("title: Small\n", "titel: Small\n", "4: titel: unknown key; did you mean 'title'? "
     "Known: schema, id, version, title, description, source, ladder, dimensions, kinds, profiles"),
    ("title: Small\n", "", "1: title: missing; expected this key"),
    ("title: Small\n", "title: 7\n", "4: title: expected text, found 7; put it in quotes"),
    ("version: 1.0.0", "version: 1.0", "3: version: expected text, found 1.0; put it in quotes"),
    ("title: Small\n", "title:\n", "4: title: expected text, found nothing"),
    ("title: Small\n", "title: Small\nhash: x\n",
     "5: hash: unknown key; the hash is computed from the content"),
    ("schema: 1", "schema: 2", "1: schema: expected 1, found 2"),
    ("core: false", "core: maybe",
     '18: dimensions[people].core: expected true or false, found "maybe"'),
    ("{level: 3, description: And why.", "{level: 5, description: And why.",
     "29: dimensions[people].criteria[P1].levels[level 5].level: expected 4 or less, found 5"),
    ("{level: 3, description: And why.", "{level: -1, description: And why.",
     "29: dimensions[people].criteria[P1].levels[level -1].level: expected 0 or more, found -1"),
    ("{level: 3, description: And why.", "{level: high, description: And why.",
     '29: dimensions[people].criteria[P1].levels[4].level: expected a whole number, '
     'found "high"'),
    ("kinds:\n  -", "kinds:\n  a:", "33: kinds: expected a list, found a mapping"),
    ("profile: short}", "profile: short, signals: {titles: []}}",
     "34: kinds[plan].signals.titles: unknown key; did you mean 'title'? "
     "Known: title, headings, text"),
    ("{timing: 3, people: 1}", "{timing: much, people: 1}",
     '41: profiles[short].dimensions.timing: expected a number, found "much"'),
    ("{timing: 3, people: 1}", "[timing, people]",
     "41: profiles[short].dimensions: expected a mapping of names to values, found a list"),
    ("{level: 2, domain: health, text: Ann looks after the rota.}", "Ann looks after the rota.",
     "32: dimensions[people].criteria[P1].examples[1]: expected a mapping with "
     'level, text, domain, note, near_miss, found "Ann looks after the rota."'),
    # references
    ("id: small", "id: my rubric",
     "2: id: 'my rubric' cannot be an id; expected a letter, then letters, digits, _ or -"),
    ("id: people", "id: timing",
     "15: dimensions[timing].id: dimension 'timing' exists already; expected an id of its own"),
    ("id: P1", "id: T1",
     "20: dimensions[people].criteria[T1].id: criterion 'T1' exists already; "
     "expected an id of its own"),
    ("id: short\n", "id: full\n",
     "39: profiles[full].id: profile 'full' exists already; expected an id of its own"),
    ("  - {level: 3, name: reasoned, description: Argued.}\n", "",
     "7: ladder: level 3 is missing; expected the levels 0 to 4, each once"),
    ("{level: 3, description: And why.", "{level: 2, description: And why.",
     "25: dimensions[people].criteria[P1].levels: level 3 is missing; "
     "expected the levels 0 to 4, each once"),
    ("{level: 0, name: absent, description: Nothing.}\n",
     "{level: 0, name: absent, description: Nothing.}\n  - {level: 0, name: none, description: No.}\n",
     "9: ladder[level 0]: level 0 is there twice; expected the levels 0 to 4, each once"),
    ("profile: short}", "profile: shrot}",
     "34: kinds[plan].profile: unknown profile 'shrot'; did you mean 'short'? Known: full, short"),
    ("next_step: Say why.}", "next_step: Say why., next_step_for: {plann: Say it.}}",
     "28: dimensions[people].criteria[P1].levels[level 2].next_step_for.plann: unknown kind 'plann'; "
     "did you mean 'plan'? Known: plan"),
    ("looks_for: A name.\n", "looks_for: A name.\n        builds_on: P1\n",
     "24: dimensions[people].criteria[P1].builds_on: unknown criterion 'P1'; Known: T1, T2"),
    ("{timing: 3, people: 1}", "{timing: 3, poeple: 1}",
     "41: profiles[short].dimensions.poeple: unknown dimension 'poeple'; did you mean 'people'? "
     "Known: timing, people"),
    ("{T2: 0, P1: 2}", "{T2: 0, p1: 2}",
     "42: profiles[short].criteria.p1: unknown criterion 'p1'; did you mean 'P1'? "
     "Known: T1, T2, P1"),
    ("reasons: {T2:", "reasons: {Z9:",
     "43: profiles[short].reasons.Z9: unknown criterion 'Z9'; Known: T1, T2, P1"),
    ("{timing: 3, people: 1}", "{timing: -3, people: 1}",
     "41: profiles[short].dimensions.timing: weight -3; expected a finite number of 0 or more"),
    ("{T2: 0, P1: 2}", "{T2: .nan, P1: 2}",
     "42: profiles[short].criteria.T2: weight nan; expected a finite number of 0 or more"),
    ("{T2: 0, P1: 2}", "{T2: .inf, P1: 2}",
     "42: profiles[short].criteria.T2: weight inf; expected a finite number of 0 or more"),
    ("id: full\n", "id: all\n",
     "35: profiles: no profile 'full'; expected one in which every criterion counts equally"),
    # files
    ("parts/timing.yaml", "parts/timimg.yaml",
     "14: dimensions[1]: no file 'parts/timimg.yaml'; expected a dimension or the path of its file"),
    ("parts/timing.yaml", "../elsewhere.yaml",
     "14: dimensions[1]: '../elsewhere.yaml' lies outside the rubric's folder; "
     "expected a path beneath it"),
    ("parts/timing.yaml", "/etc/hosts",
     "14: dimensions[1]: '/etc/hosts' lies outside the rubric's folder; expected a path beneath it"),
    ("  - parts/timing.yaml\n", "  - parts/timing.yaml\n  - parts/../parts/timing.yaml\n",
     "15: dimensions[2]: 'parts/../parts/timing.yaml' is listed twice"),
    ("parts/timing.yaml", "x" * 256 + ".yaml",
     f"14: dimensions[1]: no file '{'x' * 256}.yaml'; expected a dimension or the path of its file"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[m[2][:48] for m in MISTAKES])
def test_a_mistake_names_line_key_and_what_was_expected(
    changed: Change, old: str, new: str, expected: str
) -> None:
    assert message(changed(old, new)) == f"rubric.yaml:{expected}"


def test_a_mistake_in_a_dimension_file_names_that_file(changed: Change) -> None:
    path = changed("looks_for: A last day.", "look_for: A last day.", file="parts/timing.yaml")
    assert message(path) == (
        "parts/timing.yaml:23: criteria[T2].look_for: unknown key; did you mean 'looks_for'? "
        "Known: id, title, description, looks_for, not_enough, builds_on, source, terms, levels, examples"
    )


def test_a_dimension_file_must_hold_a_mapping(changed: Change) -> None:
    path = changed("parts/timing.yaml", "parts/list.yaml")
    (path.parent / "parts/list.yaml").write_text("- a\n", encoding="utf-8")
    assert message(path) == (
        "parts/list.yaml:1: expected a mapping with id, title, description, core, criteria, found a list"
    )


def test_a_main_file_must_hold_a_mapping(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- a\n", encoding="utf-8")
    assert message(file) == "list.yaml:1: expected a mapping that begins with 'schema: 1'"


def test_a_rubric_needs_a_dimension_and_a_dimension_a_criterion(changed: Change) -> None:
    path = changed("dimensions: {timing: 3, people: 1}", "dimensions: {}")
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("dimensions:\n  - parts")[0], text[text.index("kinds:") :]
    path.write_text(f"{head}dimensions: []\n{tail}", encoding="utf-8")
    assert message(path) == "rubric.yaml:13: dimensions: is empty; expected at least one dimension"
    path.write_text(
        f"{head}dimensions:\n  - {{id: people, title: P, description: D, criteria: []}}\n{tail}",
        encoding="utf-8",
    )
    assert message(path) == (
        "rubric.yaml:14: dimensions[people].criteria: is empty; expected at least one criterion"
    )


def test_levels_must_stand_in_order(changed: Change) -> None:
    path = changed("{level: 0, name: absent", "{level: 1, name: absent")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{level: 1, name: mentioned", "{level: 0, name: mentioned"), encoding="utf-8"
    )
    assert message(path) == "rubric.yaml:7: ladder: levels in the order 1, 0, 2, 3, 4; expected 0, 1, 2, 3, 4"


def test_an_unknown_id_lists_the_shipped_ones() -> None:
    assert message("decision-hygeine") == (
        "no rubric 'decision-hygeine'; did you mean 'decision-hygiene'? Known: decision-hygiene; "
        "a file needs a path that ends in .yaml"
    )
    assert shipped_rubrics() == ("decision-hygiene",)


def test_weights_of_every_profile_are_finite_once_loaded(small: Path) -> None:
    for profile in load_rubric(small).profiles:
        assert all(map(math.isfinite, (*profile.dimensions.values(), *profile.criteria.values())))


def test_the_next_step_depends_on_the_kind_where_the_rubric_says_so(changed: Change) -> None:
    path = changed("next_step: Say why.}", "next_step: Say why., next_step_for: {plan: Say why now.}}")
    level = load_rubric(path).criteria[2].levels[2]
    assert [level.step_for(kind) for kind in ("plan", "story", None)] == [
        "Say why now.",
        "Say why.",
        "Say why.",
    ]
