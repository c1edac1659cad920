"""A lost lock, made again from the package that learners have."""

from dataclasses import replace

from deckwright.cards import cloze
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import FIELDS, NoteType
from deckwright.release._lock_entry import LockedNote, LockedType
from deckwright.release.lock import Lock
from deckwright.release.packaged import PackageContents, PackagedNote, PackagedNoteType
from deckwright.source.deck import Deck, Note, opening


class RecoveryError(Exception):
    """A package that this deck cannot come from; the text says why."""


def recover(
    deck: Deck, rendered: list[RenderedNote], types: dict[str, NoteType], package: PackageContents
) -> Lock:
    """Return the lock that the last build of `package` left.

    `rendered` belongs to `deck.notes`, the cards of today. A note that would reach learners as it
    is in the package counts as unchanged; every other one gets a new time at the next build. What
    no package holds is lost: retired notes, used-up numbers of gaps, and old names. RecoveryError
    where the package is of another deck.
    """
    for kind, packaged_type in package.types.items():
        if kind in types and packaged_type.id != types[kind].id:
            raise RecoveryError(
                f"the package is of another deck: its note type {packaged_type.name}"
            )
    written = {html.id: (note, html) for note, html in zip(deck.notes, rendered, strict=True)}
    notes = {
        packaged.id: _entry(packaged, written.get(packaged.id))
        for packaged in package.notes.values()
    }
    locked = {
        kind: _type(types[kind], packaged)
        for kind, packaged in package.types.items()
        if kind in types
    }
    return Lock(deck.key.value, locked, notes)


def _entry(packaged: PackagedNote, written: tuple[Note, RenderedNote] | None) -> LockedNote:
    entry = LockedNote(
        note=packaged.id,
        guid=packaged.guid,
        kind=packaged.kind,
        deck=packaged.deck,
        added=packaged.added,
        modified=packaged.modified,
        clozes=cloze.hidden(packaged.fields.get("cloze", "")),
    )
    if written is None:
        return entry
    note, html = written
    same = dict(zip(FIELDS[html.kind], html.fields, strict=True)) == packaged.fields
    if not same or set(html.tags) != set(packaged.tags):
        return entry
    return replace(entry, hash=html.hash, text=opening(note))


def _type(now: NoteType, packaged: PackagedNoteType) -> LockedType:
    same = packaged.look == (now.front, now.back, now.css) and packaged.name == now.name
    return LockedType(
        type=now.kind,
        shape=now.shape,
        fingerprint=now.fingerprint if same else "",
        modified=packaged.modified,
    )
