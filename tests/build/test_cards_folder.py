"""However a folder is read, from the cache, by workers or plainly: not one byte differs."""

import re
import shutil
from pathlib import Path

import decks
import pytest
from author import Author
from mistakes import MISTAKES
from real_deck import CARDS, clock_after

from deckwright.build import cards_folder, rendered_file
from deckwright.build.cards_folder import Resources, read_cards_folder
from deckwright.build.packages import build_deck
from deckwright.build.plan import BuildOptions
from deckwright.cards.fields import RenderedTexts
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
    marked = name == "real"  # its description is remembered, too
    assert len(list(kept.iterdir())) == len(list(cards.glob("*-*.yaml"))) + marked


def test_problems_are_remembered_as_they_were(large: Path, tmp_path: Path) -> None:
    """Each problem with its place, each note with each of its texts' places."""
    cards, kept = tmp_path / "cards", tmp_path / "kept"
    shutil.copytree(large, cards)
    (cards / "9-stuk.yaml").write_text(MISTAKES, "utf-8")
    plain = read_cards_folder(cards, Resources())
    assert len(plain.reading_problems) + len(plain.note_problems) == 7
    for speed in (Resources(workers=2), Resources(kept, 2), Resources(kept, 1)):
        assert read_cards_folder(cards, speed) == plain


def further_cards(texts: tuple[RenderedTexts, ...]) -> int:
    """Return what texts count for the cards of their notes but the first."""
    return cards_folder.SHOWN * sum(
        (len(each.ordinals) - 1) * len(text.value.encode())
        for each in texts
        for text in each.note.texts().values()
    )


@pytest.mark.parametrize("limit", ["MAX_CARDS", "MAX_BYTES"])
def test_a_deck_has_a_limit(large: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """More cards, or more bytes, than a computer could hold: a problem, and reading ends early."""
    size = sum(path.stat().st_size for path in large.glob("*-deel.yaml"))
    size += 1_500 * len("Deel 1" + "meting::deel-1")
    texts = read_cards_folder(large, Resources()).texts
    size += further_cards(texts)
    most = sum(len(each.ordinals) for each in texts) if limit == "MAX_CARDS" else size
    for allowed, found in ((most, []), (most - 1, ["deck-large"])):
        monkeypatch.setattr(cards_folder, limit, allowed)
        assert [
            problem.code for problem in read_cards_folder(large, Resources()).reading_problems
        ] == found
    assert read_cards_folder(large, Resources()).texts == ()


def test_what_a_file_says_of_all_its_notes_counts_for_each(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three long tags at the top of a file are a megabyte in a package of 2,000 notes."""
    cards = tmp_path / "cards"
    shutil.copytree(large, cards)
    size = sum(path.stat().st_size for path in cards.glob("*-deel.yaml"))
    size += further_cards(read_cards_folder(cards, Resources()).texts)
    monkeypatch.setattr(cards_folder, "MAX_BYTES", size + 500_000)
    assert read_cards_folder(cards, Resources()).reading_problems == []
    tags = ", ".join(f"{each * 150}" for each in "abc")
    for file in cards.glob("*-deel.yaml"):
        file.write_text(re.sub(r"(?m)^tags: .*$", f"tags: [{tags}]", file.read_text("utf-8")))
    found = read_cards_folder(cards, Resources())
    assert [problem.code for problem in found.reading_problems] == ["deck-large"]


@pytest.mark.parametrize(("limit", "most"), [("MAX_CARDS", 99 * 4), ("MAX_BYTES", 900_000)])
def test_each_gap_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """A text with 99 gaps is 99 cards, each with all of it on both sides."""
    author = Author(tmp_path)
    gaps = " ".join(f"woord {{{{c{n}::gat{n}}}}}" for n in range(1, 100))
    author.notes[:] = [{"id": f"n{n}", "cloze": f"{n} {gaps}"} for n in range(1)]
    author.save()
    monkeypatch.setattr(cards_folder, limit, most)
    assert read_cards_folder(author.cards, Resources()).reading_problems == []
    author.notes[:] = [{"id": f"n{n}", "cloze": f"{n} {gaps}"} for n in range(5)]
    author.save()
    found = read_cards_folder(author.cards, Resources()).reading_problems
    assert [problem.code for problem in found] == ["deck-large"]


@pytest.mark.parametrize("limit", ["_MOST_PROBLEMS", "MAX_SECONDS"])
def test_reading_ends(large: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Where a deck has too many problems, or takes too long: one file is read."""
    monkeypatch.setattr(cards_folder, limit, -1)
    found = read_cards_folder(large, Resources())
    assert [problem.code for problem in found.reading_problems] == ["deck-large"]
    assert len(found.texts) == decks.NOTES_PER_FILE


def test_the_next_run_goes_on(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before the time was over is not read again."""
    plain, kept = read_cards_folder(large, Resources()), tmp_path / "kept"
    with monkeypatch.context() as patch:
        patch.setattr(cards_folder, "MAX_SECONDS", -1)
        read_cards_folder(large, Resources(kept))
    (entry,) = kept.iterdir()
    written = entry.stat().st_mtime_ns
    assert read_cards_folder(large, Resources(kept)) == plain
    assert entry.stat().st_mtime_ns == written
    assert len(list(kept.iterdir())) == 6


@pytest.mark.parametrize(
    ("limit", "code"), [("MOST_PROBLEMS", "problems-many"), ("MOST_SECONDS", "file-large")]
)
def test_a_file_ends(large: Path, monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    """A file of which the notes have too many problems, or take too long, is read up to there."""
    monkeypatch.setattr(rendered_file, limit, 0 if limit == "MOST_PROBLEMS" else -1)
    file = large / "1-deel.yaml"
    text = file.read_text("utf-8").replace("?\n", ".\n")
    found = rendered_file.render_file(text.encode(), str(file), "nl")
    assert [problem.code for problem in found.reading_problems] == [code]
    assert len(found.texts) == 1


def test_whoever_waits_is_told(large: Path) -> None:
    """A line for each file, and whether it is remembered."""
    names = sorted(path for path in large.iterdir() if path.name[0].isdigit())
    for remembered in ("", ", from the cache"):
        said: list[str] = []
        read_cards_folder(large, Resources(large.parent / "cache", tell=said.append))
        files = [f"file {n} of 6{remembered}: {name}" for n, name in enumerate(names, 1)]
        assert said == [f"read {large}", *files]
