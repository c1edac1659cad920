"""Gives a note another id and keeps its guid, so that learners notice nothing."""

from dataclasses import replace
from pathlib import Path

from deckwright.disk import writing
from deckwright.release.lock import Lock, dump
from deckwright.source.deck import Deck, Note
from deckwright.source.ids import is_id


class RenameError(Exception):
    """An id that cannot be changed; the text says why."""


def rename(deck: Deck, lock: tuple[Path, Lock | None], old: str, new: str) -> str:
    """Change the id `old` to `new` in lock and cards; returns the place in the cards.

    `lock` is its file and what it holds, None without one. Nothing else in the file of cards
    changes: comments and layout stay. The lock goes first and remembers the old id, so that a
    rename that dies between the two files is the note it was. RenameError where an id is wrong;
    OSError as `writing.write`.
    """
    lock_file, locked = lock
    note = _note(deck, old)
    _free(deck, locked, new)
    path = Path(note.id.place.file)
    text = _edited(path, note, new)
    if locked and (entry := locked.by_id({n.id.value for n in deck.notes}).get(old)):
        notes = {name: other for name, other in locked.notes.items() if name != entry.note}
        changed = replace(locked, notes=notes | {new: replace(entry, note=new, was=old)})
        writing.write(lock_file, dump(changed).encode())
    writing.write(path, text.encode())
    return f"{path}:{note.id.place.line}"


def _note(deck: Deck, old: str) -> Note:
    for note in deck.notes:
        if note.id.value == old:
            return note
    raise RenameError(f"no note has the id '{old}'")


def _free(deck: Deck, lock: Lock | None, new: str) -> None:
    if not is_id(new):
        raise RenameError(f"'{new}' is not an id: use a-z, 0-9 and single hyphens")
    if any(note.id.value == new for note in deck.notes):
        raise RenameError(f"'{new}' is taken by another note")
    if lock and new in lock.notes:
        raise RenameError(f"'{new}' belonged to a retired note; learners may still have it")


def _edited(path: Path, note: Note, new: str) -> str:
    """Return the text of the file with the id replaced, and nothing else."""
    lines = path.read_bytes().decode().split("\n")
    at = note.id.at(0)
    line, start = lines[at.line - 1], at.col - 1
    if line[start : start + len(note.id.value)] != note.id.value:
        raise RenameError(f"write the id on one line first: {path}:{at.line}")
    lines[at.line - 1] = line[:start] + new + line[start + len(note.id.value) :]
    return "\n".join(lines)
