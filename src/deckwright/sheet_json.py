"""A sheet as JSON and back, for the cache and for worker processes.

Compact, since reading it is what a rebuild mostly does: without the name of the file.
"""

import json
from collections.abc import Sequence
from os.path import commonprefix
from typing import Any

from deckwright.markup import Image
from deckwright.notes import ClozeNote, QuestionNote, Text
from deckwright.problem import Place, Problem
from deckwright.render import Prepared
from deckwright.sheet import Sheet

_COMMON = ("theme", "hint", "explanation", "source")
_ROLES = {
    QuestionNote: (*_COMMON, "question", "answer", "case", "kind"),
    ClozeNote: (*_COMMON, "cloze"),
}


_NOTHING = ("", 1, 1, 0, 0)


def dump(sheet: Sheet) -> str:
    """Return the JSON of a sheet; the name of its file is not in it."""
    notes = [each.note for each in sheet.notes]
    shared = len(commonprefix([note.tags for note in notes]))  # noqa: RUF071 - of tuples
    content = {
        "subdeck": _text(notes[0].subdeck) if notes else None,
        "tags": [_text(tag) for tag in notes[0].tags[:shared]] if notes else [],
        "notes": [_note(each, shared) for each in sheet.notes],
        "problems": [_problem(problem) for problem in sheet.problems],
        "faults": [_problem(problem) for problem in sheet.faults],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def load(text: str, file: str) -> Sheet:
    """Return the sheet of what `dump` wrote; `file` is the file's name for places."""
    content = json.loads(text)
    reader = _Reader(file, content)
    return Sheet(
        tuple(map(reader.note, content["notes"])),
        tuple(map(reader.problem, content["problems"])),
        tuple(map(reader.problem, content["faults"])),
    )


def _text(text: Text | None) -> tuple[Any, ...] | None:
    return None if text is None else text[1:]


def _note(each: Prepared, shared: int) -> list[Any]:
    note = each.note
    kind = type(note)
    return [
        kind is ClozeNote,
        note.place[1:],
        _text(note.id),
        [_text(getattr(note, role)) for role in _ROLES[kind]],
        [_text(tag) for tag in note.tags[shared:]],
        [_text(point) for point in note.covers],
        [(_text(code), _text(reason)) for code, reason in note.allow],
        each.html,
        each.ords,
        each.hash,
        [(image.source, image.alt, *image.place[1:]) for image in each.images],
        each.gist,
    ]


def _problem(problem: Problem) -> list[Any]:
    return [*problem.place[1:], problem.code, problem.message, problem.hint]


class _Reader:
    """Makes notes of one file from what its JSON says."""

    def __init__(self, file: str, content: dict[str, Any]) -> None:
        self.file = file
        self.subdeck = self.text(content["subdeck"] or _NOTHING)
        self.tags = tuple(map(self.text, content["tags"]))

    def text(self, row: Sequence[Any]) -> Text:
        return Text(self.file, *row)

    def note(self, row: list[Any]) -> Prepared:
        is_cloze, at, name, texts, tags, covers, allow, html, ords, content, images, gist = row
        kind = ClozeNote if is_cloze else QuestionNote
        shown = [row and Text(self.file, *row) for row in texts]
        note = kind(
            place=Place(self.file, *at),
            id=self.text(name),
            subdeck=self.subdeck,
            tags=(*self.tags, *map(self.text, tags)) if tags else self.tags,
            covers=tuple(map(self.text, covers)),
            allow=tuple((self.text(code), why and self.text(why)) for code, why in allow),
            **dict(zip(_ROLES[kind], shown, strict=True)),
        )
        found = tuple(Image(s, alt, Place(self.file, line, col)) for s, alt, line, col in images)
        return Prepared(note, html, tuple(ords), content, found, gist)

    def problem(self, row: list[Any]) -> Problem:
        line, col, code, message, hint = row
        return Problem(Place(self.file, line, col), code, message, hint)
