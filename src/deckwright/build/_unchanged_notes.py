"""The notes of a file that did not change since it was last rendered, wherever they stand now."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, NamedTuple

from deckwright.cards.fields import RenderedTexts
from deckwright.check.note_words import NoteWords
from deckwright.problem import Place, Problem
from deckwright.source.deck import Note, Text

_OF_THE_FILE = ("subdeck", "file_tags")


class CheckedNote(NamedTuple):
    """A note with its HTML, what the rules for a deck need of it, and what is wrong with it."""

    texts: RenderedTexts
    words: NoteWords
    problems: tuple[Problem, ...]


class UnchangedNotes:
    """Notes as they were rendered before, by all that an author wrote in each."""

    def __init__(self, before: Iterable[CheckedNote]) -> None:
        self._before = {_content(each.texts.note): each for each in before}

    def find(self, note: Note) -> CheckedNote | None:
        """Return what was made of a note with the same content, where the note stands now."""
        found = self._before.get(_content(note)) if self._before else None
        if found is None:
            return None
        down = note.place.line - found.texts.note.place.line

        def moved(place: Place) -> Place:
            return place._replace(line=place.line + down)

        media = tuple(replace(each, place=moved(each.place)) for each in found.texts.media)
        texts = replace(found.texts, note=note, media=media)
        problems = []
        for each in found.problems:
            fix = each.fix and each.fix._replace(place=moved(each.fix.place))
            problems.append(each._replace(place=moved(each.place), fix=fix))
        return CheckedNote(texts, found.words, tuple(problems))


def _content(note: Note) -> tuple[Any, ...]:
    """Return all that a note says, with places counted from where it begins.

    What its file says of all notes has the place in the file.
    """
    names = (each.name for each in fields(note) if each.name != "place")
    line = note.place.line
    values = (_from(0 if name in _OF_THE_FILE else line, getattr(note, name)) for name in names)
    return note.KIND, *values


def _from(line: int, value: Any) -> Any:
    if isinstance(value, Text):
        body = value.body_line and value.body_line - line
        return value.value, value.line - line, value.col, body, value.body_col
    return tuple(_from(line, each) for each in value) if isinstance(value, tuple) else value
