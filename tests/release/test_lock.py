"""TODO."""

import re
from pathlib import Path

import pytest
from author import Author

from deckwright.anki.package_reader import read_package
from deckwright.build.plan import plan_build
from deckwright.problem import errors
from deckwright.release import _lock_entry
from deckwright.release.lock import dump, parse
from deckwright.release.rename import rename
from deckwright.release.stamp import Clock


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
    assert author.lock_rows()["drie"]["spent"] == {"2": "blauw"}


def test_two_branches_merge_line_by_line(tmp_path: Path) -> None:
    """Notes added in two branches at the same second keep their guids and get ids of their own."""
    ours, theirs = Author(tmp_path / "a"), Author(tmp_path / "b")
    for author, name in ((ours, "onze"), (theirs, "hunne")):
        author.builds()
        author.notes.append({"id": name, "question": f"Wat is {name}?", "answer": "Zo."})
        author.builds()
    guids = {
        name: row["guid"] for author in (ours, theirs) for name, row in author.lock_rows().items()
    }
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
    assert len(ours.lock_rows()) == len(ours.notes)


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


def test_a_merge_gives_two_notes_two_guids(tmp_path: Path) -> None:
    """One branch renames a note and gives its old id to a new one, the other rewords the old."""
    author = Author(tmp_path)
    first = {note.note.id: note.guid for note in author.builds().stamped.notes}
    base, old = author.lock(), dict(author.note("een"))
    planned = plan_build(author.cards, Clock(author.now))
    assert planned.ready
    rename(planned.ready.deck, (author.cards / "deck.lock", planned.ready.old), "een", "boek")
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
    assert len(read_package(made.cleanup).notes) == 2


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
    signed = f'{body},"sum":"{_lock_entry.sum_of(body + "}")}"}}\n'
    (author.cards / "deck.lock").write_text(author.lock() + signed, "utf-8")
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in problems] == ["lock-broken"]
