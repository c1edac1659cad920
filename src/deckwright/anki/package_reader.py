"""An `.apkg` that deckwright made, back to notes."""

import json
from pathlib import Path
from typing import IO, Any

from deckwright.anki.archive import MAX_UNPACKED, Connection, PackageError, database, unpack_zip
from deckwright.cards.note_types import CLOZE, FIELDS, QUESTION
from deckwright.release.packaged import PackageContents, PackagedNote, PackagedNoteType
from deckwright.source.characters import NOT_TEXT

_OLD, _NEW = "collection.anki2", "collection.anki21b"
# Real tables: a view could make up rows without end.
_TABLES = """
    select count(*) from sqlite_master
    where name in ('col', 'notes', 'cards') and type = 'table' and rootpage > 0
"""
# What the code below raises for a collection that deckwright would not write.
_UNLIKE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
_LONGEST = 100_000  # characters of a note
_MOST = 500_000  # notes, or cards
# Columns that are computed could do so, too.
_COMPUTED = """
    select 1 from pragma_table_xinfo('notes') where hidden
    union all select 1 from pragma_table_xinfo('cards') where hidden
    union all select 1 from pragma_table_xinfo('col') where hidden
"""
_NOTES = "select id, guid, mid, mod, tags, flds from notes order by id"
_CARDS = "select nid, ord, did, due from cards order by due, ord"


def read_package(file: Path | IO[bytes]) -> PackageContents:
    """Read a package; OSError where it cannot be opened, PackageError where it is not a package."""
    files = unpack_zip(file, {_OLD, _NEW})
    if _NEW in files:
        raise PackageError("a newer Anki wrote it; take the package that deckwright built")
    if _OLD not in files:
        raise PackageError("it holds no Anki collection")
    try:
        with database(files[_OLD]) as collection:
            computed = collection.execute(_COMPUTED).fetchone()
            if collection.execute(_TABLES).fetchone() != (3,) or computed:
                raise PackageError("its collection has no tables of Anki's")
            models, decks = collection.execute("select models, decks from col").fetchone()
            notes = _rows(collection, _NOTES)
            cards = _rows(collection, _CARDS)
            return _contents(json.loads(models), json.loads(decks), notes, cards)
    except _UNLIKE as error:
        raise PackageError(f"its collection is not as deckwright writes it: {error!r}") from error


def _rows(collection: Connection, query: str) -> list[Any]:
    """Return the rows of a query, but no more than a deck can have."""
    rows, size = [], 0
    for row in collection.execute(query):
        rows.append(row)
        size += 100 + sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > MAX_UNPACKED or len(rows) > _MOST:
            raise PackageError("its collection is too large")
    return rows


def _second(number: object) -> int:
    """Return a time that an entry of the lock can hold: from 1970 to 2242."""
    if not isinstance(number, int) or not 0 <= number < 2**33:
        raise ValueError(f"{number!r} is not a time")
    return number


def _text(value: object) -> str:
    """Return a text such as deckwright packs: without control characters but Anki's separator."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(f"{str(value)[:40]!r} is not a text")
    if NOT_TEXT.search(value.replace("\x1f", "")):
        raise ValueError(f"{value[:40]!r} is not a text")
    return value


def _contents(
    models: dict[str, dict[str, object]],
    decks: dict[str, dict[str, str]],
    notes: list[tuple[int, str, int, int, str, str]],
    cards: list[tuple[int, int, int, int]],
) -> PackageContents:
    types = {int(mid): _type(int(mid), model) for mid, model in models.items()}
    ordinals: dict[int, list[int]] = {}
    deck_of: dict[int, str] = {}
    for nid, number, did, _ in cards:
        ordinals.setdefault(nid, []).append(number)
        deck_of[nid] = decks[str(did)]["name"]
    order = {nid: index for index, nid in enumerate(ordinals)}
    found = {}
    for nid, guid, mid, modified, tags, fields in sorted(notes, key=lambda n: order.get(n[0], -1)):
        # Names of fields may change; their number and order are frozen.
        by_role = dict(zip(FIELDS[types[mid].kind], _text(fields).split("\x1f"), strict=True))
        found[guid] = PackagedNote(
            id=by_role["key"],
            guid=_text(guid),
            kind=types[mid].kind,
            deck=_text(deck_of.get(nid, "")),
            added=_second(nid // 1000),
            modified=_second(modified),
            fields=by_role,
            tags=tuple(_text(tags).split()),
            ordinals=tuple(ordinals.get(nid, ())),
        )
    return PackageContents(found, {entry.kind: entry for entry in types.values()})


def _type(mid: int, model: dict[str, object]) -> PackagedNoteType:
    template = model["tmpls"][0]  # type: ignore[index]
    look = (str(template["qfmt"]), str(template["afmt"]), str(model["css"]))
    kind = CLOZE if model["type"] == 1 else QUESTION
    return PackagedNoteType(mid, kind, _text(model["name"]), _second(model["mod"]), look)
