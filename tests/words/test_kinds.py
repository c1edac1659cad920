"""Kinds: one list, a Dutch and an English word for each, both accepted everywhere."""

from pathlib import Path

import pytest
from author import Author
from commands import run

from deckwright.source.deck import QuestionNote
from deckwright.words.kinds import PointKind, QuestionKind


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", QuestionKind)
def test_both_words_in_every_deck(tmp_path: Path, kind: QuestionKind, language: str) -> None:
    """A question of a kind is of that kind, whichever word and whichever language it has."""
    author = Author(tmp_path)
    author.settings["language"] = language
    found = []
    for name in (kind.value, kind.dutch):
        author.note("een")["kind"] = name
        note = author.plan().deck.notes[0]  # type: ignore[union-attr]
        assert isinstance(note, QuestionNote)
        found.append(note.kind)
    assert found == [kind, kind]


@pytest.mark.parametrize("kind", PointKind)
def test_both_words_in_every_guide(tmp_path: Path, kind: PointKind) -> None:
    """A point of a guide is of its kind, whichever word its author wrote."""
    author = Author(tmp_path)
    points = [
        {"id": f"punt-{number}", "kind": name, "title": "Een punt"}
        for number, name in enumerate((kind.value, kind.dutch))
    ]
    part = {"id": "deel", "title": "Deel", "points": points}
    author.parts["guide.yaml"] = {"title": "Gids", "parts": [part]}
    guide = author.plan().deck.guide  # type: ignore[union-attr]
    assert guide
    assert [point.kind for point in guide.points()] == [kind, kind]


def test_messages_say_both_words(tmp_path: Path) -> None:
    """A word that is not a kind: the hint lists each kind by both of its words."""
    author = Author(tmp_path)
    author.note("een")["kind"] = "situatei"
    author.save()
    said = run("check", "--cards", author.cards).stdout
    for kind in QuestionKind:
        assert kind.names in said
    assert "if-then (als-dan)" in said
    assert "did you mean 'situatie'?" in said
    assert QuestionKind.DILEMMA.names == "dilemma"
