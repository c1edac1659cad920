"""Warnings that an author allows on one note: `allow: {answer-long: the law is quoted}`."""

from bisect import bisect_right
from collections.abc import Iterator

from deckwright.notes import Deck, Note
from deckwright.problem import LEVELS, Level, Place, Problem

_NOT_OF_ONE_NOTE = {
    "coverage",
    "cloze-share",
    "application-share",
    "spelling",
    "word-reason",
    "word-unneeded",
    "allow-unknown",
    "allow-reason",
    "allow-unneeded",
}


def note_at(deck: Deck, place: Place) -> Note | None:
    """Return the note that a place lies in, None for a place outside all notes."""
    notes = sorted((note for note in deck.notes if note.place.file == place.file), key=_place)
    index = bisect_right([_place(note) for note in notes], place)
    return notes[index - 1] if index else None


def allowed(deck: Deck, problems: list[Problem]) -> list[Problem]:
    """Return the problems without the warnings that are allowed, and with those of allowances.

    An allowance is itself a warning where its code is not of a warning that one note has, where it
    gives no reason, and where it is no longer needed.
    """
    if not any(note.allow for note in deck.notes):
        return problems
    kept: list[Problem] = []
    used: set[tuple[str, str]] = set()
    for problem in problems:
        note = note_at(deck, problem.place) if problem.level is Level.WARNING else None
        if note and any(code.value == problem.code and reason for code, reason in note.allow):
            used.add((note.id.value, problem.code))
        else:
            kept.append(problem)
    return [*kept, *(p for note in deck.notes for p in _allowances(note, used))]


def _allowances(note: Note, used: set[tuple[str, str]]) -> Iterator[Problem]:
    for code, reason in note.allow:
        if LEVELS.get(code.value) is not Level.WARNING or code.value in _NOT_OF_ONE_NOTE:
            message = f"'{code.value}' is no warning that one note has"
            hint = "write the code of such a warning: 'deckwright rule' lists them"
            yield Problem(code.place, "allow-unknown", message, hint)
        elif reason is None:
            message = f"'{code.value}' is allowed without a reason"
            hint = f"write '{code.value}: ' and why this note may have it"
            yield Problem(code.place, "allow-reason", message, hint)
        elif (note.id.value, code.value) not in used:
            message = f"the note has no '{code.value}' to allow"
            yield Problem(code.place, "allow-unneeded", message, "remove it")


def _place(note: Note) -> Place:
    return note.place
