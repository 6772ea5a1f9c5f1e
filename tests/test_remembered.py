"""What was graded before is not graded again, and comes back the same; what has changed is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grader.cache import Cache
from grader.pipeline import Settings, prepare
from grader.schema import Assessment, Document

pytestmark = pytest.mark.usefixtures("counting_scorer")
TEXT = "We chose the cheaper option because nurses wait for an answer; we accept a slower first screen."


@pytest.fixture
def drafts(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"draft-{number}.md" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"# Draft {number}\n\n{TEXT} In week {number}.\n")
    return paths


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache")


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch, counting_scorer: type) -> list[str]:
    """Sources of the documents that are scored, as they are."""
    seen: list[str] = []
    assess = counting_scorer.assess

    def noted(self: object, document: Document) -> Assessment:
        seen.append(document.source)
        result: Assessment = assess(self, document)
        return result

    monkeypatch.setattr(counting_scorer, "assess", noted)
    return seen


def graded(paths: Sequence[Path], settings: Settings) -> list[str]:
    return [repr((g.assessment, g.document, g.scorer)) for g in prepare(paths, settings)]


def test_a_second_run_scores_nothing_and_gives_the_same(
    drafts: list[Path], settings: Settings, scored: list[str]
) -> None:
    without = graded(drafts, replace(settings, cache=None))
    first = graded(drafts, settings)
    del scored[:]
    assert graded(drafts, settings) == first == without
    assert scored == []


def test_only_what_changed_is_scored_again_and_in_its_place(
    drafts: list[Path], settings: Settings, scored: list[str]
) -> None:
    first = graded(drafts, settings)
    drafts[1].write_text(f"# Draft 1\n\n{TEXT} In another week.\n")
    del scored[:]
    second = graded(drafts, settings)
    assert scored == ["draft-1.md"]
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, False, True]


def test_other_settings_or_another_name_are_another_outcome(
    drafts: list[Path], settings: Settings, scored: list[str]
) -> None:
    graded(drafts[:1], settings)
    graded(drafts[:1], replace(settings, kind="prd"))
    graded(drafts[:1], replace(settings, profile="full"))
    drafts[0].rename(drafts[0].with_name("other.md"))
    graded([drafts[0].with_name("other.md")], settings)
    assert scored == ["draft-0.md"] * 3 + ["other.md"]


def test_damage_costs_a_second_grading_only(
    drafts: list[Path], settings: Settings, scored: list[str]
) -> None:
    first = graded(drafts, settings)
    assert settings.cache
    Cache(settings.cache).contents().path.write_bytes(b"nothing of ours" * 999)
    assert graded(drafts, settings) == first
    assert len(scored) == 6


def test_what_failed_is_tried_again(drafts: list[Path], settings: Settings, scored: list[str]) -> None:
    drafts[0].write_text("# Draft\n\nThis will segfault the grader for sure, in ten words or more.\n")
    for _ in range(2):
        assert [g.assessment.status for g in prepare(drafts[:1], settings)] == ["skipped"]
    assert len(scored) == 2


def test_a_file_that_changes_while_it_is_graded_is_not_remembered(
    drafts: list[Path], settings: Settings, scored: list[str]
) -> None:
    batch = prepare(drafts[:1], settings)
    for _ in batch:
        pass
    for graded_now in batch:
        assert graded_now.assessment.sha256
    changing = iter(prepare(drafts[1:], settings))
    next(changing)  # traces are taken
    drafts[2].write_text(f"# Draft 2\n\n{TEXT} In no week at all.\n")
    list(changing)
    del scored[:]
    graded(drafts[2:], settings)
    assert scored == ["draft-2.md"]
