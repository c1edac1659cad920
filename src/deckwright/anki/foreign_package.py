"""Every note of a package or a collection, whoever made it: for a deck that begins from it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckwright.anki._collection import foreign_types, protobuf
from deckwright.anki.archive import (
    Connection,
    PackageError,
    database,
    decompressed,
    named,
    unpack_zip,
)
from deckwright.anki.foreign_note import ForeignNote
from deckwright.anki.package_reader import UNLIKE, collection_bytes, refuse_odd, rows_of
from deckwright.words.messages import Message

_META, _LIST, _NEWEST = "meta", "media", b"\x08\x03"
_ENTRY, _NAME = 1, 1  # as MediaEntries calls them (proto/anki/import_export.proto)
_NOTES = "select id, guid, mid, mod, tags, flds from notes order by id"
_CARDS = """
    select nid, ord, case odid when 0 then did else odid end, due, type from cards
    order by nid, ord
"""


@dataclass(frozen=True, slots=True)
class ForeignPackage:
    """The notes of a package in their order; `files` are the names in its zip, by media name."""

    file: Path
    notes: tuple[ForeignNote, ...]
    files: dict[str, str]
    is_newest: bool

    def media(self, wanted: Collection[str]) -> dict[str, bytes]:
        """Return those of its media files that are `wanted`; PackageError as `read`."""
        with named(self.file):
            numbers = {self.files[name]: name for name in wanted if name in self.files}
            found = unpack_zip(self.file, set(numbers))
            unpacked = decompressed if self.is_newest else bytes
            return {numbers[number]: unpacked(raw) for number, raw in found.items()}


def read_foreign_package(file: Path) -> ForeignPackage:
    """Read an `.apkg` or `.colpkg`, of any age and maker.

    OSError where it cannot be opened, PackageError where it is no package or not as Anki writes it.
    """
    with named(file):
        try:
            with database(collection_bytes(file)) as collection:
                refuse_odd(collection)
                notes = tuple(_notes(collection))
            listed = unpack_zip(file, {_META, _LIST})
            is_newest = listed.get(_META) == _NEWEST
            files = _files(listed.get(_LIST, b""), is_newest=is_newest)
        except UNLIKE as error:
            raise PackageError(
                Message("its collection is not as Anki writes it: {error!r}", error=error)
            ) from error
        return ForeignPackage(file, notes, files, is_newest)


def _notes(collection: Connection) -> Iterator[ForeignNote]:
    """Yield the notes in the order in which they are learnt, if nobody did yet; else by age."""
    types, decks = foreign_types(collection, rows_of)
    cards: dict[int, list[Any]] = {}
    for nid, *card in rows_of(collection, _CARDS):
        cards.setdefault(nid, []).append(card)
    rows = rows_of(collection, _NOTES)
    if not any(card[3] for found in cards.values() for card in found):
        rows.sort(key=lambda row: min((card[2] for card in cards.get(row[0], [])), default=0))
    for nid, guid, mid, modified, tags, fields in rows:
        found = cards.get(nid, [])
        if not isinstance(guid, str):
            raise TypeError(f"{guid!r} is not a guid")
        yield ForeignNote(
            types[mid],
            tuple(fields.split("\x1f")),
            decks.get(found[0][1], "") if found else "",
            guid,
            tuple(tags.split()),
            tuple(card[0] for card in found),
            modified=int(modified),
        )


def _files(listed: bytes, *, is_newest: bool) -> dict[str, str]:
    """Return the names of the media files in a zip, by the names that notes have for them."""
    if not is_newest:
        return {str(name): number for number, name in _json(listed).items()}
    entries = [value for key, value in protobuf(decompressed(listed)) if key == _ENTRY]
    names = [dict(protobuf(entry))[_NAME].decode() for entry in entries]
    return {name: str(number) for number, name in enumerate(names)}


def _json(listed: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(listed or b"{}")
    return found
