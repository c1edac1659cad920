"""A package that learners have already becomes a deck: in the real Anki, they lose nothing."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from adopted_deck import OLD, AdoptedDeck
from commands import run
from other_programs import BASIC, CLOZE, NOTES, REVERSED, OtherDeck

from deckwright.anki.learner import Imported, Learner, learner
from deckwright.anki.package_reader import read_package
from deckwright.release.ledger import LEDGER_NAME

MINE = OLD + 50_000_000
PACKAGES = {"old package": True, "new package": False}


def studied(who: Learner, package: Path) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Import and study a package, and tag it all; returns the progress."""
    who.imports(package)
    who.studies(rounds=2)
    who.tags("mine", at=MINE)
    return who.progress()


def look_of(who: Learner) -> dict[str, list[str]]:
    """Return CSS, fronts and backs of each note type that is not of deckwright."""
    return {
        model["name"]: [
            model["css"],
            *(t[side] for t in model["tmpls"] for side in ("qfmt", "afmt")),
        ]
        for model in who.col.models.all()
        if " · " not in model["name"]
    }


def fronts(who: Learner) -> dict[str, list[str]]:
    """Return the fields of each note by its first one."""
    return {note.fields[0]: note.fields for note in who.notes().values()}


@pytest.mark.parametrize("form", PACKAGES)
def test_who_has_the_old_deck_gets_what_changes(tmp_path: Path, form: str) -> None:
    """No second copy, no review or tag lost; a changed note is updated with default options."""
    deck = AdoptedDeck(tmp_path, legacy=PACKAGES[form])
    result = deck.adopts()
    assert result.exit_code == 0, result.output
    assert "5 notes are adopted" in result.output
    assert f"{deck.cards / LEDGER_NAME}: written" in result.output
    assert "5 of 5 notes are cards now, with 2 pictures and sounds" in result.output
    assert "gets no second copy" in result.output
    assert "to Anki, these are new notes" not in result.output
    first = deck.releases()
    deck.writes("answer: maison", "answer: la maison")
    deck.writes("{{c2::*Italy*::country}}", "{{c2::*Italy*}}, in {{c3::Europe}}")
    second = deck.releases()
    with learner(tmp_path / "idle") as who:
        who.imports(deck.foreign)
        assert who.imports(first) == Imported(0, 0, 5, 0)
    with learner(tmp_path / "who") as who:
        progress = studied(who, deck.foreign)
        types, looks = who.note_types(), look_of(who)
        assert who.imports(first) == Imported(0, 0, 5, 0)
        assert who.progress() == progress
        assert all("mine" in note.tags for note in who.notes().values())
        assert who.imports(second) == Imported(0, 2, 3, 0)
        assert len(who.notes()) == 5
        now = who.progress()
        assert {card: now[card] for card in progress} == progress
        assert len(now) == len(progress) + 1  # the third gap
        assert sum("mine" in note.tags for note in who.notes().values()) == 3
        house = next(note for front, note in fronts(who).items() if front.startswith("House"))
        assert house[1] == "la maison"
        assert (who.note_types(), look_of(who)) == (types, looks)
        assert who.empty_cards() == set()
        assert who.notices() == []
        assert who.imports(second) == Imported(0, 0, 5, 0)


def test_who_is_new_gets_the_same_notes(tmp_path: Path) -> None:
    """In the adopted note types, in our own for a note that came later; and then the old deck."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    first = deck.releases()
    added = "subdeck: New\nnotes:\n  - id: new\n    question: What is new?\n    answer: This.\n"
    (deck.cards / "9-new.yaml").write_text(added, "utf-8")
    deck.writes("answer: maison", "answer: la maison")
    second = deck.releases()
    with learner(tmp_path / "who") as who:
        assert who.imports(first) == Imported(5, 0, 0, 0)
        assert who.note_types() == {BASIC + "+", REVERSED + "+", CLOZE + "+"} or all(
            any(name.startswith(each) for each in (BASIC, CLOZE)) for name in who.note_types()
        )
        assert who.notices() == []
        shown = [card.answer() for card in who.cards()]
        assert any("maison" in each and "House" in each for each in shown)
        progress = studied(who, first)
        assert who.imports(second) == Imported(1, 1, 4, 0)
        assert {card: who.progress()[card] for card in progress} == progress
        assert who.imports(deck.foreign).new == 0
        assert len(who.notes()) == 6
        assert who.missing_media() == []


def test_who_changed_the_note_type_keeps_the_old_note(tmp_path: Path) -> None:
    """As it is said: no change arrives, but no second copy either; merging brings the change."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    deck.writes("answer: maison", "answer: la maison")
    second = deck.releases()
    with learner(tmp_path / "who") as who:
        progress = studied(who, deck.foreign)
        who.adds_field("Mine", at=MINE)
        looks = look_of(who)
        assert who.imports(second) == Imported(0, 0, 0, 5)
        assert (len(who.notes()), who.progress()) == (5, progress)
        who.imports(second, merge=True)
        assert (len(who.notes()), who.progress()) == (5, progress)
        assert any("la maison" in fields for fields in fronts(who).values())
        assert look_of(who) == looks


def test_a_retired_note_is_cleaned_up(tmp_path: Path) -> None:
    """Its cards become empty for who has the old deck."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    path = deck.cards / "2-words.yaml"
    text = path.read_text("utf-8")
    start = text.index("  - id: list")
    path.write_text(text[:start].rstrip() + "\n", "utf-8")
    settings = deck.cards / "deck.yaml"
    settings.write_text(settings.read_text("utf-8") + "retired:\n  list: too long\n", "utf-8")
    package = deck.releases()
    (cleanup,) = deck.out.glob("*cleanup*.apkg")
    with learner(tmp_path / "who") as who:
        studied(who, deck.foreign)
        assert who.imports(package).conflicting == 0
        assert len(who.notes()) == 5
        assert who.imports(cleanup) == Imported(0, 1, 0, 0)
        who.removes_empty_cards()
        assert len(who.notes()) == 4


def test_verify_and_diff_know_adopted_notes(tmp_path: Path) -> None:
    """The real engine finds no harm, and a changed note is one note that changed."""
    same: list[Any] = [
        (BASIC, ["Which one?", answer], "Geo::Words", []) for answer in ("this", "that")
    ]
    deck = AdoptedDeck(tmp_path, [*NOTES, *same])
    deck.adopts()
    first = deck.releases()
    deck.writes("answer: maison", "answer: la maison")
    result = run("verify", "--cards", deck.cards)
    assert result.exit_code == 0, result.output
    assert "gets 0 new and 1 changed notes" in result.output
    second = deck.releases()
    result = run("verify", second, "--from", first)
    assert result.exit_code == 0, result.output
    result = run("diff", first, second)
    assert result.output.count("House") == 1
    notes = read_package(second).notes.values()
    assert sorted(note.id for note in notes) == sorted(
        row["note"] for row in deck.rows() if "note" in row
    )


def test_a_lost_ledger_is_made_again(tmp_path: Path) -> None:
    """From the package that was released; what an Anki exported has no ids of adopted notes."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    package = deck.releases()
    before = deck.rows()
    (deck.cards / LEDGER_NAME).unlink()
    result = run("lock", "--from", package, "--cards", deck.cards)
    assert result.exit_code == 0, result.output
    again = deck.rows()

    def identities(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [(r["note"], r["guid"], r["anki"], r["adopted"]) for r in rows if "note" in r]

    assert identities(again) == identities(before)
    assert [row for row in again if "roles" in row] == [row for row in before if "roles" in row]
    (deck.cards / LEDGER_NAME).unlink()
    with learner(tmp_path / "who") as who:
        who.imports(package)
        from anki.collection import ExportAnkiPackageOptions

        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=True
        )
        file = str(tmp_path / "export.apkg")
        who.col.export_anki_package(out_path=file, options=options, limit=None)
    result = run("lock", "--from", file, "--cards", deck.cards)
    assert result.exit_code == 1
    assert "without the ids of adopted notes" in result.output


def test_a_ledger_never_forgets_adopted_notes(tmp_path: Path) -> None:
    """Who has the old deck exports them as anyone's notes: learners would get a second copy."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    added = "subdeck: New\nnotes:\n  - id: new\n    question: What is new?\n    answer: This.\n"
    (deck.cards / "9-new.yaml").write_text(added, "utf-8")
    package = deck.releases()
    (deck.cards / LEDGER_NAME).unlink()
    exported = tmp_path / "exported.colpkg"
    with learner(tmp_path / "who") as who:
        who.imports(deck.foreign)
        who.imports(package)
        who.col.export_collection_package(str(exported), include_media=True, legacy=True)
    result = run("lock", "--from", exported, "--cards", deck.cards)
    assert result.exit_code == 1
    assert "5 notes beside those of deckwright may be adopted ones" in result.output
    assert not (deck.cards / LEDGER_NAME).exists()


def test_a_text_without_a_field_is_an_error(tmp_path: Path) -> None:
    """Learners would not see it: the message says where it stands, and what they have."""
    deck = AdoptedDeck(tmp_path)
    deck.adopts()
    deck.writes("answer: maison", "answer: maison\n    explanation: It is French.")
    result = run("check", "--cards", deck.cards)
    assert result.exit_code == 1
    said = "error[adopted-field]: learners' note type 'Basic (and reversed card)' has no field for"
    assert f"{said} 'explanation'" in result.output
    assert "write it into question, answer;" in result.output
    deck.writes("explanation: H~2~O", "explanation: H~2~O is water")  # of the cloze: it has a field
    deck.writes("\n    explanation: It is French.", "")
    assert run("check", "--cards", deck.cards).exit_code == 0


def test_notes_of_other_shapes_are_new(tmp_path: Path) -> None:
    """A note type with more cards, or fields, is not adopted; each note is named."""
    other = AdoptedDeck(
        tmp_path, [*NOTES, ("Basic (optional reversed card)", ["Sun?", "A star."], "A", [])]
    )
    result = other.adopts()
    assert "5 notes are adopted" in result.output
    assert "Sun?: not adopted: its note type has other cards" in result.output
    first = other.releases()
    assert len(read_package(first).notes) == 6
    with learner(tmp_path / "who") as who:
        studied(who, other.foreign)
        assert who.imports(first) == Imported(1, 0, 5, 0)


def test_named_fields_are_adopted(tmp_path: Path) -> None:
    """A field that has no text here is lost with a change, as it was said; the others stay."""
    maker = OtherDeck(tmp_path / "maker", [])
    maker.type("Words", ["Where", "Word", "Meaning"])
    model = maker.col.models.by_name("Words")
    model["tmpls"][0].update(qfmt="{{Word}}", afmt="{{Meaning}}")
    maker.col.models.update_dict(model)
    maker.add("Words", ["p. 1", "casa", "house"], "Geo", [])
    maker.add("Words", ["p. 2", "perro", "dog"], "Geo", [])
    maker.col.db.execute("update notes set mod = ?", OLD)
    deck = AdoptedDeck(tmp_path, [])
    deck.foreign = maker.package(legacy=False)
    result = deck.adopts("--fields", "Word=question,Meaning=answer")
    assert "2 notes are adopted" in result.output
    deck.writes("answer: house", "answer: a house")
    package = deck.releases()
    with learner(tmp_path / "who") as who:
        studied(who, deck.foreign)
        assert who.imports(package) == Imported(0, 1, 1, 0)
        found = sorted(note.fields for note in who.notes().values())
        assert found == [["", "casa", "a house"], ["p. 2", "perro", "dog"]]


def test_only_one_package_without_a_ledger(tmp_path: Path) -> None:
    """A table says nothing of note types; a deck that learners have is theirs already."""
    deck = AdoptedDeck(tmp_path)
    (tmp_path / "list.csv").write_text("a,b\n", "utf-8")
    for files in ([tmp_path / "list.csv"], [deck.foreign, deck.foreign]):
        result = run("import", *files, "--adopt", "--cards", deck.cards)
        assert result.exit_code == 1
        assert "--adopt takes one .apkg or .colpkg" in result.output
        assert not deck.cards.exists()
    deck.adopts()
    result = deck.adopts()
    assert result.exit_code == 1
    assert "adopt into a folder without a ledger" in result.output


def test_a_package_of_deckwright_is_not_adopted(tmp_path: Path) -> None:
    """Its note types have their own way back: the ledger from the package."""
    deck = AdoptedDeck(tmp_path)
    assert run("import", deck.foreign, "--cards", deck.cards).exit_code == 0
    run("release", "--cards", deck.cards, "--out", deck.out, "--yes", "--first", "--allow-warnings")
    (package,) = deck.out.glob("geo-????.apkg")
    result = run("import", package, "--adopt", "--cards", tmp_path / "again")
    assert "not adopted: deckwright made its package" in result.output
    assert not (tmp_path / "again" / LEDGER_NAME).exists()


def test_the_package_of_deckwright_is_imported(tmp_path: Path) -> None:
    """By the roles of its fields, whatever they are called; the ids stay."""
    deck = AdoptedDeck(tmp_path)
    assert run("import", deck.foreign, "--cards", deck.cards).exit_code == 0
    options = ("--yes", "--first", "--allow-warnings", "--cards", deck.cards)
    assert run("release", *options, "--out", deck.out).exit_code == 0
    (package,) = deck.out.glob("geo-????.apkg")
    with learner(tmp_path / "who") as who:
        who.imports(package)
        exported = tmp_path / "exported.colpkg"
        who.col.export_collection_package(str(exported), include_media=True, legacy=False)
    for number, file in enumerate((package, exported)):
        again = tmp_path / f"again-{number}"
        result = run("import", file, "--cards", again)
        assert "5 of 5 notes are cards now" in result.output
        for part in ("1-flags.yaml", "2-words.yaml"):
            one, other = ((each / part).read_text("utf-8") for each in (deck.cards, again))
            assert re.findall("id: .*", one) == re.findall("id: .*", other)
            assert one.count("reverse: true") == other.count("reverse: true")


NO_GUID = "not adopted: it has no guid of its own"
# What is changed of the first note, or of all, and what is said then.
ODD: dict[str, tuple[str, str]] = {
    "a guid of bytes": ("set guid = x'07' where id = ?", "is not as Anki writes it"),
    "no guid": ("set guid = '' where id = ?", NO_GUID),
    "a guid twice": ("set guid = 'twice' where id >= ?", NO_GUID),
    "a guid with a line end": ("set guid = char(97, 10) where id = ?", NO_GUID),
    "a clock that was ahead": ("set mod = 1 << 62 where id >= ?", "who wrote it was ahead"),
    "a time before there was Anki": ("set mod = -5 where id >= ?", "5 notes are adopted"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_packages(tmp_path: Path, name: str) -> None:
    """What no Anki wrote is said; a ledger that is written can be read."""
    change, said = ODD[name]
    deck = AdoptedDeck(tmp_path, legacy=True)
    odd = tmp_path / "odd.apkg"
    with zipfile.ZipFile(deck.foreign) as old, zipfile.ZipFile(odd, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each.startswith("collection"):
                collection = sqlite3.connect(":memory:")
                collection.deserialize(content)
                (first,) = collection.execute("select min(id) from notes").fetchone()
                collection.execute(f"update notes {change}", (first,))
                collection.commit()
                content = collection.serialize()
                collection.close()
            new.writestr(each, content)
    deck.foreign = odd
    result = deck.adopts()
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert said in result.output
    if (deck.cards / LEDGER_NAME).exists():
        check = run("check", "--cards", deck.cards)
        assert check.exit_code == 0, check.output
        deck.releases()


def test_without_adopting_nothing_is_written_of_it(tmp_path: Path) -> None:
    """Ledger and package say nothing of adopted notes; the ledger has the version of before."""
    deck = AdoptedDeck(tmp_path)
    run("import", deck.foreign, "--cards", deck.cards)
    run("release", "--cards", deck.cards, "--out", deck.out, "--yes", "--first", "--allow-warnings")
    assert deck.rows()[0]["deckwright ledger"] == 2
    assert not any("adopted" in row for row in deck.rows())
    (package,) = deck.out.glob("geo-????.apkg")
    with zipfile.ZipFile(package) as archive, sqlite3.connect(":memory:") as collection:
        collection.deserialize(archive.read("collection.anki2"))
        ((models,),) = collection.execute("select models from col").fetchall()
        assert "deckwright" not in {key for model in json.loads(models).values() for key in model}
        assert collection.execute("select distinct data from notes").fetchall() == [("",)]
    collection.close()
