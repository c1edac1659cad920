"""Gives a note another id; learners notice nothing, as `was` tells the next release who it is."""

from pathlib import Path

from deckwright.release._yaml_edit import (
    EditError,
    edited,
    lines_of,
    with_id,
    with_was,
    without_was,
)
from deckwright.release.ledger import Ledger
from deckwright.source.deck import Deck, Note
from deckwright.source.ids import is_id
from deckwright.words.messages import Message, MessageError


class RenameError(MessageError):
    """An id that cannot be changed; the text says why."""


def rename(deck: Deck, ledger: Ledger, old: str, new: str) -> tuple[Message, dict[Path, bytes]]:
    """Give the note `old` the id `new`; returns what is done, and the new bytes of its file.

    Where learners have the note, the file also says `was: old`. A note that has its new id already
    gets that line alone. Nothing else in the file changes: comments and layout stay. Writes
    nothing. RenameError where an id is wrong.
    """
    notes = {note.id.value: note for note in deck.notes}
    if old in notes:
        _free(notes, ledger, old, new)
        note = notes[old]
    elif new in notes and old in ledger.live and new not in ledger.notes:
        note = notes[new]
    else:
        raise RenameError(Message("no note has the id '{old}'", old=old))
    path, held = Path(note.id.place.file), old in ledger.live
    try:
        files = {path: _content(path, note, new, old if held else "")}
    except EditError as error:
        raise RenameError(error.message) from error
    at = {"path": path, "line": note.id.place.line, "old": old, "new": new}
    if held and (not note.was or old not in notes):
        says = Message("{path}:{line}: '{old}' is now '{new}', and says that it was '{old}'", **at)
        return says, files
    return Message("{path}:{line}: '{old}' is now '{new}'", **at), files


def _content(path: Path, note: Note, new: str, held: str) -> bytes:
    """Return the file with the note's new id; `held` is the id that learners have it by, or ""."""
    lines, was = lines_of(path), note.was.value if note.was else ""
    if note.was and was == new:  # it goes back to the id that learners know
        lines, was = without_was(with_id(lines, note.id, new), note.was), ""
    else:
        if not was and held:
            lines, was = with_was(lines, note.id, held), held
        lines = with_id(lines, note.id, new) if note.id.value != new else lines

    def fits(notes: list[Note]) -> bool:
        found = [each for each in notes if each.id.value == new]
        return [each.was.value if each.was else "" for each in found] == [was]

    by_hand = Message(
        "write 'id: {new}' and, if learners have it, 'was: {held}' by hand: {path}",
        new=new,
        held=held,
        path=path,
    )
    return edited(path, lines, fits, by_hand)


def _free(notes: dict[str, Note], ledger: Ledger, old: str, new: str) -> None:
    if not is_id(new):
        raise RenameError(Message("'{new}' is not an id: use a-z, 0-9 and single hyphens", new=new))
    if new in notes:
        raise RenameError(Message("'{new}' is taken by another note", new=new))
    was = notes[old].was
    if new in ledger.notes and not (was and was.value == new):
        raise RenameError(
            Message("'{new}' belonged to another note; learners may still have it", new=new)
        )
