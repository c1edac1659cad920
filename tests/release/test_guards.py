"""TODO."""

from dataclasses import replace
from pathlib import Path

from author import Author

from deckwright.build.plan import plan_build
from deckwright.problem import errors
from deckwright.release.lock import dump, parse
from deckwright.release.rename import rename
from deckwright.release.stamp import Clock


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
    types = {kind: replace(entry, shape="other") for kind, entry in lock.types.items()}
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


def test_an_id_that_was_renamed_is_not_for_another_note(tmp_path: Path) -> None:
    """The note that bore it first is gone: its reviews are not those of a new one."""
    author = Author(tmp_path)
    author.builds()
    planned = plan_build(author.cards, Clock(author.now))
    assert planned.ready
    rename(planned.ready.deck, (author.cards / "deck.lock", planned.ready.old), "een", "boek")
    author.note("een")["id"] = "boek"
    author.builds()
    author.notes[0] = {"id": "een", "question": "Hoeveel drinkt een olifant?", "answer": "Veel."}
    made, problems = author.tries()
    assert made is None
    assert [problem.code for problem in errors(problems)] == ["id-reused"]
