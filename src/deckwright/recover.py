"""A lost lock, made again from the package that learners have."""

from deckwright import cloze
from deckwright.content import opening
from deckwright.lock import Lock
from deckwright.locked import LockedNote, LockedType
from deckwright.note_types import FIELDS, NoteType
from deckwright.notes import Deck, Note
from deckwright.render import RenderedNote
from deckwright.unpack import PackedNote, PackedType, Unpacked


class RecoverError(Exception):
    """A package that this deck cannot come from; the text says why."""


def recover(
    deck: Deck, rendered: list[RenderedNote], types: dict[str, NoteType], package: Unpacked
) -> Lock:
    """Return the lock that the last build of `package` left.

    `rendered` belongs to `deck.notes`, the cards of today. A note that would reach learners as it
    is in the package counts as unchanged; every other one gets a new time at the next build. What
    no package holds is lost: retired notes, used-up numbers of gaps, and old names. RecoverError
    where the package is of another deck.
    """
    for kind, packed_type in package.types.items():
        if kind in types and packed_type.id != types[kind].id:
            raise RecoverError(f"the package is of another deck: its note type {packed_type.name}")
    written = {html.id: (note, html) for note, html in zip(deck.notes, rendered, strict=True)}
    notes = {packed.id: _entry(packed, written.get(packed.id)) for packed in package.notes.values()}
    locked = {
        kind: _type(types[kind], packed) for kind, packed in package.types.items() if kind in types
    }
    return Lock(deck.key.value, locked, notes)


def _entry(packed: PackedNote, written: tuple[Note, RenderedNote] | None) -> LockedNote:
    entry = LockedNote(
        note=packed.id,
        guid=packed.guid,
        kind=packed.kind,
        deck=packed.deck,
        added=packed.added,
        modified=packed.modified,
        clozes=cloze.hidden(packed.fields.get("cloze", "")),
    )
    if written is None:
        return entry
    note, html = written
    same = dict(zip(FIELDS[html.kind], html.fields, strict=True)) == packed.fields
    if not same or set(html.tags) != set(packed.tags):
        return entry
    return entry._replace(hash=html.hash, text=opening(note))


def _type(now: NoteType, packed: PackedType) -> LockedType:
    same = packed.look == (now.front, now.back, now.css) and packed.name == now.name
    return LockedType(
        type=now.kind,
        shape=now.shape,
        fingerprint=now.fingerprint if same else "",
        modified=packed.modified,
    )
