"""A lost ledger: made again from our package, or from what one learner exported."""

import sqlite3
import time
import zipfile
from pathlib import Path

import pytest
from author import Author
from commands import run
from people import exported

from deckwright.anki.archive import PackageError
from deckwright.anki.learner import learner
from deckwright.anki.package_reader import read_package
from deckwright.release.ledger import LEDGER_NAME


def test_a_lost_ledger_is_made_again(tmp_path: Path) -> None:
    """From the package comes a ledger by which only what changed since counts as changed."""
    author = Author(tmp_path)
    old = author.published()
    ledger = author.cards / LEDGER_NAME
    ledger.unlink()
    author.note("twee")["answer"] = "Een paar."
    author.save()
    result = run("lock", "--from", old, "--cards", author.cards)
    assert result.output.startswith(f"{ledger}: 4 notes")
    assert "lost: notes that were retired" in result.output
    made = author.releases()
    assert (made.changes.changed, made.changes.new) == (["twee"], [])
    assert set(read_package(made.package).notes) == set(read_package(old).notes)
    again = run("lock", "--from", old, "--cards", author.cards)
    assert again.exit_code == 1
    assert "move it away first" in again.output


@pytest.mark.parametrize("learner_exports", [False, True])
def test_the_next_release_follows(tmp_path: Path, *, learner_exports: bool) -> None:
    """By the number in the description: more releases were made than there are times in it."""
    author = Author(tmp_path)
    for number in range(3):
        author.note("een")["answer"] = f"Een getal, {number}."
        package = author.published()
    if learner_exports:
        with learner(tmp_path / "anki") as anki:
            anki.imports(package)
            package = exported(anki, tmp_path / "export.apkg", legacy=False)
    (author.cards / LEDGER_NAME).unlink()
    assert run("lock", "--from", package, "--cards", author.cards).exit_code == 0
    author.note("een")["answer"] = "Een nieuw getal."
    author.save()
    options = ("--cards", author.cards, "--out", author.out)
    result = run("release", "--yes", "--this-time", *options)
    assert "release 4" in result.output, result.output


def test_a_draft_is_no_release(tmp_path: Path) -> None:
    """Learners do not have it, whatever its file is called now."""
    author = Author(tmp_path)
    draft = author.drafts().package.rename(tmp_path / "proef.apkg")
    refused = run("lock", "--from", draft, "--cards", author.cards)
    assert (refused.exit_code, "this package is a draft" in refused.output) == (1, True)
    assert not (author.cards / LEDGER_NAME).exists()


@pytest.mark.parametrize("reverse", [False, True])
def test_the_cards_as_they_were_are_the_release(tmp_path: Path, *, reverse: bool) -> None:
    """Where nothing changed since, a build makes that very release again, to the byte."""
    author = Author(tmp_path)
    author.note("twee")["reverse"] = reverse
    old = author.published()
    (author.cards / LEDGER_NAME).unlink()
    author.recovers(old)
    assert author.drafts(released=True).package.read_bytes() == old.read_bytes()


@pytest.mark.parametrize("legacy", [True, False], ids=["anki21", "anki21b"])
def test_a_note_type_that_lost_a_field_is_refused(tmp_path: Path, *, legacy: bool) -> None:
    """Its texts would go into fields of other names."""
    with learner(tmp_path / "anki") as anki:
        anki.imports(Author(tmp_path).published())
        (name, *_) = anki.note_types()
        model = anki.col.models.by_name(name)
        anki.col.models.remove_field(model, model["flds"][-1])
        anki.col.models.update_dict(model)
        package = exported(anki, tmp_path / "export.apkg", legacy=legacy)
    with pytest.raises(PackageError, match="lacks fields"):
        read_package(package)


@pytest.mark.parametrize("legacy", [True, False], ids=["anki21", "anki21b"])
def test_two_cards_of_a_note_are_known_again(tmp_path: Path, *, legacy: bool) -> None:
    """Also where a learner renamed each note type and added a field and a card: the id tells."""
    author = Author(tmp_path)
    author.note("een")["reverse"] = True
    with learner(tmp_path / "anki") as anki:
        released = author.releases()
        anki.imports(released.package)
        anki.studies()
        anki.adds_template("Mijn kaart", at=author.now + 60)
        anki.adds_field("Mijn veld", at=author.now + 60)
        for name in anki.note_types():
            model = anki.col.models.by_name(name)
            model["name"] = f"Mijn {name}"
            anki.col.models.update_dict(model)
        package = exported(anki, tmp_path / "export.apkg", legacy=legacy)
    read = read_package(package)
    ours = released.ready.types
    assert {each.kind: each.look for each in read.types.values()} == {
        kind: ours[kind].look for kind in ("question", "cloze", "reverse")
    }
    author.now = int(time.time())  # Anki dates another name of a note type by this computer's clock
    (author.cards / LEDGER_NAME).unlink()
    author.note("een").pop("reverse")  # the cards of today do not say it
    author.save()
    result = run("lock", "--from", package, "--cards", author.cards)
    assert result.exit_code == 0, result.output
    assert author.codes() == ["kind-changed"]
    author.note("een")["reverse"] = True
    made = author.releases()
    assert made.ledger.notes["een"].kind == "reverse"
    assert {note.guid for note in made.notes} == {note.guid for note in released.notes}


@pytest.mark.parametrize("legacy", [True, False], ids=["anki21", "anki21b"])
def test_one_learner_saves_the_deck(tmp_path: Path, *, legacy: bool) -> None:
    """An export with reviews, own tags, a correction, an empty card and another deck beside it."""
    author, other = Author(tmp_path / "a"), Author(tmp_path / "b")
    other.settings |= {"key": "ander", "name": "Ander"}
    with learner(tmp_path / "anki") as anki:
        anki.imports(author.releases().package)
        anki.imports(other.releases().package)
        anki.studies()
        anki.tags("van-mij", at=author.now + 60)
        author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
        released = author.releases()
        anki.imports(released.package)
        anki.corrects_guid(released.notes[0].guid, "Bron", "Van mij.", at=author.now + 60)
        before = anki.progress()
        package = exported(anki, tmp_path / "export.apkg", legacy=legacy)
        with pytest.raises(PackageError, match="several decks"):
            read_package(package)
        (author.cards / LEDGER_NAME).unlink()
        result = run("lock", "--from", package, "--cards", author.cards)
        assert result.exit_code == 0, result.output
        made = author.releases()
        assert made.ledger.notes["drie"].used == {"2": ""}
        assert {note.guid for note in made.notes} == {note.guid for note in released.notes}
        anki.imports(made.package)
        assert {card: anki.progress()[card] for card in before} == before


def test_a_ledger_from_another_deck_is_refused(tmp_path: Path) -> None:
    """A package with other note types cannot be where these cards come from."""
    author, other = Author(tmp_path / "a"), Author(tmp_path / "b")
    other.settings["key"] = "ander"
    author.save()
    result = run("lock", "--from", other.published(), "--cards", author.cards)
    assert result.exit_code == 1
    assert "no notes of the deck with the key 'proef'" in result.output
    assert not (author.cards / LEDGER_NAME).exists()


def test_a_package_without_notes_of_ours(tmp_path: Path) -> None:
    """An export of someone who has other decks alone."""
    author = Author(tmp_path)
    package = author.published()
    with zipfile.ZipFile(package) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    database.execute("delete from notes")
    database.commit()
    odd = tmp_path / "odd.apkg"
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("collection.anki2", database.serialize())
    database.close()
    (author.cards / LEDGER_NAME).unlink()
    result = run("lock", "--from", odd, "--cards", author.cards)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)


@pytest.mark.parametrize("tags", [["rij::b"], ["rij::a", "rij::b"], []])
def test_tags_that_changed_since_are_sent(tmp_path: Path, tags: list[str]) -> None:
    """A note of which the tags alone differ is not what learners hold."""
    author = Author(tmp_path)
    old = author.published()
    (author.cards / LEDGER_NAME).unlink()
    author.note("een")["tags"] = tags
    author.save()
    author.recovers(old)
    assert author.releases().changes.changed == ["een"]


def test_a_question_uses_up_no_gaps(tmp_path: Path) -> None:
    """Its one card is no gap that a later edit could bring back."""
    author = Author(tmp_path)
    old = author.published()
    (author.cards / LEDGER_NAME).unlink()
    found = author.recovers(old)
    assert [note.used for note in found.notes.values()] == [{}] * 4
