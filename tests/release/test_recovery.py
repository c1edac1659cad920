"""TODO."""

from pathlib import Path

from author import Author
from commands import run

from deckwright.anki.package_reader import read_package


def test_a_lost_lock_is_made_again(tmp_path: Path) -> None:
    """From the package comes a lock by which only what changed since counts as changed."""
    author = Author(tmp_path)
    old = author.published()
    (author.cards / "deck.lock").unlink()
    author.note("twee")["answer"] = "Een paar."
    author.save()
    result = run("lock", "--from", old, "--cards", author.cards)
    assert result.output.startswith(f"{author.cards}/deck.lock: 4 notes")
    made = author.builds()
    assert made.changes.changed == ["twee"]
    assert made.changes.new == []
    assert set(read_package(made.package).notes) == set(read_package(old).notes)
    again = run("lock", "--from", old, "--cards", author.cards)
    assert again.exit_code == 1
    assert "move it away first" in again.output


def test_a_lock_from_another_deck_is_refused(tmp_path: Path) -> None:
    """A package with other note types cannot be where these cards come from."""
    author, other = Author(tmp_path / "a"), Author(tmp_path / "b")
    other.settings["key"] = "ander"
    author.save()
    result = run("lock", "--from", other.published(), "--cards", author.cards)
    assert result.exit_code == 1
    assert "of another deck" in result.output
    assert not (author.cards / "deck.lock").exists()
