"""Stamped notes to an `.apkg`, byte for byte the same for the same notes.

genanki writes the collection with its note types and decks. The rows of notes and cards are ours,
since genanki takes their ids and times from one clock, and every note would count as changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import genanki

from deckwright.anki.archive import Connection, database, pack_zip
from deckwright.cards.note_types import CLOZE, FIELDS, CardTemplate, NoteType, stable_id
from deckwright.release.adopted import MARK, AdoptedType
from deckwright.release.stamped_notes import StampedNote

_NOTE_ROW = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, ?)"
_CARD_ROW = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
_FOLDED_FIELDS = ("key", "spare1", "spare2")


@dataclass(frozen=True, slots=True)
class DeckInfo:
    """What all packages of a deck share.

    `key` is the deck's key, `name` and `description` (HTML) those of the deck that holds all
    subdecks, `types` the note types by kind, `times` their times in seconds since 1970.
    """

    key: str
    name: str
    description: str
    types: dict[str, NoteType]
    times: dict[str, int]


def write_package(
    info: DeckInfo, notes: Sequence[StampedNote], media: Mapping[str, bytes]
) -> bytes:
    """Return the bytes of an Anki package in the format that every client reads (schema 11).

    Study order is the order of `notes`; `media` holds the files they show, by name.
    """
    decks = {deck: stable_id(info.key, "deck", deck) for deck in _deck_names(info.name, notes)}
    top = _Deck(decks[info.name], info.name, info.description)
    for kind, note_type in info.types.items():
        top.add_model(_Model(note_type, info.times[kind]))
    for adopted in {each.adopted: each for note in notes if (each := note.adopted)}.values():
        top.add_model(_AdoptedModel(adopted, info.key))
    below = [_Deck(deck_id, deck) for deck, deck_id in decks.items() if deck != info.name]
    with database() as connection:
        genanki.Package([top, *below]).write_to_db(connection.cursor(), 0, iter(()))
        with _indexes_last(connection):
            connection.executemany(_NOTE_ROW, (_note_row(note, info.types) for note in notes))
            connection.executemany(_CARD_ROW, _card_rows(notes, decks))
        connection.commit()
        content = connection.serialize()
    names = sorted(media)
    listed = json.dumps({str(number): name for number, name in enumerate(names)})
    numbered = {str(number): media[name] for number, name in enumerate(names)}
    return pack_zip({"collection.anki2": content, "media": listed.encode(), **numbered})


@contextmanager
def _indexes_last(connection: Connection) -> Iterator[None]:
    """Make the indexes after the rows: that is faster, and the file is a tenth smaller."""
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
    made = indexes.fetchall()
    for name, _ in made:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in made:
        connection.execute(sql)


def _deck_names(name: str, notes: Sequence[StampedNote]) -> list[str]:
    """Return the decks that hold cards, the deck above them first."""
    return list(dict.fromkeys((name, *(note.note.deck for note in notes if note.note.ordinals))))


def _note_row(stamped: StampedNote, types: dict[str, NoteType]) -> tuple[int | str, ...]:
    note, note_type = stamped.note, types[stamped.note.kind]
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    number, fields, sorted_by, data = note_type.id, note.fields, note_type.sort_field, ""
    if adopted := stamped.adopted:
        number, sorted_by, data = adopted.adopted, adopted.main, note.id
        fields = adopted.placed(dict(zip(FIELDS[note.kind], note.fields, strict=True)))
    return (
        stamped.added * 1000,
        stamped.guid,
        number,
        stamped.modified,
        tags,
        "\x1f".join(fields),
        fields[sorted_by],
        data,
    )


def _card_rows(notes: Iterable[StampedNote], decks: dict[str, int]) -> Iterable[tuple[int, ...]]:
    for due, stamped in enumerate(notes, 1):
        note_id = stamped.added * 1000
        for number in stamped.note.ordinals:
            deck = decks[stamped.note.deck]
            yield (note_id + number, note_id, deck, number, stamped.modified, due)


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck without the study limits and dates of 2015 that genanki writes."""

    def to_json(self) -> dict[str, object]:
        """Return the deck as Anki keeps it."""
        today = {name: [0, 0] for name in ("lrnToday", "newToday", "revToday", "timeToday")}
        return {**super().to_json(), **today, "mod": 0}


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with a time of its own."""

    def __init__(self, note_type: NoteType, modified: int) -> None:
        super().__init__(
            model_id=note_type.id,
            name=note_type.name,
            fields=[_field(note_type, index) for index in range(len(note_type.fields))],
            templates=[_template(each) for each in note_type.templates],
            css=note_type.css,
            model_type=genanki.Model.CLOZE if note_type.kind == CLOZE else genanki.Model.FRONT_BACK,
            sort_field_index=note_type.sort_field,
        )
        self.modified = modified

    def to_json(self, _timestamp: float, deck_id: int) -> dict[str, object]:
        """Return the note type as Anki keeps it; genanki passes the build's time, we our own."""
        json_type: dict[str, object] = super().to_json(self.modified, deck_id)
        return json_type


class _AdoptedModel(genanki.Model):  # type: ignore[misc]
    """A note type that learners hold: as old as can be, so that it never replaces theirs.

    What it says of itself under MARK is for deckwright: Anki keeps what it does not know.
    """

    def __init__(self, adopted: AdoptedType, key: str) -> None:
        fronts = ["cloze"] if adopted.kind == CLOZE else ["question", "answer"]
        super().__init__(
            model_id=adopted.adopted,
            name=adopted.name,
            fields=_named(adopted.fields, adopted.field_ids),
            templates=[
                {**named, **_sides(adopted, front)}
                for named, front in zip(
                    _named(adopted.templates, adopted.template_ids), fronts, strict=False
                )
            ],
            css=".card { font-size: 1.25em; text-align: center; }",
            model_type=genanki.Model.CLOZE if adopted.kind == CLOZE else genanki.Model.FRONT_BACK,
            sort_field_index=adopted.main,
        )
        self._mark = {"key": key, "kind": adopted.kind, "roles": adopted.roles}

    def to_json(self, _timestamp: float, deck_id: int) -> dict[str, object]:
        """Return the note type as Anki keeps it."""
        return {**super().to_json(0, deck_id), MARK: self._mark}


def _named(names: Sequence[str], ids: Sequence[int]) -> list[dict[str, object]]:
    """Return fields or templates; without an id where their first package had none."""
    pairs = zip(names, ids, strict=True)
    return [{"name": name, "id": number} if number else {"name": name} for name, number in pairs]


def _sides(adopted: AdoptedType, front: str) -> dict[str, str]:
    """Return front and back of a template: the text that it asks, and then all other fields."""
    asked = adopted.fields[adopted.roles.index(front)]
    shown = f"{{{{cloze:{asked}}}}}" if adopted.kind == CLOZE else f"{{{{{asked}}}}}"
    others = "\n".join(
        f"{{{{#{name}}}}}<div>{{{{{name}}}}}</div>{{{{/{name}}}}}"
        for name in adopted.fields
        if name != asked
    )
    return {"qfmt": shown, "afmt": f"{shown}\n<hr id=answer>\n{others}"}


def _template(template: CardTemplate) -> dict[str, object]:
    """Return a template as Anki keeps it."""
    question, answer = template.browser
    return {
        "id": template.id,
        "name": template.name,
        "qfmt": template.front,
        "afmt": template.back,
        "bqfmt": question,
        "bafmt": answer,
    }


def _field(note_type: NoteType, index: int) -> dict[str, object]:
    """Return a field as Anki keeps it: what no learner writes in is folded away in the editor."""
    role = FIELDS[note_type.kind][index]
    return {
        "id": note_type.fields[index].id,
        "name": note_type.fields[index].name,
        "collapsed": role in _FOLDED_FIELDS,
        "excludeFromSearch": role.startswith("spare"),
        "plainText": role == "key",
        "preventDeletion": True,
    }
