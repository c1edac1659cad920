"""The real engine of Anki: what learners get, and what a new build costs them."""

import copy
import shutil
from collections import Counter
from pathlib import Path

import pytest
from author import NOTES, Author
from real_deck import CARDS, clock_after

from deckwright.anki.learner import Imported, learner
from deckwright.build.packages import build_deck
from deckwright.build.plan import plan_build


def test_everything_arrives_as_meant(tmp_path: Path) -> None:
    """Notes, fields, tags, cards, decks and study order in Anki are those of the real deck."""
    planned = plan_build(CARDS, clock_after(CARDS))
    assert planned.ready, planned.problems
    folder = tmp_path / "cards"
    shutil.copytree(CARDS, folder)
    made, _ = build_deck(folder, tmp_path, clock_after(CARDS))
    assert made
    meant = [stamped.note for stamped in made.release.notes]
    with learner(tmp_path / "a") as anki:
        assert anki.imports(made.package) == Imported(len(meant), 0, 0, 0)
        notes = {note.fields[0]: note for note in anki.notes().values()}
        assert {name: tuple(note.fields) for name, note in notes.items()} == {
            note.id: note.fields for note in meant
        }
        assert {name: set(note.tags) for name, note in notes.items()} == {
            note.id: set(note.tags) for note in meant
        }
        got = [
            (card.due, note.fields[0], card.ord, anki.col.decks.name(card.did))
            for note in notes.values()
            for card in note.cards()
        ]
        assert sorted(got) == [
            (due, note.id, number, note.deck)
            for due, note in enumerate(meant, 1)
            for number in note.ordinals
        ]
        top = anki.col.decks.by_name(planned.ready.deck.name.value)
        assert top
        assert "medemenselijkheid" in top["desc"]
        names = [field["name"] for field in notes["definitie-in-een-zin"].note_type()["flds"]]  # type: ignore[index]
        assert names == [
            "Sleutel", "Thema", "Situatie", "Vraag", "Hint",
            "Antwoord", "Toelichting", "Bron", "Reserve 1", "Reserve 2",
        ]  # fmt: skip
        assert anki.col.fix_integrity()[1], "Check Database finds something to repair"


def test_an_edit_costs_nothing(tmp_path: Path) -> None:
    """After an edit: no duplicate, reviews, own tags and correction kept, the edit there."""
    author = Author(tmp_path)
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.studies(rounds=3)
        anki.tags("van-mij marked", at=author.now + 60)
        anki.corrects("drie", "Toelichting", "Mijn eigen uitleg.", at=author.now + 90)
        before, types = anki.progress(), anki.note_types()

        author.note("een")["answer"] = "Het eerste getal."
        assert anki.imports(author.releases().package) == Imported(0, 1, len(NOTES) - 1, 0)

        assert anki.note("een")["Antwoord"] == "Het eerste getal."
        assert anki.progress() == before
        assert anki.note_types() == types
        assert anki.note("drie")["Toelichting"] == "Mijn eigen uitleg."
        assert all(
            {"van-mij", "marked"} <= set(note.tags)
            for note in anki.notes().values()
            if note.fields[0] != "een"
        )
        # Anki itself takes the tags of a replaced note from the package; the README says so.
        assert set(anki.note("een").tags) == {"rij::a"}


def test_a_build_without_an_edit_changes_nothing(tmp_path: Path) -> None:
    """A learner who imports the same content again keeps everything, own CSS too."""
    author = Author(tmp_path)
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        anki.tags("van-mij", at=author.now + 60)
        mine = anki.col.models.by_name("proef · vraag")
        assert mine
        mine["css"] += ".mine{}"
        anki.col.models.update_dict(mine)
        before = anki.progress()

        assert anki.imports(author.releases().package) == Imported(0, 0, len(NOTES), 0)

        assert anki.progress() == before
        assert all("van-mij" in note.tags for note in anki.notes().values())
        mine = anki.col.models.by_name("proef · vraag")
        assert mine
        assert mine["css"].endswith(".mine{}")


def test_new_notes_arrive_and_order_and_ids_hold(tmp_path: Path) -> None:
    """A note put in front gets cards of its own; the others keep their ids and reviews."""
    author = Author(tmp_path)
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        before = anki.progress()
        author.notes.insert(0, {"id": "nul", "question": "Wat is nul?", "answer": "Niets."})
        assert anki.imports(author.releases().package) == Imported(1, 0, len(NOTES), 0)
        after = anki.progress()
        assert {key: after[key] for key in before} == before
        assert [card.due for card in anki.note("nul").cards()] == [1]


@pytest.mark.parametrize("back_after", [1, 3])
def test_a_retired_note_comes_back(tmp_path: Path, back_after: int) -> None:
    """A note that was away for some builds is the same note for a learner when it returns."""
    author = Author(tmp_path)
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        before = anki.progress()
        gone = author.retires("twee")
        for _ in range(back_after):
            made = author.releases()
        assert '"retired"' in author.ledger_text()
        anki.imports(made.package)
        author.brings_back({**gone, "answer": "- paar"})
        assert anki.imports(author.releases().package) == Imported(0, 1, len(NOTES) - 1, 0)
        assert anki.progress() == before
        assert '"retired"' not in author.ledger_text()


def test_new_cloze_numbers_become_new_cards(tmp_path: Path) -> None:
    """A gap that is added gets a card; the gaps that were there keep their reviews."""
    author = Author(tmp_path)
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.studies()
        before = anki.progress()
        author.note("vier")["cloze"] = (
            "{{c2::Water}} kookt altijd aan zee bij {{c1::honderd}} graden."
        )
        anki.imports(author.releases().package)
        after = anki.progress()
        assert set(after) - set(before) == {(anki.note("vier").guid, 1)}
        assert {key: after[key] for key in before} == before


def test_two_decks_share_nothing(tmp_path: Path) -> None:
    """Decks with different keys stand side by side, though their notes have the same ids."""
    one, two = Author(tmp_path / "one"), Author(tmp_path / "two", copy.deepcopy(NOTES))
    two.settings |= {"key": "ander", "name": "Ander"}
    with learner(tmp_path / "a") as anki:
        anki.imports(one.releases().package)
        assert anki.imports(two.releases().package) == Imported(len(NOTES), 0, 0, 0)
        decks = Counter(
            anki.col.decks.name(anki.col.get_card(card).did) for card in anki.col.find_cards("")
        )
        assert decks == {"Proef::1 Deel": 5, "Ander::1 Deel": 5}


def test_who_adds_a_card_has_it_on_each_note_but_a_cloze(tmp_path: Path) -> None:
    """As Anki lets people do it: the learner whom `verify` plays is one who could be there."""
    author = Author(tmp_path)
    author.note("een")["reverse"] = True
    with learner(tmp_path / "a") as anki:
        anki.imports(author.releases().package)
        anki.adds_template("Mijn kaart", at=author.now)
        assert {note.fields[0]: len(note.cards()) for note in anki.notes().values()} == {
            "een": 3, "twee": 2, "drie": 2, "vier": 1,
        }  # fmt: skip
        assert {note.mod for note in anki.notes().values()} == {author.now}
