"""Note types and decks of a collection: as JSON (schema 11), or in tables of their own (schema 18).

Learners may have added fields and cards to our note types: those stand behind ours.

Anki's own exports may hold other decks, too: of note types, only those of a deckwright count.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from deckwright.anki.archive import Connection
from deckwright.anki.foreign_note import ForeignType
from deckwright.cards.note_types import FIELDS, fixed_ordinals, kind_of
from deckwright.release.adopted import MARK, AdoptedType, is_usable
from deckwright.release.packaged import PackagedNoteType

_Rows = Callable[[Connection, str], list[Any]]
_IN_JSON, _IN_TABLES = 11, 18  # versions of a collection
_TEXT, _VARINT = 2, 0  # types of a field of protobuf
_VARINT_BITS = 70  # ten bytes of seven
# What the messages NotetypeConfig and TemplateConfig call these (proto/anki/notetypes.proto).
_KIND, _CSS, _FRONT, _BACK = 1, 3, 1, 2
_FIELD_ID, _TEMPLATE_ID = 9, 8
_NORMAL, _ABOUT = 1, 4  # DeckKind's normal deck, and its description (proto/anki/decks.proto)


def collection_parts(
    collection: Connection, rows: _Rows
) -> tuple[dict[int, PackagedNoteType], set[int], dict[int, tuple[str, str]]]:
    """Return our note types by their ids, the ids of others, and the decks by theirs.

    Of a deck, name and description.

    `rows` runs a query within bounds. ValueError, and others, for what no Anki wrote.
    """
    ((version, models, decks),) = rows(collection, "select ver, models, decks from col")
    types: dict[int, PackagedNoteType | None]
    if version == _IN_JSON:
        types = {mid: _from_json(mid, model) for mid, model in by_id(models)}
        known = {did: (str(d["name"]), str(d.get("desc", ""))) for did, d in by_id(decks)}
    elif version == _IN_TABLES:
        types = {row[0]: _from_tables(collection, row) for row in rows(collection, _TYPES)}
        known = {
            did: (name.replace("\x1f", "::"), _description(kind))
            for did, name, kind in rows(collection, _DECKS)
        }
    else:
        raise ValueError(f"{version!r} is not a version of a collection")
    ours = {mid: each for mid, each in types.items() if each}
    return ours, types.keys() - ours.keys(), known


def foreign_types(
    collection: Connection, rows: _Rows
) -> tuple[dict[int, ForeignType], dict[int, str]]:
    """Return every note type by its id, whoever made it, and the names of decks by theirs."""
    ((version, models),) = rows(collection, "select ver, models from col")
    _, _, decks = collection_parts(collection, rows)
    names = {did: name for did, (name, _) in decks.items()}
    if version == _IN_JSON:
        return {mid: _foreign_from_json(mid, model) for mid, model in by_id(models)}, names
    types = {}
    for mid, name, _, config in rows(collection, _TYPES):
        is_cloze = dict(protobuf(config)).get(_KIND) == 1
        fields, templates = (
            [
                (str(name), dict(protobuf(config)))
                for name, config in collection.execute(query, (mid,))
            ]
            for query in (_FIELDS, _TEMPLATES)
        )
        types[mid] = ForeignType(
            name,
            _known(tuple(name for name, _ in fields), kind_of(mid, cloze=is_cloze)),
            is_cloze,
            tuple(bytes(each.get(_FRONT, b"")).decode() for _, each in templates),
            kind_of(mid, cloze=is_cloze),
            mid,
            tuple(_signed(each.get(_FIELD_ID, 0)) for _, each in fields),
            tuple((name, _signed(each.get(_TEMPLATE_ID, 0))) for name, each in templates),
        )
    return types, names


def adopted_types(collection: Connection, rows: _Rows, key: str | None) -> dict[int, AdoptedType]:
    """Return the note types that a package of ours says are adopted, those of one deck or of all.

    `key` is that of the deck, None for all. ValueError, and others, for what we never wrote.
    """
    ((version, models),) = rows(collection, "select ver, models from col")
    found = {}
    for mid, model in by_id(models) if version == _IN_JSON else ():
        if MARK in model and key in (None, model[MARK]["key"]):
            each = _foreign_from_json(mid, model)
            mark = model[MARK]
            found[mid] = each.adopted(str(mark["kind"]), tuple(map(str, mark["roles"])))
            if not is_usable(found[mid]):
                raise ValueError(f"the note type {mid} cannot be adopted")
    return found


def _known(names: tuple[str, ...], kind: str | None) -> tuple[str, ...]:
    """Return the names of fields; of ours, their roles, whatever a learner calls them."""
    if kind is None:
        return names
    roles = FIELDS[kind]
    if len(names) < len(roles):
        raise ValueError(f"a note type of the kind {kind!r} lacks fields")
    return roles + names[len(roles) :]


def _signed(number: int) -> int:
    """Return what a number of protobuf says that may be negative."""
    return number - 2**64 if number >= 2**63 else number


def _foreign_from_json(mid: int, model: dict[str, Any]) -> ForeignType:
    is_cloze = model["type"] == 1
    fields = tuple(str(each["name"]) for each in model["flds"])
    fronts = tuple(str(each["qfmt"]) for each in model["tmpls"])
    kind = kind_of(mid, cloze=is_cloze)
    return ForeignType(
        str(model["name"]),
        _known(fields, kind),
        is_cloze,
        fronts,
        kind,
        mid,
        tuple(int(each.get("id") or 0) for each in model["flds"]),
        tuple((str(each["name"]), int(each.get("id") or 0)) for each in model["tmpls"]),
    )


def by_id(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the entries of an object by their ids; Anki goes by the one that they hold."""
    for number, entry in json.loads(text).items():
        if int(number) != int(entry["id"]):
            raise ValueError(f"{number!r} is not the id {entry['id']!r}")
        yield int(number), entry


_TYPES = "select id, name, mtime_secs, config from notetypes"
_DECKS = "select id, name, kind from decks"
_FIELDS = "select name, config from fields where ntid = ? order by ord limit 1000"
_TEMPLATES = "select name, config from templates where ntid = ? order by ord limit 1000"


def _from_json(mid: int, model: dict[str, Any]) -> PackagedNoteType | None:
    kind = kind_of(mid, cloze=model["type"] == 1)
    if kind is None:
        return None
    if len(model["flds"]) < len(FIELDS[kind]):
        raise ValueError(f"the note type {mid} lacks fields")
    ours = model["tmpls"][: len(fixed_ordinals(kind))]
    sides = [str(template[side]) for template in ours for side in ("qfmt", "afmt")]
    look = (*sides, str(model["css"]))
    more = len(model["tmpls"]) - len(ours)
    return PackagedNoteType(mid, kind, str(model["name"]), int(model["mod"]), look, more)


def _from_tables(
    collection: Connection, row: tuple[int, str, int, bytes]
) -> PackagedNoteType | None:
    mid, name, modified, config = row
    about = dict(protobuf(config))
    kind = kind_of(mid, cloze=about.get(_KIND) == 1)
    (count,) = collection.execute("select count() from fields where ntid = ?", (mid,)).fetchone()
    if kind is None:
        return None
    if count < len(FIELDS[kind]):
        raise ValueError(f"the note type {mid} lacks fields")
    configs = collection.execute(_TEMPLATES, (mid,)).fetchall()
    ours = configs[: len(fixed_ordinals(kind))]
    templates = [dict(protobuf(config)) for _, config in ours]
    sides = [template[side] for template in templates for side in (_FRONT, _BACK)]
    texts = (*sides, about.get(_CSS, b""))
    if not all(isinstance(text, bytes) for text in texts):
        raise ValueError(f"the note type {mid} has a number for a text")
    look = tuple(text.decode() for text in texts)
    return PackagedNoteType(mid, kind, name, modified, look, len(configs) - len(ours))


def _description(kind: bytes) -> str:
    """Return the description in what a deck is, "" for one that filters."""
    normal = dict(protobuf(kind)).get(_NORMAL)
    return bytes(dict(protobuf(normal)).get(_ABOUT, b"")).decode() if normal else ""


def protobuf(message: bytes) -> Iterator[tuple[int, Any]]:
    """Yield number and value of the fields of a message that are texts or numbers."""
    at = 0
    while at < len(message):
        key, at = varint_at(message, at)
        number, form = key >> 3, key & 7
        if form == _VARINT:
            value: Any
            value, at = varint_at(message, at)
        elif form == _TEXT:
            length, at = varint_at(message, at)
            value, at = message[at : at + length], at + length
        else:
            value, at = None, at + (8 if form == 1 else 4)
        yield number, value


def varint_at(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < _VARINT_BITS:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:  # noqa: PLR2004 - the last byte has no eighth bit
            return value, at
    raise ValueError("a number is too long")
