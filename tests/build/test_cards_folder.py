"""However a folder is read, from the cache, by workers or plainly: not one byte differs."""

import shutil
from pathlib import Path

import pytest
from mistakes import MISTAKES
from real_deck import CARDS, clock_after

from deckwright.build import cards_folder
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.build.packages import build_deck
from deckwright.build.plan import BuildOptions
from deckwright.problem import Problem


@pytest.mark.parametrize("name", ["large", "real"])
def test_cached_parallel_and_plain_builds_are_equal(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The package and the problems, on a generated deck and on the real one."""
    cards = tmp_path / "cards"
    shutil.copytree(request.getfixturevalue("large") if name == "large" else CARDS, cards)
    kept, clock = tmp_path / "kept", clock_after(cards)

    def made(resources: Resources) -> tuple[bytes, list[Problem]]:
        found, problems = build_deck(
            cards, tmp_path / "out", clock, BuildOptions(resources=resources)
        )
        assert found
        return found.package.read_bytes(), problems

    plain = made(Resources())
    for resources in (Resources(workers=3), *(Resources(kept, number) for number in (2, 1, 2))):
        assert made(resources) == plain
    assert len(list(kept.iterdir())) == len(list(cards.glob("*-*.yaml")))


def test_problems_are_remembered_as_they_were(large: Path, tmp_path: Path) -> None:
    """Each problem with its place, each note with each of its texts' places."""
    cards, kept = tmp_path / "cards", tmp_path / "kept"
    shutil.copytree(large, cards)
    (cards / "9-stuk.yaml").write_text(MISTAKES, "utf-8")
    plain = read_cards_folder(cards, Resources())
    assert len(plain.reading_problems) + len(plain.note_problems) == 7
    for speed in (Resources(workers=2), Resources(kept, 2), Resources(kept, 1)):
        assert read_cards_folder(cards, speed) == plain


@pytest.mark.parametrize("limit", ["MAX_NOTES", "MAX_BYTES"])
def test_a_deck_has_a_limit(large: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """More notes, or more bytes, than a computer could hold: a problem, and reading ends early."""
    size = sum(path.stat().st_size for path in large.glob("*-deel.yaml"))
    most = 1_500 if limit == "MAX_NOTES" else size
    for allowed, found in ((most, []), (most - 1, ["deck-large"])):
        monkeypatch.setattr(cards_folder, limit, allowed)
        assert [
            problem.code for problem in read_cards_folder(large, Resources()).reading_problems
        ] == found
    monkeypatch.setattr(cards_folder, limit, 300)
    assert 0 < len(read_cards_folder(large, Resources()).texts) <= 500


def test_whoever_waits_is_told(large: Path) -> None:
    """A line for each file."""
    said: list[str] = []
    read_cards_folder(large, Resources(tell=said.append))
    assert said == [f"read {number} of 6 files" for number in range(1, 7)]
