"""What an author allows on one note: `allow: {answer-long: the law is quoted}`."""

from bisect import bisect_right
from collections.abc import Iterator

from deckwright.problem import ALLOWABLE, Place, Problem
from deckwright.source.deck import Deck, Note
from deckwright.source.text_files import at_most
from deckwright.words.messages import Message


class NotesByPlace:
    """The notes of a deck by where they stand."""

    def __init__(self, deck: Deck) -> None:
        self._notes = sorted(deck.notes, key=_place)
        self._places = [_place(note) for note in self._notes]

    def at(self, place: Place) -> Note | None:
        """Return the note that a place lies in, None for a place outside all notes."""
        index = bisect_right(self._places, place)
        note = self._notes[index - 1] if index else None
        return note if note and note.place.file == place.file else None


def allowed(deck: Deck, problems: list[Problem]) -> list[Problem]:
    """Return the problems without the allowed ones, and with the problems of allowances.

    An allowance is itself a warning where its code is not that of a warning about one note, where
    it gives no reason, and where it is no longer needed.
    """
    if not any(note.allow for note in deck.notes):
        return problems
    notes = NotesByPlace(deck)
    kept: list[Problem] = []
    used: set[tuple[str, str]] = set()
    for problem in problems:
        note = notes.at(problem.place) if problem.code in ALLOWABLE else None
        if note and any(code.value == problem.code and reason for code, reason in note.allow):
            used.add((note.id.value, problem.code))
        else:
            kept.append(problem)
    return [*kept, *at_most(p for note in deck.notes for p in _allowances(note, used))]


def _allowances(note: Note, used: set[tuple[str, str]]) -> Iterator[Problem]:
    for code, reason in note.allow:
        if code.value not in ALLOWABLE:
            message = Message("'{code}' is not a warning that one note can have", code=code.value)
            hint = Message("write the code of such a warning: 'deckwright rule' lists them")
            yield Problem(code.place, "allow-unknown", message, hint)
        elif reason is None:
            message = Message("'{code}' is allowed without a reason", code=code.value)
            hint = Message("write '{code}: ' and why this note may have it", code=code.value)
            yield Problem(code.place, "allow-reason", message, hint)
        elif (note.id.value, code.value) not in used:
            message = Message("the note has no '{code}' to allow", code=code.value)
            yield Problem(code.place, "allow-unneeded", message, Message("remove it"))


def _place(note: Note) -> Place:
    return note.place
