"""The lock: which notes get a new time, and what survives branches, clocks and hand edits."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from author import Author
from deckwright import build, locked
from deckwright.lock import dump, parse
from deckwright.problem import errors
from deckwright.rename import rename
from deckwright.stamp import EARLIEST, Clock
from deckwright.unpack import unpack


def rows(author: Author) -> dict[str, dict[str, Any]]:
    """Return the lines of the lock that are notes, by id."""
    lines = map(json.loads, author.lock().splitlines())
    return {line["note"]: line for line in lines if "note" in line}


def times(author: Author) -> dict[str, str]:
    """Return the time of each note in the lock."""
    return {name: row["modified"] for name, row in rows(author).items()}


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


def test_the_lock_sorts_and_each_note_has_one_line(tmp_path: Path) -> None:
    """One line a note, sorted by id, so that two branches touch different lines."""
    author = Author(tmp_path)
    author.builds()
    names = re.findall(r'^\{"note":"(\w+)"', author.lock(), re.MULTILINE)
    assert names == ["drie", "een", "twee", "vier"]


def test_a_lock_reads_back_as_it_was(tmp_path: Path) -> None:
    """Reading and writing a lock gives the same text."""
    author = Author(tmp_path)
    author.builds()
    author.note("drie")["cloze"] = "{{c1::Rood}} en blauw geven samen een mooi paars."
    author.notes.pop(0)
    author.builds()
    lock, problems = parse(author.lock(), "deck.lock")
    assert lock
    assert problems == []
    assert dump(lock) == author.lock()
    assert rows(author)["drie"]["spent"] == {"2": "blauw"}


@pytest.mark.parametrize(("epoch", "expected"), [(0, EARLIEST), (1_700_000_000, 1_700_000_000)])
def test_source_date_epoch_sets_the_first_time(tmp_path: Path, epoch: int, expected: int) -> None:
    """SOURCE_DATE_EPOCH is the time of a build, but for times before Anki was there."""
    author = Author(tmp_path)
    author.save()
    made, _ = build.make(author.cards, author.out, Clock(1_800_000_000, epoch))
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
    made, _ = build.make(author.cards, author.out, Clock(author.now + 9, 1_700_000_000))
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


def test_two_branches_merge_line_by_line(tmp_path: Path) -> None:
    """Notes added in two branches at the same second keep their guids and get ids of their own."""
    ours, theirs = Author(tmp_path / "a"), Author(tmp_path / "b")
    for author, name in ((ours, "onze"), (theirs, "hunne")):
        author.builds()
        author.notes.append({"id": name, "question": f"Wat is {name}?", "answer": "Zo."})
        author.builds()
    guids = {name: row["guid"] for author in (ours, theirs) for name, row in rows(author).items()}
    ours.notes.append(theirs.notes[-1])
    merged = ours.lock() + "".join(
        line for line in theirs.lock().splitlines(keepends=True) if line not in ours.lock()
    )
    (ours.cards / "deck.lock").write_text(merged, "utf-8")
    made = ours.builds()
    assert len({note.added for note in made.stamped.notes}) == len(made.stamped.notes) == 6
    assert {note.note.id: note.guid for note in made.stamped.notes} == guids
    assert made.changes.new == made.changes.changed == []


def test_of_two_lines_for_one_note_the_later_counts(tmp_path: Path) -> None:
    """Both branches edited one note: learners of either get what the merge chose."""
    ours, theirs = Author(tmp_path / "a"), Author(tmp_path / "b")
    for author, answer in ((ours, "Van ons."), (theirs, "Van hen.")):
        author.builds()
        author.note("een")["answer"] = answer
        author.builds()
    (ours.cards / "deck.lock").write_text(ours.lock() + theirs.lock(), "utf-8")
    newest = ours.now
    made = ours.builds()
    assert made.changes.changed == ["een"]
    assert max(note.modified for note in made.stamped.notes) > newest
    assert len(rows(ours)) == len(ours.notes)


def test_without_a_lock_the_summary_is_told(tmp_path: Path) -> None:
    """The first build knows that there was no lock, the second that there was one."""
    author = Author(tmp_path)
    assert author.builds().first
    assert not author.builds().first


def test_locked_writes_nothing(tmp_path: Path) -> None:
    """`locked` fails on any edit, leaving lock and package as they were, and passes without."""
    author = Author(tmp_path)
    package = author.builds().package
    before = author.lock(), package.read_bytes()
    author.note("een")["answer"] = "Anders."
    made, problems = author.tries(locked=True)
    assert made is None
    assert [problem.code for problem in problems] == ["lock-stale"]
    assert (author.lock(), package.read_bytes()) == before
    author.note("een")["answer"] = "Een **getal**."
    assert author.builds(locked=True)


def test_an_error_writes_nothing(tmp_path: Path) -> None:
    """With one bad note the old lock and the old package stay, byte for byte."""
    author = Author(tmp_path)
    package = author.builds().package
    before = author.lock(), package.read_bytes()
    author.note("een")["answer"] = "Anders."
    author.note("drie")["cloze"] = "geen gat"
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["cloze-missing"]
    assert (author.lock(), package.read_bytes()) == before


def test_a_guid_survives_a_new_note_with_an_old_name(tmp_path: Path) -> None:
    """A renamed note keeps its guid; a later note under the old name gets another one."""
    author = Author(tmp_path)
    author.builds()
    old = rows(author)["een"]["guid"]
    plan = build.plan(author.cards, Clock(author.now))
    assert plan.sound
    rename(plan.sound.deck, (author.cards / "deck.lock", plan.sound.old), "een", "nieuw")
    author.note("een")["id"] = "nieuw"
    author.notes.append({"id": "een", "question": "Wat is één?", "answer": "Iets."})
    author.builds()
    assert rows(author)["nieuw"]["guid"] == old
    assert rows(author)["een"]["guid"] != old


def test_a_lock_from_the_future_is_refused(tmp_path: Path) -> None:
    """Anki refuses ids from the future: a clock that ran days ahead is said before it harms."""
    author = Author(tmp_path)
    author.builds()
    author.now -= 3 * 86_400
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["lock-time"]


def test_fields_that_changed_are_refused(tmp_path: Path) -> None:
    """A lock whose note types have other ids stops the build: no note could ever be updated."""
    author = Author(tmp_path)
    author.builds()
    lock, _ = parse(author.lock(), "deck.lock")
    assert lock
    types = {kind: entry._replace(shape="other") for kind, entry in lock.types.items()}
    (author.cards / "deck.lock").write_text(dump(replace(lock, types=types)), "utf-8")
    made, problems = author.tries()
    assert made is None
    assert {problem.code for problem in problems} == {"note-type-changed"}


def test_a_retired_id_is_not_for_another_note(tmp_path: Path) -> None:
    """The id of a retired note may bring that note back, reworded even, but no other one."""
    author = Author(tmp_path)
    author.builds()
    gone = author.notes.pop(0)
    author.builds()
    author.notes.append({"id": "een", "question": "Hoe heet de burgemeester?", "answer": "Jan."})
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["id-reused"]
    author.notes[-1] = {**gone, "question": "Wat is een ook alweer?"}
    assert author.builds().changes.changed == ["een"]


def test_a_move_needs_a_word(tmp_path: Path) -> None:
    """A note in another subdeck is refused, allowed on request, and then remembered."""
    author = Author(tmp_path)
    author.builds()
    author.parts["1-deel.yaml"]["subdeck"] = "1 Anders"
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["deck-moved"]
    assert author.builds(allow_move=True).changes.changed == []
    assert author.builds().changes.changed == []


def merged(author: Author, ours: str, theirs: str) -> None:
    """Leave in the lock what `merge=union` makes of two branches."""
    lines = dict.fromkeys([*ours.splitlines(), *theirs.splitlines()])
    (author.cards / "deck.lock").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_a_merge_forgets_no_used_gap(tmp_path: Path) -> None:
    """A number that one branch used up is used up, though the other changed the note later."""
    author = Author(tmp_path)
    author.builds()
    base = author.lock()
    author.note("vier")["cloze"] = "Water kookt aan zee bij {{c1::honderd}} {{c2::graden}} Celsius."
    author.builds()
    author.note("vier")["cloze"] = "Water kookt aan zee bij {{c1::honderd}} graden Celsius."
    author.builds()
    ours = author.lock()
    (author.cards / "deck.lock").write_text(base, "utf-8")
    author.note("vier")["explanation"] = "Aan het strand."
    author.builds()
    merged(author, ours, author.lock())
    author.builds()
    author.note("vier")["cloze"] = "Water kookt {{c2::altijd}} bij {{c1::honderd}} graden Celsius."
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in errors(problems)] == ["cloze-changed"]


def test_an_id_that_was_renamed_is_not_for_another_note(tmp_path: Path) -> None:
    """The note that bore it first is gone: its reviews are not those of a new one."""
    author = Author(tmp_path)
    author.builds()
    plan = build.plan(author.cards, Clock(author.now))
    assert plan.sound
    rename(plan.sound.deck, (author.cards / "deck.lock", plan.sound.old), "een", "boek")
    author.note("een")["id"] = "boek"
    author.builds()
    author.notes[0] = {"id": "een", "question": "Hoeveel drinkt een olifant?", "answer": "Veel."}
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in errors(problems)] == ["id-reused"]


def test_a_merge_gives_two_notes_two_guids(tmp_path: Path) -> None:
    """One branch renames a note and gives its old id to a new one, the other rewords the old."""
    author = Author(tmp_path)
    first = {note.note.id: note.guid for note in author.builds().stamped.notes}
    base, old = author.lock(), dict(author.note("een"))
    plan = build.plan(author.cards, Clock(author.now))
    assert plan.sound
    rename(plan.sound.deck, (author.cards / "deck.lock", plan.sound.old), "een", "boek")
    author.note("een")["id"] = "boek"
    author.notes.append({"id": "een", "question": "Hoeveel drinkt een olifant?", "answer": "Veel."})
    author.notes[0]["question"] = "Welk getal is dit?"
    author.builds()
    ours = author.lock()
    (author.cards / "deck.lock").write_text(base, "utf-8")
    now = author.notes
    author.parts["1-deel.yaml"]["notes"] = [dict(old, answer="Nog een getal."), *now[1:-1]]
    author.builds()
    merged(author, ours, author.lock())
    author.parts["1-deel.yaml"]["notes"] = now
    guids = {note.note.id: note.guid for note in author.builds().stamped.notes}
    assert len(set(guids.values())) == len(guids)
    assert first["een"] in guids.values()


def test_retired_notes_of_one_second(tmp_path: Path) -> None:
    """Two branches added a note in the same second; retired both, the clean-up packs them."""
    author = Author(tmp_path)
    author.builds()
    base, now = author.lock(), author.now
    sides = []
    for name in ("links", "rechts"):
        (author.cards / "deck.lock").write_text(base, "utf-8")
        author.now = now
        author.notes.append({"id": name, "question": f"Wat is {name}?", "answer": "Een kant."})
        author.builds()
        sides.append(author.lock())
        author.notes.pop()
    merged(author, *sides)
    made = author.builds()
    assert made.cleanup
    assert len(unpack(made.cleanup).notes) == 2


def test_a_lock_that_is_a_link_to_nowhere_is_no_first_build(tmp_path: Path) -> None:
    """All notes would be stamped anew: a problem instead."""
    author = Author(tmp_path)
    author.builds()
    (author.cards / "deck.lock").unlink()
    (author.cards / "deck.lock").symlink_to("gone")
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["file-unreadable"]


@pytest.mark.parametrize(
    "line",
    [
        '{"note":"a","guid":"g","kind":"foo","deck":"d"',
        '{"note":"a","guid":"\\ud800","kind":"cloze","deck":"d"',
        '{"note":"a","guid":"g","kind":"cloze","deck":"d","spent":{"x":"y"}',
        '{"note":"a","guid":"g","kind":"cloze","deck":"d","added":"0001-01-01T00:00:00Z"',
    ],
)
def test_a_signed_line_of_nonsense_is_refused(tmp_path: Path, line: str) -> None:
    """A true sum does not make sense of a kind, a text, a gap or a time that there is not."""
    author = Author(tmp_path)
    author.builds()
    known = '"added":"2026-01-01T00:00:00Z",' if "added" not in line else ""
    body = f'{line},{known}"modified":"2026-01-01T00:00:00Z"'
    signed = f'{body},"sum":"{locked.sum_of(body + "}")}"}}\n'
    (author.cards / "deck.lock").write_text(author.lock() + signed, "utf-8")
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["lock-broken"]
