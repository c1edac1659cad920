"""An `.apkg` that deckwright made, back to notes."""

import json
from pathlib import Path
from typing import IO, Any, NamedTuple

from deckwright.archive import MAX_UNPACKED, ArchiveError, Connection, database, unpack_zip
from deckwright.files import UNFIT
from deckwright.note_types import CLOZE, FIELDS, QUESTION

_OLD, _NEW = "collection.anki2", "collection.anki21b"
# Real tables: what only looks like one could make up rows without end.
_TABLES = """
    select count(*) from sqlite_master
    where name in ('col', 'notes', 'cards') and type = 'table' and rootpage > 0
"""
# What a collection that is not as deckwright writes it makes of the code that reads it.
_UNLIKE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
_LONGEST, _MOST = 100_000, 500_000  # signs of a note, notes or cards of a package
_MADE_UP = """
    select 1 from pragma_table_xinfo('notes') where hidden
    union all select 1 from pragma_table_xinfo('cards') where hidden
    union all select 1 from pragma_table_xinfo('col') where hidden
"""
_NOTES = "select id, guid, mid, mod, tags, flds from notes order by id"
_CARDS = "select nid, ord, did, due from cards order by due, ord"


class PackedNote(NamedTuple):
    """A note in a package: `fields` as HTML by role, times in seconds since 1970."""

    id: str
    guid: str
    kind: str
    deck: str
    added: int
    modified: int
    fields: dict[str, str]
    tags: tuple[str, ...]
    ords: tuple[int, ...]


class PackedType(NamedTuple):
    """A note type in a package; `look` is its HTML and CSS, front and back."""

    id: int
    kind: str
    name: str
    modified: int
    look: tuple[str, ...]


class Unpacked(NamedTuple):
    """A package: notes by guid in study order, and note types by kind."""

    notes: dict[str, PackedNote]
    types: dict[str, PackedType]


def unpack(file: Path | IO[bytes]) -> Unpacked:
    """Read a package; OSError where it cannot be opened, ArchiveError where it is none."""
    files = unpack_zip(file, {_OLD, _NEW})
    if _NEW in files:
        raise ArchiveError("a newer Anki wrote it; take the package that deckwright built")
    if _OLD not in files:
        raise ArchiveError("it holds no Anki collection")
    try:
        with database(files[_OLD]) as collection:
            made_up = collection.execute(_MADE_UP).fetchone()
            if collection.execute(_TABLES).fetchone() != (3,) or made_up:
                raise ArchiveError("its collection has no tables of Anki's")
            models, decks = collection.execute("select models, decks from col").fetchone()
            notes = _rows(collection, _NOTES)
            cards = _rows(collection, _CARDS)
            return _unpacked(json.loads(models), json.loads(decks), notes, cards)
    except _UNLIKE as error:
        raise ArchiveError(f"its collection is not as deckwright writes it: {error!r}") from error


def _rows(collection: Connection, query: str) -> list[Any]:
    """Return the rows of a query, no more than there can be: a table may make them up."""
    rows, size = [], 0
    for row in collection.execute(query):
        rows.append(row)
        size += 100 + sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > MAX_UNPACKED or len(rows) > _MOST:
            raise ArchiveError("its collection is too large")
    return rows


def _second(number: object) -> int:
    """Return a time that an entry of the lock can hold: from 1970 to 2242."""
    if not isinstance(number, int) or not 0 <= number < 2**33:
        raise ValueError(f"{number!r} is no time")
    return number


def _text(value: object) -> str:
    """Return a text as deckwright packs it: no more than a separator of fields is unfit in it."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(f"{str(value)[:40]!r} is no text")
    if UNFIT.search(value.replace("\x1f", "")):
        raise ValueError(f"{value[:40]!r} is no text")
    return value


def _unpacked(
    models: dict[str, dict[str, object]],
    decks: dict[str, dict[str, str]],
    notes: list[tuple[int, str, int, int, str, str]],
    cards: list[tuple[int, int, int, int]],
) -> Unpacked:
    types = {int(mid): _type(int(mid), model) for mid, model in models.items()}
    ords: dict[int, list[int]] = {}
    deck_of: dict[int, str] = {}
    for nid, number, did, _ in cards:
        ords.setdefault(nid, []).append(number)
        deck_of[nid] = decks[str(did)]["name"]
    order = {nid: index for index, nid in enumerate(ords)}
    found = {}
    for nid, guid, mid, modified, tags, fields in sorted(notes, key=lambda n: order.get(n[0], -1)):
        # Names of fields may change; their number and order are frozen.
        by_role = dict(zip(FIELDS[types[mid].kind], _text(fields).split("\x1f"), strict=True))
        found[guid] = PackedNote(
            id=by_role["key"],
            guid=_text(guid),
            kind=types[mid].kind,
            deck=_text(deck_of.get(nid, "")),
            added=_second(nid // 1000),
            modified=_second(modified),
            fields=by_role,
            tags=tuple(_text(tags).split()),
            ords=tuple(ords.get(nid, ())),
        )
    return Unpacked(found, {entry.kind: entry for entry in types.values()})


def _type(mid: int, model: dict[str, object]) -> PackedType:
    template = model["tmpls"][0]  # type: ignore[index]
    look = (str(template["qfmt"]), str(template["afmt"]), str(model["css"]))
    kind = CLOZE if model["type"] == 1 else QUESTION
    return PackedType(mid, kind, _text(model["name"]), _second(model["mod"]), look)
