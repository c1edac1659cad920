"""The lock: which notes get a new time, and what survives branches, clocks and hand edits."""

from pathlib import Path

import pytest
from author import Author

from deckwright.build.packages import build_deck
from deckwright.build.plan import plan_build
from deckwright.release.rename import rename
from deckwright.release.stamp import EARLIEST, Clock


def times(author: Author) -> dict[str, str]:
    """Return the time of each note in the lock."""
    return {name: row["modified"] for name, row in author.lock_rows().items()}


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
    """An edit of any text or tag stamps that note and no other."""
    author = Author(tmp_path)
    author.builds()
    before = times(author)
    author.note("een")[key] = value
    made = author.builds()
    assert made.changes.changed == ["een"]
    after = times(author)
    assert {name for name in after if after[name] != before[name]} == {"een"}
    assert after["een"] > max(before.values())


def test_what_a_learner_does_not_see_changes_nothing(tmp_path: Path) -> None:
    """Order, kind, doubled tags, spaces at the end and the form of é in Unicode stamp no note."""
    author = Author(tmp_path)
    author.note("een")["answer"] = "Caf\u00e9."
    author.builds()
    before = times(author)
    author.note("een").update(answer="Cafe\u0301.  ", kind="waarom", tags=["rij::a", "rij::a"])
    author.notes.reverse()
    assert author.builds().changes.changed == []
    assert times(author) == before


@pytest.mark.parametrize(("epoch", "expected"), [(0, EARLIEST), (1_700_000_000, 1_700_000_000)])
def test_source_date_epoch_sets_the_first_time(tmp_path: Path, epoch: int, expected: int) -> None:
    """SOURCE_DATE_EPOCH is the time of a build, but for times before Anki was there."""
    author = Author(tmp_path)
    author.save()
    made, _ = build_deck(author.cards, author.out, Clock(1_800_000_000, epoch))
    assert made
    assert {note.modified for note in made.stamped.notes} == {expected}
    assert max(note.added for note in made.stamped.notes) < expected


def test_source_date_epoch_never_goes_back(tmp_path: Path) -> None:
    """An epoch before the last build is later than everything in the lock all the same."""
    author = Author(tmp_path)
    author.builds()
    newest = author.now
    author.note("een")["answer"] = "Anders."
    author.save()
    made, _ = build_deck(author.cards, author.out, Clock(author.now + 9, EARLIEST))
    assert made
    assert max(note.modified for note in made.stamped.notes) == newest + 1


def test_a_clock_that_runs_behind_still_moves_on(tmp_path: Path) -> None:
    """On a computer whose clock is an hour slow, an edit still reaches learners."""
    author = Author(tmp_path)
    author.builds()
    newest = author.now
    author.now -= 7200
    author.note("een")["answer"] = "Anders."
    made = author.builds()
    assert max(note.modified for note in made.stamped.notes) == newest + 1


def test_a_guid_survives_a_new_note_with_an_old_name(tmp_path: Path) -> None:
    """A renamed note keeps its guid; a later note under the old name gets another one."""
    author = Author(tmp_path)
    author.builds()
    old = author.lock_rows()["een"]["guid"]
    planned = plan_build(author.cards, Clock(author.now))
    assert planned.ready
    rename(planned.ready.deck, (author.cards / "deck.lock", planned.ready.old), "een", "nieuw")
    author.note("een")["id"] = "nieuw"
    author.notes.append({"id": "een", "question": "Wat is één?", "answer": "Iets."})
    author.builds()
    assert author.lock_rows()["nieuw"]["guid"] == old
    assert author.lock_rows()["een"]["guid"] != old
