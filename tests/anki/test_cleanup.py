"""The clean-up: what was retired goes, and nothing else, and it does not come back."""

from pathlib import Path

from author import Author

from deckwright.anki.learner import learner


def test_the_clean_up_removes_what_was_retired(tmp_path: Path) -> None:
    """It blanks retired notes and nothing else; Empty Cards then deletes them."""
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        anki.studies(rounds=2)
        author.retires("een")
        author.retires("vier")
        made = author.releases()
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
    """It holds what this release retires; the next one removes it: its notes would come back."""
    author = Author(tmp_path)
    assert author.releases().cleanup is None
    gone = author.retires("vier")
    cleanup = author.releases().cleanup
    assert cleanup
    assert cleanup.exists()
    author.brings_back(gone)
    assert author.releases().cleanup is None
    assert not cleanup.exists()


def test_a_second_clean_up_brings_nothing_back(tmp_path: Path) -> None:
    """After *Empty Cards*, a later clean-up holds other notes; stragglers get all of them."""
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as anki, learner(tmp_path / "straggler") as straggler:
        for someone in (anki, straggler):
            someone.imports(author.releases().package)
        for name in ("een", "vier"):
            author.retires(name)
            made = author.releases()
            anki.imports(made.package)
            assert made.cleanup
            anki.imports(made.cleanup)
            anki.removes_empty_cards()
        assert {note.fields[0] for note in anki.notes().values()} == {"twee", "drie"}
        made = author.releases(clean_up_since=2)
        assert made.cleanup
        straggler.imports(made.package)
        straggler.imports(made.cleanup)
        straggler.removes_empty_cards()
        assert {note.fields[0] for note in straggler.notes().values()} == {"twee", "drie"}
