"""Notes with what Anki knows them by: as learners hold them, and blanked."""

from dataclasses import dataclass

from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import FIELDS
from deckwright.release.adopted import AdoptedType
from deckwright.release.ledger import Ledger, LedgerNote


@dataclass(frozen=True, slots=True)
class StampedNote:
    """A rendered note with what Anki knows it by; `added` and `modified` in seconds since 1970.

    `adopted` is the note type that an adopted note keeps, None for one of ours.
    """

    note: RenderedNote
    guid: str
    added: int
    modified: int
    adopted: AdoptedType | None = None


def blanked(ledger: Ledger, since: int) -> tuple[StampedNote, ...]:
    """Return the notes that were retired since a release, without any text and so without cards.

    For someone who has such a note, its cards become empty cards, and Anki's *Empty Cards* then
    deletes cards and note (rslib/src/notetype/emptycards.rs). For someone who did that before, it
    would come back: so a clean-up holds the notes of one release, unless stragglers need more. The
    key stays, to tell which note it was.
    """
    notes = []
    for entry in sorted(ledger.notes.values(), key=lambda entry: entry.note):
        if entry.retired is not None and entry.retired >= since:
            fields = (entry.note, *[""] * (len(FIELDS[entry.kind]) - 1))
            blank = RenderedNote(entry.note, entry.kind, entry.deck, fields, tags=(), ordinals=())
            notes.append(stamped(ledger, entry, blank, ledger.time(entry.retired)))
    return tuple(notes)


def held_note(ledger: Ledger, entry: LedgerNote, media: set[str]) -> StampedNote:
    """Return a note as learners hold it; of its files, those whose packed names are in `media`."""
    values = {**entry.fields, "key": entry.note}
    shown = " ".join(entry.fields.values())
    note = RenderedNote(
        id=entry.note,
        kind=entry.kind,
        deck=entry.deck,
        fields=tuple(values.get(role, "") for role in FIELDS[entry.kind]),
        tags=entry.tags,
        ordinals=entry.ordinals,
        hash=entry.hash,
        media=tuple(sorted(name for name in media if name in shown)),
    )
    return stamped(ledger, entry, note, ledger.modified(entry))


def stamped(ledger: Ledger, entry: LedgerNote, note: RenderedNote, modified: int) -> StampedNote:
    """Return a note with what Anki knows it by, as its entry in the ledger says."""
    adopted = ledger.adopted_type(entry)
    return StampedNote(note, entry.guid, entry.anki // 1000, modified, adopted)


def by_role(made: RenderedNote) -> dict[str, str]:
    """Return the fields of a note that are not empty, by role, without the key."""
    named = zip(FIELDS[made.kind], made.fields, strict=True)
    return {role: text for role, text in named if text and role != "key"}
