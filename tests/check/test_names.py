"""TODO."""

from pathlib import Path

import pytest
from author import Author
from checking import GIVEN, codes, question

from deckwright.build.plan import plan_build
from deckwright.release.next_release import Clock


def test_an_id_has_at_most_80_characters(tmp_path: Path) -> None:
    """A file name or a line of the lock must not be cut somewhere."""
    assert codes(tmp_path / "fine", question(id="a" * 80)) == []
    assert codes(tmp_path / "wrong", question(id="a" * 81)) == ["id-malformed"]


@pytest.mark.parametrize(
    ("name", "found"), [("::".join("abcde"), []), ("::".join("abcdef"), ["deck-name"])]
)
def test_levels_of_a_deck(tmp_path: Path, name: str, found: list[str]) -> None:
    """Five levels, and five of a subdeck below them, are what Anki imports."""
    assert codes(tmp_path, {**GIVEN, "question": "Wat nu?"}, name=name) == found


def test_two_decks_that_are_one_to_anki(tmp_path: Path) -> None:
    """Names that differ in capitals, or in how an accent is written."""
    author = Author(tmp_path, [{**GIVEN, "question": "Wat nu?"}])
    for number, name in enumerate(("Café", "café", "Cafe\u0301")):
        note = {**GIVEN, "id": f"n{number}", "question": f"Wat is {name}?"}
        author.parts[f"{number + 2}-deel.yaml"] = {"subdeck": name, "notes": [note]}
    author.save()
    found = [p.code for p in plan_build(author.cards, Clock(author.now)).problems]
    assert found.count("deck-name") == 2


@pytest.mark.parametrize(
    ("key", "found"),
    [("collection", ["id-malformed"]), ("backup-2026", ["id-malformed"]), ("collections", [])],
)
def test_keys_that_anki_takes_for_a_collection(tmp_path: Path, key: str, found: list[str]) -> None:
    """A file of that name would replace all that a learner has."""
    assert codes(tmp_path, {**GIVEN, "question": "Wat nu?"}, key=key) == found


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("kop-concept", ["id-malformed"]),  # whatever the language of this deck
        ("kop-draft", ["id-malformed"]),
        ("kop-aufraeumen", ["id-malformed"]),
        ("concept", []),
        ("kop-concepten", []),
    ],
)
def test_keys_that_name_another_package(tmp_path: Path, key: str, found: list[str]) -> None:
    """In one folder, a build of the deck `kop` would write or remove the package of this one."""
    assert codes(tmp_path, {**GIVEN, "question": "Wat nu?"}, key=key) == found


@pytest.mark.parametrize("tag", ["a*", "a\\b", 'a"b', "a b", "a::", "::a"])
def test_tags_that_anki_cannot_find(tmp_path: Path, tag: str) -> None:
    """Signs that its search takes for something else, and empty levels."""
    note = {"id": "n", "question": "Wat is een bril?", "answer": "Glas.", "tags": [tag]}
    assert codes(tmp_path, note) == ["tag-malformed"]
