"""The next release: which notes get a new time, and that nothing else ever reaches a learner."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from author import Author

from deckwright.anki.package_reader import read_package
from deckwright.cards import note_types
from deckwright.cards.markdown_renderer import MarkdownRenderer, RenderedText
from deckwright.release.ledger import EARLIEST, WEEK, Ledger
from deckwright.release.next_release import Clock
from deckwright.source.deck import Text
from deckwright.words.language import language


def times(author: Author) -> dict[str, int]:
    """Return the time of each note in the package of the last release."""
    return {
        note.id: note.modified for note in read_package(author.out / "proef.apkg").notes.values()
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("question", "Wat is één?"),
        ("answer", "Een getal."),
        ("hint", "Begin."),
        ("explanation", "Zo is het."),
        ("source", "Deel 1"),
        ("case", "Je telt."),
        ("theme", "Tellen"),
        ("tags", ["rij::b"]),
    ],
)
def test_what_a_learner_sees_changes_the_time(tmp_path: Path, key: str, value: object) -> None:
    """An edit of any text or tag sends that note and no other."""
    author = Author(tmp_path)
    author.releases()
    before = times(author)
    author.note("een")[key] = value
    made = author.releases()
    assert made.changes.changed == ["een"]
    after = times(author)
    assert {name for name in after if after[name] != before[name]} == {"een"}
    assert after["een"] == author.now


@pytest.mark.parametrize(
    "edit",
    [
        {"answer": "Een __getal__."},
        {"answer": "Een **getal**.  "},
        {"kind": "waarom"},
        {"tags": ["rij::a", "rij::a"]},
        {"covers": "rekenen"},
    ],
)
def test_what_a_learner_does_not_see_changes_nothing(tmp_path: Path, edit: dict[str, Any]) -> None:
    """Another spelling, a kind, doubled tags, what a note covers, and the order of notes."""
    author = Author(tmp_path)
    author.parts["guide.yaml"] = {
        "title": "Gids",
        "parts": [
            {
                "id": "deel",
                "title": "Deel",
                "points": [{"id": "rekenen", "kind": "feit", "title": "Rekenen"}],
            }
        ],
    }
    author.releases()
    before = times(author)
    author.note("een").update(edit)
    assert author.releases().changes.changed == []
    author.notes.reverse()
    assert author.releases().changes.changed == []
    assert times(author) == before


def test_a_list_of_stars_is_a_list_of_hyphens(tmp_path: Path) -> None:
    """Another spelling of the same HTML reaches nobody, and the release stays the release."""
    author = Author(tmp_path)
    author.releases()
    first = author.ledger_text()
    author.note("twee")["answer"] = "* paar\n* stel"
    assert author.releases().ready.release.is_out
    assert author.ledger_text() == first


def test_a_picture_with_another_name_but_the_same_bytes(tmp_path: Path) -> None:
    """`kop.svg` becomes `Kop.svg`: learners have that picture."""
    author = Author(tmp_path)
    media = author.cards / "media"
    media.mkdir(parents=True)
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'
    (media / "kop.svg").write_text(svg, "utf-8")
    author.note("een")["answer"] = "![Een kop](media/kop.svg)"
    author.releases()
    (media / "kop.svg").rename(media / "Kop.svg")
    author.note("een")["answer"] = "![Een kop](media/Kop.svg)"
    assert author.releases().changes.changed == []


def test_a_newer_renderer_reaches_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of Markdown writes other HTML: the package is the same to the byte."""
    author = Author(tmp_path)
    first = author.releases().package.read_bytes()
    real = MarkdownRenderer.render

    def newer(self: MarkdownRenderer, text: Text, *, cloze: bool = False) -> RenderedText:
        made = real(self, text, cloze=cloze)
        return replace(made, html=re.sub(r"(</?)strong>", r"\1b>", made.html))

    monkeypatch.setattr(MarkdownRenderer, "render", newer)
    author.note("vier")["theme"] = "**Water**"
    made = author.releases()
    assert made.changes.changed == ["vier"]
    assert made.package.read_bytes() != first
    notes = {note.id: note.fields for note in read_package(made.package).notes.values()}
    assert notes["een"]["answer"] == "Een <strong>getal</strong>."
    assert notes["vier"]["theme"] == "<b>Water</b>"


def test_a_new_note_is_a_week_older_than_its_release(tmp_path: Path) -> None:
    """No phone that runs behind loses a tag on a note that nobody had: times and ids are early."""
    author = Author(tmp_path)
    made = author.releases()
    assert {note.modified for note in made.notes} == {author.now - WEEK}
    assert max(note.added for note in made.notes) < author.now - WEEK
    author.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
    made = author.releases()
    assert made.notes[-1].modified == author.now - WEEK
    assert len({note.added for note in made.notes}) == 5
    author.note("vijf")["answer"] = "Een hele hand."
    assert author.releases().notes[-1].modified == author.now


@pytest.mark.parametrize(("epoch", "expected"), [(0, EARLIEST + WEEK), (1_650_000_000, None)])
def test_source_date_epoch_is_the_time(epoch: int, expected: int | None) -> None:
    """SOURCE_DATE_EPOCH is the time of a release, but for times before Anki was there."""
    clock = Clock(1_700_000_000, epoch)
    assert clock.release_time(Ledger("k")) == (expected or epoch)


def test_each_release_is_later_than_the_last(tmp_path: Path) -> None:
    """On a computer whose clock is slow, or with an epoch long ago, an edit still arrives."""
    author = Author(tmp_path)
    ledger = author.releases().ledger
    newest = author.now
    assert Clock(newest - 7200).release_time(ledger) == newest + 1
    assert Clock(newest + 9, EARLIEST).release_time(ledger) == newest + 1
    assert Clock(newest + 9).release_time(ledger, drafts=newest + 500) == newest + 501


def test_a_name_that_was_renamed_away_is_free(tmp_path: Path) -> None:
    """A renamed note keeps its guid; a later note under the old name gets another one."""
    author = Author(tmp_path)
    old = author.releases().ledger.notes["een"].guid
    author.note("een").update(id="nieuw", was="een")
    assert author.releases().ledger.notes["nieuw"].guid == old
    del author.note("nieuw")["was"]
    author.notes.append({"id": "een", "question": "Hoe heet de maan?", "answer": "Maan."})
    made = author.releases()
    assert made.changes.new == ["een"]
    assert made.ledger.notes["een"].guid != old


def test_a_note_that_comes_back(tmp_path: Path) -> None:
    """It is newer than the clean-up that blanked it, and the same note as before."""
    author = Author(tmp_path)
    first = author.releases().ledger.notes["een"]
    gone = author.retires("een")
    made = author.releases()
    assert made.changes.retired == ["een"]
    assert made.cleanup
    assert [note.id for note in read_package(made.cleanup).notes.values()] == ["een"]
    author.brings_back(gone)
    made = author.releases()
    assert made.changes.changed == ["een"]
    assert made.ledger.notes["een"].guid == first.guid
    assert times(author)["een"] == author.now
    assert made.cleanup is None


def test_field_names_are_those_of_the_first_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another language of the deck, or other labels of a later deckwright, rename nothing."""
    author = Author(tmp_path)
    author.releases()
    author.settings["language"] = "en"
    known = language("nl")
    renamed = replace(known, labels={**known.labels, "hint": "Tip", "card": "Blad"})
    monkeypatch.setattr(
        note_types, "language", lambda code: renamed if code == "nl" else language(code)
    )
    ready = author.plan().ready
    assert ready
    assert [field.name for field in ready.types["cloze"].fields][:4] == [
        "Sleutel", "Thema", "Tekst", "Hint",
    ]  # fmt: skip
    assert ready.types["cloze"].name == "proef · invulzin"
    assert "This card was retired" in ready.types["cloze"].templates[0].back


def test_the_look_alone_sends_the_note_type_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another style is newer than learners', so that it arrives; no note is."""
    author = Author(tmp_path)
    author.releases()
    before = read_package(author.out / "proef.apkg")
    real = note_types._file
    monkeypatch.setattr(note_types, "_file", lambda name: real(name) + "/**/")
    after = read_package(author.releases().package)
    assert {each.modified for each in after.types.values()} == {author.now}
    assert after.types["cloze"].modified > before.types["cloze"].modified
    assert {guid: note.modified for guid, note in after.notes.items()} == {
        guid: note.modified for guid, note in before.notes.items()
    }


def test_the_id_of_a_retired_note_is_not_given_again(tmp_path: Path) -> None:
    """Anki's ids are seconds: a release right after another must look for a free one."""
    author = Author(tmp_path)
    author.releases()
    author.retires("een")
    author.now -= 3_599  # `releases` waits for an hour
    author.releases()
    for number in range(6):
        name = f"nieuw-{number}"
        author.notes.append({"id": name, "question": f"Wat is {name}?", "answer": f"Dat {name}."})
    author.now -= 3_599
    rows = author.releases().ledger.notes
    assert len({entry.anki for entry in rows.values()}) == len(rows) == 10


def test_gap_numbers_that_are_used_up_are_remembered(tmp_path: Path) -> None:
    """What a gap hid stays known after it is gone, until it comes back."""
    author = Author(tmp_path)
    author.releases()
    whole = author.note("drie")["cloze"]
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
    assert author.releases().ledger.notes["drie"].used == {"2": "blauw"}
    author.note("drie")["cloze"] = whole
    assert author.releases().ledger.notes["drie"].used == {}


def test_gap_numbers_stay_used_up_after_other_edits(tmp_path: Path) -> None:
    """Their cards lie in learners' collections for ever, not only until the next edit."""
    author = Author(tmp_path)
    author.releases()
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
    author.releases()
    author.note("drie")["theme"] = "Kleuren"
    assert author.releases().ledger.notes["drie"].used == {"2": "blauw"}


def test_the_release_that_changes_a_meaning_is_remembered(tmp_path: Path) -> None:
    """By the notes that ask something else, for good; a rewording is none."""
    author = Author(tmp_path)
    author.releases()
    author.note("een").update(
        question="Hoe heet de burgemeester?", answer="Jansen.", allow={"meaning-changed": "bedoeld"}
    )
    author.note("vier")["explanation"] = "Aan zee dan."
    ledger = author.releases().ledger
    assert {name: each.new_meaning for name, each in ledger.notes.items() if each.new_meaning} == {
        "een": 2
    }
    del author.note("een")["allow"]
    author.note("een")["answer"] = "Jansen heet hij."
    assert author.releases().ledger.notes["een"].new_meaning == 2
    assert author.rows()["een"]["new_meaning"] == 2
    assert "new_meaning" not in author.rows()["vier"]
