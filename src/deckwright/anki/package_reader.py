"""A package, back to notes: one that deckwright made, or one that an Anki exported."""

from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from deckwright.anki._collection import collection_parts
from deckwright.anki.archive import (
    MAX_UNPACKED,
    Connection,
    PackageError,
    database,
    decompressed,
    unpack_zip,
)
from deckwright.cards.note_types import FIELDS
from deckwright.release.packaged import PackageContents, PackagedNote, PackagedNoteType
from deckwright.source.characters import NOT_TEXT
from deckwright.words.messages import Message

# The collection in a package, the one that counts first: what stands beside it is a note for old
# Ankis, in an export by a new one.
_NEWEST, _NEWER, _OLD = "collection.anki21b", "collection.anki21", "collection.anki2"
# Real tables: a view could make up rows without end.
_TABLES = """
    select count(*) from sqlite_master
    where name in ('col', 'notes', 'cards') and type = 'table' and rootpage > 0
"""
# What the code below raises for a collection that is not Anki's.
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
_CARDS = (
    "select nid, ord, case odid when 0 then did else odid end, due from cards order by due, ord"
)


def read_package(file: Path | IO[bytes], only: Collection[int] | None = None) -> PackageContents:
    """Read a package that deckwright made, or that an Anki exported; notes of others are left out.

    `only` are the ids of the note types that count, where there may be several decks. OSError where
    it cannot be opened, PackageError where it is not a package, or holds several such decks.
    """
    files = unpack_zip(file, {_OLD, _NEWER, _NEWEST})
    name = next((each for each in (_NEWEST, _NEWER, _OLD) if each in files), None)
    if name is None:
        raise PackageError(Message("it holds no Anki collection"))
    content = decompressed(files[name]) if name == _NEWEST else files[name]
    try:
        with database(content) as collection:
            computed = collection.execute(_COMPUTED).fetchone()
            if collection.execute(_TABLES).fetchone() != (3,) or computed:
                raise PackageError(Message("its collection has no tables of Anki's"))
            types, decks = collection_parts(collection, _rows)
            types = {mid: each for mid, each in types.items() if only is None or mid in only}
            if len({each.kind for each in types.values()}) < len(types):
                raise PackageError(
                    Message("it holds several decks of deckwright: export one of them")
                )
            notes = _rows(collection, _NOTES)
            cards = _rows(collection, _CARDS)
            return _contents(types, decks, notes, cards)
    except _UNLIKE as error:
        raise PackageError(
            Message("its collection is not as Anki writes it: {error!r}", error=error)
        ) from error


def _rows(collection: Connection, query: str) -> list[Any]:
    """Return the rows of a query, but no more than a deck can have."""
    rows, size = [], 0
    for row in collection.execute(query):
        rows.append(row)
        size += 100 + sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > MAX_UNPACKED or len(rows) > _MOST:
            raise PackageError(Message("its collection is too large"))
    return rows


def _second(number: object) -> int:
    """Return a time that a ledger can hold: from 1970 to 2242."""
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
    types: dict[int, PackagedNoteType],
    decks: dict[int, str],
    notes: list[tuple[int, str, int, int, str, str]],
    cards: list[tuple[int, int, int, int]],
) -> PackageContents:
    ordinals: dict[int, list[int]] = {}
    deck_of: dict[int, str] = {}
    for nid, number, did, _ in cards:
        ordinals.setdefault(nid, []).append(number)
        deck_of[nid] = decks[did]
    order = {nid: index for index, nid in enumerate(ordinals)}
    found = {}
    for nid, guid, mid, modified, tags, fields in sorted(notes, key=lambda n: order.get(n[0], -1)):
        if mid not in types:
            continue
        # Names of fields may change; their number and order are frozen. Learners may add their own.
        roles = FIELDS[types[mid].kind]
        values = _text(fields).split("\x1f")[: len(roles)]
        found[guid] = PackagedNote(
            id=values[0],
            guid=_text(guid),
            kind=types[mid].kind,
            deck=_text(deck_of.get(nid, "")),
            added=_second(nid // 1000),
            modified=_second(modified),
            fields=dict(zip(roles, values, strict=True)),
            tags=tuple(_text(tags).split()),
            ordinals=tuple(sorted(ordinals.get(nid, ()))),
        )
    return PackageContents(found, {entry.kind: entry for entry in types.values()})
