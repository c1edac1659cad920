"""A rendered file as JSON and back, for the cache and for worker processes.

JSON and not pickle, since whatever stands in a cache may be a stranger's. Rows and not objects,
without the name of the file, since reading this is most of what a rebuild does.
"""

import hashlib
import json
from typing import Any

from deckwright.build._unchanged_notes import CheckedNote
from deckwright.build.rendered_file import RenderedFile
from deckwright.cards.fields import RenderedTexts
from deckwright.cards.markdown_renderer import MediaReference
from deckwright.check.note_words import AskedAnswer, NoteWords
from deckwright.problem import Fix, Place, Problem
from deckwright.source.deck import ClozeNote, Note, QuestionNote, ReverseNote, Text
from deckwright.words.kinds import QuestionKind
from deckwright.words.messages import Message

Pairs = tuple[tuple[Text, Text | None], ...]
# A text, a place or a problem without the name of its file.
_Row = list[Any]
_NOTES: dict[str, type[Note]] = {n.KIND: n for n in (QuestionNote, ReverseNote, ClozeNote)}
# Each file as it was last read, with the hash of its JSON: a preview reads them at each save.
_LOADED: dict[str, tuple[bytes, RenderedFile]] = {}


def dump(rendered: RenderedFile) -> str:
    """Return the JSON of a rendered file; the name of the file is not in it."""
    first = rendered.notes[0].texts.note if rendered.notes else None
    content = {
        "subdeck": _text_row(first.subdeck) if first else None,
        "tags": [_text_row(tag) for tag in first.file_tags] if first else [],
        "notes": [
            [_note_row(each.texts), each.words, list(map(_problem_row, each.problems))]
            for each in rendered.notes
        ],
        "retired": _pair_rows(rendered.retired),
        "problems": list(map(_problem_row, rendered.reading_problems)),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def load(text: str, file: str) -> RenderedFile:
    """Return the rendered file of what `dump` wrote; `file` is the file's name for places."""
    digest = hashlib.sha256(text.encode()).digest()
    last, found = _LOADED.get(file, (b"", None))
    if found is None or last != digest:
        found = _load(text, file)
        _LOADED[file] = digest, found
    return found


def _load(text: str, file: str) -> RenderedFile:
    content = json.loads(text)
    reader = _Reader(file, content)
    return RenderedFile(
        tuple(
            CheckedNote(reader.rendered(texts), _words(words), tuple(map(reader.problem, problems)))
            for texts, words, problems in content["notes"]
        ),
        reader.pairs(content["retired"]),
        tuple(map(reader.problem, content["problems"])),
    )


def load_if_ours(text: str | None, file: str) -> RenderedFile | None:
    """Return what `load` does; None for None, and for what `dump` never wrote."""
    try:
        return load(text, file) if text else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _text_row(text: Text | None) -> tuple[Any, ...] | None:
    return None if text is None else text[1:]


def _pair_rows(pairs: Pairs) -> list[tuple[Any, Any]]:
    return [(_text_row(name), _text_row(reason)) for name, reason in pairs]


def _note_row(each: RenderedTexts) -> _Row:
    note = each.note
    return [
        note.KIND,
        note.place[1:],
        _text_row(note.id),
        [_text_row(getattr(note, role)) for role in note.ROLES],
        note.kind if isinstance(note, QuestionNote) else None,
        [_text_row(tag) for tag in note.own_tags],
        [_text_row(point) for point in note.covers],
        _pair_rows(note.allow),
        _text_row(note.was),
        _text_row(note.language),
        each.html,
        each.ordinals,
        each.hash,
        [(media.source, media.alt, *media.place[1:]) for media in each.media],
    ]


def _problem_row(problem: Problem) -> _Row:
    said = [_message_row(each) for each in (problem.message, problem.hint)]
    fix = problem.fix and [*problem.fix.place[1:], problem.fix.old, problem.fix.new]
    return [*problem.place[1:], problem.code, *said, fix]


def _message_row(message: Message) -> _Row:
    """Return a message that can be said in any language when it is read again."""
    values = {
        name: {"is": _message_row(value)} if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return [message.template, values]


def _words(row: _Row) -> NoteWords:
    compared, front, asked, spelled = row
    return NoteWords(compared, front, tuple(AskedAnswer(*each) for each in asked), spelled)


def _message(row: _Row) -> Message:
    template, values = row
    return Message(
        template,
        **{n: _message(v["is"]) if isinstance(v, dict) else v for n, v in values.items()},
    )


class _Reader:
    """Makes the notes of one file from what its JSON says."""

    def __init__(self, file: str, content: dict[str, Any]) -> None:
        self._file = file
        self._subdeck = self._text(content["subdeck"])
        self._tags = tuple(map(self._text, content["tags"]))

    def rendered(self, row: _Row) -> RenderedTexts:
        *of_note, html, ordinals, content_hash, media = row
        references = tuple(
            MediaReference(source, alt, Place(self._file, line, col))
            for source, alt, line, col in media
        )
        return RenderedTexts(self._note(*of_note), html, tuple(ordinals), content_hash, references)

    def problem(self, row: _Row) -> Problem:
        line, col, code, message, hint, of_fix = row
        fix = of_fix and Fix(Place(self._file, *of_fix[:2]), *of_fix[2:])
        place = Place(self._file, line, col)
        return Problem(place, code, _message(message), _message(hint), fix)

    def pairs(self, rows: list[list[_Row]]) -> Pairs:
        return tuple((self._text(name), self._text(reason)) for name, reason in rows)

    def _note(  # noqa: PLR0913, PLR0917 - in the order of _note_row
        self,
        note_type: str,
        place: _Row,
        name: _Row,
        texts: list[_Row | None],
        kind: str | None,
        tags: list[_Row],
        covers: list[_Row],
        allow: list[list[_Row]],
        was: _Row | None,
        language: _Row | None,
    ) -> Note:
        made = _NOTES[note_type]
        known: dict[str, Any] = dict(zip(made.ROLES, map(self._text, texts), strict=True))
        if kind:
            known["kind"] = QuestionKind.by_name()[kind]
        return made(
            id=self._text(name),
            place=Place(self._file, *place),
            subdeck=self._subdeck,
            file_tags=self._tags,
            own_tags=tuple(map(self._text, tags)),
            covers=tuple(map(self._text, covers)),
            allow=self.pairs(allow),
            was=self._text(was),
            language=self._text(language),
            **known,
        )

    def _text(self, row: _Row | None) -> Any:
        return None if row is None else Text(self._file, *row)
