"""What other programs get: all notes with their ids, as each program reads them."""

import csv
import io
import json
from pathlib import Path

import pytest
from author import Author
from commands import run
from other_programs import PNG, imports_text

from deckwright.anki.learner import learner
from deckwright.disk.snapshot import snapshot

SOUND = {
    "id": "klank",
    "question": "Hoe klinkt het?",
    "answer": "Zo: ![hoe het klinkt](media/b.png)",
}


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Return an author with notes of each kind, and a picture."""
    found = Author(tmp_path / "deck")
    found.notes.extend([{**SOUND, "reverse": "true"}, {**SOUND, "id": "som", "question": "=1+1?"}])
    (found.cards / "media").mkdir(parents=True)
    (found.cards / "media" / "b.png").write_bytes(PNG)
    found.save()
    return found


def exported(author: Author, form: str, *options: str) -> Path:
    """Run the command; return the file that it made."""
    file = author.out / f"notes.{form}"
    result = run("export", "--cards", author.cards, "--format", form, *options, file)
    assert result.exit_code == 0, result.output
    return file


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_is_for_excel(author: Author, separator: str) -> None:
    """It begins with the mark that Excel knows UTF-8 by, and no cell of it is a formula."""
    raw = exported(author, "csv", "--separator", separator).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=separator))
    by_id = {row["id"]: row for row in rows}
    assert list(by_id) == ["een", "twee", "drie", "vier", "klank", "som"]
    assert by_id["een"]["answer"] == "Een <strong>getal</strong>."
    assert by_id["drie"]["cloze"].startswith("{{c1::Rood}} en")
    assert [by_id[name]["kind"] for name in ("een", "drie", "klank")] == [
        *("question", "cloze", "reverse")
    ]
    assert by_id["een"]["tags"] == "rij::a"
    assert by_id["een"]["subdeck"] == "1 Deel"
    assert by_id["som"]["question"] == "'=1+1?"


def test_plain_text_has_no_html(author: Author) -> None:
    """Lines stay lines, a picture is what it shows, and no files go with it."""
    file = exported(author, "csv", "--plain")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))}
    assert rows["een"]["answer"] == "Een getal."
    assert rows["twee"]["answer"] == "paar\nstel"
    assert rows["klank"]["answer"].startswith("Zo: ![hoe het klinkt](b-")
    assert list(author.out.iterdir()) == [file]


def test_json_has_a_note_an_object(author: Author) -> None:
    """With id, guid, subdeck, kind, tags, and the fields by role; the files beside it."""
    rows = json.loads(exported(author, "json").read_text("utf-8"))
    guids = {note.note.id: note.guid for note in author.plan().ready.release.notes}  # type: ignore[union-attr]
    assert {row["id"]: row["guid"] for row in rows} == guids
    assert rows[0] == {
        "id": "een",
        "guid": guids["een"],
        "subdeck": "1 Deel",
        "kind": "question",
        "fields": {"question": "Wat is een?", "answer": "Een <strong>getal</strong>."},
        "tags": ["rij::a"],
    }
    (picture,) = (author.out / "media").iterdir()
    assert picture.read_bytes() == PNG
    assert picture.name in rows[-1]["fields"]["answer"]


def test_crowdanki_reads_its_json(author: Author) -> None:
    """Subdecks are children by their last names, and each note finds its note type."""
    author.parts["2-b.yaml"] = {
        "subdeck": "Twee::Onder", "notes": [{"id": "z", "question": "Waar?", "answer": "Daar."}]
    }  # fmt: skip
    author.save()
    deck = json.loads(exported(author, "crowdanki").read_text("utf-8"))
    assert (deck["__type__"], deck["name"]) == ("Deck", "Proef")
    assert [child["name"] for child in deck["children"]] == ["1 Deel", "Twee"]
    assert deck["children"][1]["children"][0]["name"] == "Onder"
    types = {each["crowdanki_uuid"]: each for each in deck["note_models"]}
    notes = deck["children"][0]["notes"]
    made = {note.note.id: note for note in author.plan().ready.release.notes}  # type: ignore[union-attr]
    for note in notes:
        assert len(types[note["note_model_uuid"]]["flds"]) == len(note["fields"])
        assert (note["guid"], note["fields"]) == (
            made[note["fields"][0]].guid,
            list(made[note["fields"][0]].note.fields),
        )
    options = {each["crowdanki_uuid"] for each in deck["deck_configurations"]}
    assert {child["deck_config_uuid"] for child in [deck, *deck["children"]]} == options
    (picture,) = (author.out / "media").iterdir()
    assert deck["children"][0]["media_files"] == [picture.name]


def test_crowdanki_text_is_the_same_twice(author: Author) -> None:
    """So that git shows what changed, and CrowdAnki knows each thing again."""
    assert exported(author, "crowdanki").read_bytes() == exported(author, "crowdanki").read_bytes()


def test_anki_imports_the_text(author: Author, tmp_path: Path) -> None:
    """Anki's own text import finds the notes of the package by guid, and changes what changed."""
    package = author.published()
    author.note("een")["answer"] = 'Een *ander* getal, met "quotes",\ttab.\n\nEn een regel.'
    author.save()
    text = exported(author, "tsv")
    with learner(tmp_path / "anki") as someone:
        someone.imports(package)
        before = {guid: list(note.fields) for guid, note in someone.notes().items()}
        log = imports_text(someone.col, text)
        after = {guid: list(note.fields) for guid, note in someone.notes().items()}
        tags = {guid: set(note.tags) for guid, note in someone.notes().items()}
    made = {note.guid: note.note for note in author.plan().ready.release.notes}  # type: ignore[union-attr]
    assert before.keys() == after.keys() == made.keys()
    assert after == {guid: list(note.fields) for guid, note in made.items()}
    assert tags == {guid: set(note.tags) for guid, note in made.items()}
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert after != before
    with learner(tmp_path / "newcomer") as newcomer:
        assert len(imports_text(newcomer.col, text).missing_notetype) == len(made)


def test_a_deck_with_errors_is_not_exported(author: Author) -> None:
    """Exit code 1, the problems, and no file."""
    author.notes.append({"id": "Fout", "question": "Wat?", "answer": "Dat."})
    author.save()
    result = run("export", "--cards", author.cards, "--format", "csv", author.out / "x.csv")
    assert result.exit_code == 1
    assert "id-malformed" in result.stderr
    assert not author.out.exists()


@pytest.mark.parametrize("name", ["deck.yaml", "new.csv", "media/b.png"])
def test_nothing_is_written_among_the_cards(author: Author, name: str) -> None:
    """Not even over a file that is there: a slip must not cost the deck."""
    seen = snapshot([author.cards])
    result = run("export", "--cards", author.cards, "--format", "csv", author.cards / name)
    assert result.exit_code == 2
    assert snapshot([author.cards]) == seen


def test_what_is_not_exported_is_said(author: Author) -> None:
    """What only check reads is in no format; without any, nothing is said."""
    target = ("export", "--cards", author.cards, "--format", "csv", author.out / "x.csv")
    assert "not in it" not in run(*target, "--lang", "en").output
    author.notes[0].update(kind="waarom", allow={"question-mark": "zo"}, question="Wat is een")
    author.save()
    result = run(*target, "--lang", "en")
    assert "not in it, as no learner sees it: kind, allow" in result.output
