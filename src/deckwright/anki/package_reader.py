"""A package, back to notes: one that deckwright made, or one that an Anki exported."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from deckwright.anki._collection import adopted_types, collection_parts
from deckwright.anki.archive import (
    MAX_UNPACKED,
    Connection,
    PackageError,
    database,
    decompressed,
    named,
    unpack_zip,
)
from deckwright.cards.note_types import FIELDS
from deckwright.release.adopted import AdoptedType
from deckwright.release.packaged import (
    PackageContents,
    PackagedNote,
    PackagedNoteType,
    is_guid,
    is_our_guid,
)
from deckwright.source.characters import NOT_TEXT
from deckwright.source.ids import is_id
from deckwright.words.messages import Message

# Anki imports the collection that `meta` names; without that, the newer of the other two
# (rslib/src/import_export/package/meta.rs). What stands beside it is a note for old Ankis.
_META, _NEWEST, _NEWER, _OLD = "meta", "collection.anki21b", "collection.anki21", "collection.anki2"
_NAMED = {b"\x08\x01": _OLD, b"\x08\x02": _NEWER, b"\x08\x03": _NEWEST}
# Real tables: a view could make up rows without end.
_TABLES = """
    select count(*) from sqlite_master
    where name in ('col', 'notes', 'cards') and type = 'table' and rootpage > 0
"""
# What runs when Anki changes something, and could make another text of it once it was read here.
_RUNS = "select 1 from sqlite_master where type in ('trigger', 'view')"
# An index that says other things than its table: Anki may ask the one, and we the other.
_CHECKS = [f"pragma integrity_check({table})" for table in ("col", "notes", "cards")]
# What the code below raises for a collection that is not Anki's.
UNLIKE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
_LONGEST = 100_000  # characters of a note
_MOST = 500_000  # notes, or cards
_LATEST = 2**32  # seconds: no Anki knows a later time, in 2106
_ORDINALS = 2**16
# Columns that are computed could do so, too.
_COMPUTED = """
    select 1 from pragma_table_xinfo('notes') where hidden
    union all select 1 from pragma_table_xinfo('cards') where hidden
    union all select 1 from pragma_table_xinfo('col') where hidden
"""
_NOTES = "select id, guid, mid, mod, tags, flds, data from notes order by id"
_NoteRow = tuple[int, str, int, int, str, str, str]
_CARDS = (
    "select nid, ord, case odid when 0 then did else odid end, due from cards order by due, ord"
)


def read_package(
    file: Path | IO[bytes], only: Collection[int] | None = None, key: str | None = None
) -> PackageContents:
    """Read a package that deckwright made, or that an Anki exported; notes of others are left out.

    `only` are the ids of the note types that count, where there may be several decks; of adopted
    note types, those of the deck with the `key` do, by default all. OSError where it cannot be
    opened, PackageError where it is not a package, where nobody can say what Anki would make of it,
    or where it holds no notes of deckwright or several such decks.
    """
    with named(file):
        try:
            with database(collection_bytes(file)) as collection:
                found = _read(collection, only, key)
        except UNLIKE as error:
            raise PackageError(
                Message("its collection is not as Anki writes it: {error!r}", error=error)
            ) from error
        if not found.notes and only is None:
            raise PackageError(Message("it holds no notes of deckwright"))
        return found


def _read(collection: Connection, only: Collection[int] | None, key: str | None) -> PackageContents:
    refuse_odd(collection)
    ours, others, decks = collection_parts(collection, rows_of)
    types = {mid: each for mid, each in ours.items() if only is None or mid in only}
    adopted = adopted_types(collection, rows_of, key)
    if clash := ours.keys() & adopted.keys():
        raise ValueError(f"the note type {min(clash)} is ours and adopted")
    if len({each.kind for each in types.values()}) < len(types):
        raise PackageError(Message("it holds several decks of deckwright: export one of them"))
    for each in types.values():
        _second(each.modified)
    notes = rows_of(collection, _NOTES)
    cards = rows_of(collection, _CARDS)
    found = _contents(types, adopted, decks, notes, cards)
    _refuse_doubles(types.keys() | adopted.keys(), {*ours, *others}, notes, cards)
    _refuse_repeated_ids(found)
    return found


def collection_bytes(file: Path | IO[bytes]) -> bytes:
    """Return the collection that Anki would import from a package; PackageError without one."""
    files = unpack_zip(file, {_META, _OLD, _NEWER, _NEWEST})
    if not files.keys() - {_META}:
        raise PackageError(Message("it holds no Anki collection"))
    meta = files.get(_META)
    name = (_NEWER if _NEWER in files else _OLD) if meta is None else _NAMED.get(meta)
    order = (_NEWEST, _NEWER, _OLD)
    if name is None or next(each for each in order if each in files) != name:
        raise PackageError(Message("it is not clear which of its collections Anki would import"))
    return decompressed(files[name]) if name == _NEWEST else files[name]


def refuse_odd(collection: Connection) -> None:
    """Raise PackageError for a database that could show Anki something else than it shows here."""
    computed = collection.execute(_COMPUTED).fetchone()
    if collection.execute(_TABLES).fetchone() != (3,) or computed:
        raise PackageError(Message("its collection has no tables of Anki's"))
    if collection.execute(_RUNS).fetchone():
        raise PackageError(Message("its collection runs code of its own"))
    for check in _CHECKS:
        if (why := collection.execute(check).fetchone()[0]) != "ok":
            raise PackageError(Message("its database is broken: {error}", error=why))


def _refuse_doubles(
    ours: Collection[int],
    known: Collection[int],
    notes: list[_NoteRow],
    cards: list[tuple[int, int, int, int]],
) -> None:
    """Raise PackageError where two of our notes are one for Anki, or a note is none of its own."""
    if len({nid for nid, *_ in notes}) < len(notes) or len({c[:2] for c in cards}) < len(cards):
        raise PackageError(Message("two of its notes, or of its cards, have one number"))
    if stray := next((nid for nid, _, mid, *_ in notes if mid not in known), None):
        raise PackageError(Message("its note {number} has no note type", number=str(stray)))
    held = Counter(guid for _, guid, *_ in notes)
    twice = [guid for _, guid, mid, *_ in notes if held[guid] > 1 and mid in ours]
    if twice:
        raise PackageError(Message("two of its notes have the guid '{guid}'", guid=twice[0]))


def _refuse_repeated_ids(found: PackageContents) -> None:
    """Raise PackageError where two notes have one id; a note that a learner added has any."""
    keys = Counter(n.id for n in found.notes.values() if n.adopted or is_our_guid(n.guid))
    key, count = next(iter(keys.most_common(1)), ("", 0))
    if count > 1:
        raise PackageError(Message("two of its notes have the id '{id}'", id=key))


def rows_of(collection: Connection, query: str) -> list[Any]:
    """Return the rows of a query, but no more than a deck can have."""
    rows, size = [], 0
    for row in collection.execute(query):
        rows.append(row)
        size += 100 + sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > MAX_UNPACKED or len(rows) > _MOST:
            raise PackageError(Message("its collection is too large"))
    return rows


def _second(number: object) -> int:
    """Return a time that a ledger can hold: from 1970 to 2106."""
    if not isinstance(number, int) or not 0 < number < _LATEST:
        raise ValueError(f"{number!r} is not a time")
    return number


def _guid(value: object) -> str:
    if not is_guid(guid := _text(value)):
        raise ValueError(f"{guid[:40]!r} is not a guid")
    return guid


def _text(value: object) -> str:
    """Return a text such as deckwright packs: without control characters but Anki's separator."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(f"{str(value)[:40]!r} is not a text")
    if NOT_TEXT.search(value.replace("\x1f", "")):
        raise ValueError(f"{value[:40]!r} is not a text")
    return value


def _contents(
    types: dict[int, PackagedNoteType],
    adopted: dict[int, AdoptedType],
    decks: dict[int, tuple[str, str]],
    notes: list[_NoteRow],
    cards: list[tuple[int, int, int, int]],
) -> PackageContents:
    ordinals: dict[int, list[int]] = {}
    deck_of: dict[int, str] = {}
    for nid, number, did, _ in cards:
        if not 0 <= number < _ORDINALS:
            raise ValueError(f"{number!r} is not the number of a card")
        ordinals.setdefault(nid, []).append(number)
        deck_of[nid], _ = decks[did]
    order = {nid: index for index, nid in enumerate(ordinals)}
    found = {}
    for row in sorted(notes, key=lambda row: order.get(row[0], -1)):
        nid, guid, mid, modified, tags, *_ = row
        if mid in adopted:
            kind, texts = adopted[mid].kind, _adopted_texts(adopted[mid], row)
        elif mid in types:
            kind, texts = types[mid].kind, _texts(types[mid].kind, row)
        else:
            continue
        key = texts["key"]
        if any(text for role, text in texts.items() if role != "key") and nid not in ordinals:
            raise ValueError(f"the note {key!r} has no cards")  # that of a clean-up has no text
        found[guid] = PackagedNote(
            id=key,
            guid=_guid(guid),
            kind=kind,
            deck=_text(deck_of.get(nid, "")),
            added=_second(nid // 1000),
            modified=_second(modified),
            fields=texts,
            tags=tuple(_text(tags).split()),
            ordinals=tuple(sorted(ordinals.get(nid, ()))),
            adopted=mid if mid in adopted else None,
        )
    about = "\n".join(about for _, about in decks.values() if about)
    kinds = {entry.kind: entry for entry in types.values()}
    return PackageContents(found, kinds, about, len(notes) - len(found), adopted)


def _texts(kind: str, row: _NoteRow) -> dict[str, str]:
    """Return the fields of a note by role.

    Names of fields may change; their number and order are frozen. Learners may add their own.
    """
    values = _text(row[5]).split("\x1f")[: len(FIELDS[kind])]
    return dict(zip(FIELDS[kind], values, strict=True))


def _adopted_texts(adopted: AdoptedType, row: _NoteRow) -> dict[str, str]:
    """Return the fields of an adopted note by role, with its id: Anki's own exports lack that."""
    if not is_id(key := _text(row[6])):
        raise PackageError(
            Message("an Anki exported it, without the ids of adopted notes: take the one released")
        )
    pairs = zip(adopted.roles, _text(row[5]).split("\x1f"), strict=True)
    texts = {role: text for role, text in pairs if role}
    return {**dict.fromkeys(FIELDS[adopted.kind], ""), **texts, "key": key}
