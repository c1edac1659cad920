"""TODO."""

from pathlib import Path

from author import Author

from deckwright.anki.learner import learner


def test_the_clean_up_removes_what_was_retired(tmp_path: Path) -> None:
    """It blanks retired notes and nothing else; Empty Cards then deletes them."""
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.builds().package)
        anki.studies(rounds=2)
        author.notes.pop(0)
        author.notes.pop()
        made = author.builds()
        assert made.cleanup == author.out / "proef-opruimen.apkg"
        anki.imports(made.package)
        before = anki.progress()
        log = anki.imports(made.cleanup)
        assert (log.new, log.updated, log.conflicting) == (0, 2, 0)
        assert anki.progress() == before
        for name in ("een", "vier"):
            (card,) = anki.note(name).cards()
            assert "Deze kaart is vervallen." in card.question()
        anki.removes_empty_cards()
        assert {note.fields[0] for note in anki.notes().values()} == {"twee", "drie"}
        kept = anki.progress()
        assert kept == {key: before[key] for key in kept}


def test_no_clean_up_without_retired_notes(tmp_path: Path) -> None:
    """When the last retired note comes back, the clean-up that would blank it goes."""
    author = Author(tmp_path)
    assert author.builds().cleanup is None
    gone = author.notes.pop()
    cleanup = author.builds().cleanup
    assert cleanup
    assert cleanup.exists()
    author.notes.append(gone)
    assert author.builds().cleanup is None
    assert not cleanup.exists()
