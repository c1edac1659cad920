"""Guids, ids and times for every note, so that Anki replaces what changed and nothing else.

Anki replaces a learner's note, with its tags and corrections, when the package's note is newer. So
a note gets a new time only when its author changed it (rslib/src/import_export/package/apkg).
"""

import base64
import hashlib
from dataclasses import dataclass, field, replace

from deckwright.cards import cloze
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import FIELDS, NoteType
from deckwright.release._lock_entry import LockedNote, LockedType
from deckwright.release.lock import Lock
from deckwright.source.deck import ClozeNote, Deck, Note, opening

# Anki takes no ids before 1970, and SOURCE_DATE_EPOCH may be 0: nothing here is older than 2020.
EARLIEST = 1_577_836_800


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of a build in seconds since 1970: `now`, and `epoch` (SOURCE_DATE_EPOCH) if set."""

    now: int
    epoch: int | None = None

    def build_time(self, lock: Lock) -> int:
        """Return the time for what changed: later than everything that learners may hold."""
        wanted = self.now if self.epoch is None else self.epoch
        return max(wanted, lock.newest + 1, EARLIEST)


@dataclass(frozen=True, slots=True)
class StampedNote:
    """A rendered note with what Anki knows it by; `added` and `modified` in seconds since 1970."""

    note: RenderedNote
    guid: str
    added: int
    modified: int


@dataclass(frozen=True, slots=True)
class StampedDeck:
    """All notes in study order, the times of the note types by kind, and the lock to write."""

    notes: tuple[StampedNote, ...]
    types: dict[str, int]
    lock: Lock


@dataclass(frozen=True, slots=True)
class NoteChanges:
    """What became of each note since the lock before: lists of ids."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


def stamp(  # noqa: PLR0913 - all that a learner's copy depends on
    deck: Deck,
    rendered: list[RenderedNote],
    types: dict[str, NoteType],
    old: Lock,
    clock: Clock,
    *,
    refresh: bool = False,
) -> StampedDeck:
    """Stamp the rendered notes of a deck.

    `rendered` belongs to `deck.notes`, in the same order; `old` is the lock, an empty one without.
    With `refresh`, every note counts as changed, which costs learners their own tags and
    corrections.
    """
    time = clock.build_time(old)
    entries = []
    guids = {entry.guid for entry in old.notes.values()}
    known = old.by_id({html.id for html in rendered})
    for note, html in zip(deck.notes, rendered, strict=True):
        entry = known.get(html.id) or _new_entry(html, deck.key.value, guids)
        entries.append(_stamped(entry, note, html, time, refresh=refresh))
    entries = _with_ids(entries, old, min(time, clock.now))
    notes = tuple(
        StampedNote(html, entry.guid, entry.added, entry.modified)
        for html, entry in zip(rendered, entries, strict=True)
    )
    live = {entry.note: entry for entry in entries}
    locked_types = {kind: _locked_type(old.types.get(kind), types[kind], time) for kind in types}
    lock = Lock(deck.key.value, locked_types, _retired(old, live, time) | live)
    return StampedDeck(notes, {kind: entry.modified for kind, entry in locked_types.items()}, lock)


def hidden_texts(note: Note) -> dict[str, str]:
    """Return what each gap number of a cloze hides; empty for a question."""
    return cloze.hidden(note.cloze.value) if isinstance(note, ClozeNote) else {}


def note_changes(old: Lock, new: Lock) -> NoteChanges:
    """Compare the locks before and after a build."""
    found = NoteChanges()
    known = old.by_id(new.notes)
    for name, entry in new.notes.items():
        before = known.get(name)
        if entry.retired and before and not before.retired:
            found.retired.append(name)
        elif not entry.retired and before is None:
            found.new.append(name)
        elif not entry.retired and before and before.modified != entry.modified:
            found.changed.append(name)
        elif not entry.retired:
            found.unchanged.append(name)
    return found


def blanked(lock: Lock) -> tuple[StampedNote, ...]:
    """Return the retired notes of a lock without any text, so that no card is made of them.

    For someone who has such a note, its cards become empty cards, and Anki's *Empty Cards* then
    deletes cards and note (rslib/src/notetype/emptycards.rs). The key stays, to tell which note it
    was.
    """
    taken: set[int] = set()
    notes = []
    gone = [entry for entry in lock.notes.values() if entry.retired is not None]
    for entry in sorted(gone, key=lambda entry: entry.note):
        added = entry.added
        while added in taken:  # two branches that were merged may both have used this second
            added -= 1
        taken.add(added)
        fields = (entry.note, *[""] * (len(FIELDS[entry.kind]) - 1))
        blank = RenderedNote(entry.note, entry.kind, entry.deck, fields, tags=(), ordinals=())
        notes.append(StampedNote(blank, entry.guid, added, entry.retired or 0))
    return tuple(notes)


def _number(item: tuple[str, object]) -> int:
    return int(item[0])


def _new_entry(html: RenderedNote, key: str, taken: set[str]) -> LockedNote:
    """Return an entry for a note that no learner has; `_with_ids` gives it its own `added`."""
    guid = _free_guid(key, html.id, taken)
    return LockedNote(
        note=html.id, guid=guid, kind=html.kind, deck=html.deck, added=0, modified=0, hash=""
    )


def _stamped(
    entry: LockedNote, note: Note, html: RenderedNote, time: int, *, refresh: bool
) -> LockedNote:
    """Return the entry as of this build; its time changes only if the author changed the note."""
    same = entry.holds(html.hash) and not refresh
    if same and (entry.note, entry.deck) == (html.id, html.deck):
        return entry
    hidden = hidden_texts(note)
    used = sorted({**entry.spent, **entry.clozes}.items(), key=_number)
    return replace(
        entry,
        note=note.id.value,
        was=entry.was if entry.note == note.id.value else "",
        deck=html.deck,
        text=opening(note),
        modified=entry.modified if same else time,
        hash=html.hash,
        clozes=hidden,
        spent={number: text for number, text in used if number not in hidden},
        retired=None,
    )


def _with_ids(entries: list[LockedNote], old: Lock, latest: int) -> list[LockedNote]:
    """Give each entry a second of its own for `added`, in study order, none in the future."""
    seen: set[int] = set()
    ordered: list[LockedNote] = []
    for entry in entries:
        clash = entry.added in seen  # after a merge of two branches that both added notes
        seen.add(entry.added)
        ordered.append(replace(entry, added=0) if clash else entry)
    taken = {entry.added for entry in old.notes.values()}
    lacking = [index for index, entry in enumerate(ordered) if not entry.added]
    for index in reversed(lacking):
        latest -= 1
        while latest in taken:
            latest -= 1
        ordered[index] = replace(ordered[index], added=latest)
    return ordered


def _retired(old: Lock, live: dict[str, LockedNote], time: int) -> dict[str, LockedNote]:
    """Return the entries of notes that are no longer in the cards.

    A guid that lives on under another id was renamed, not retired.
    """
    guids = {entry.guid for entry in live.values()}
    return {
        name: replace(entry, retired=entry.retired or time)
        for name, entry in old.notes.items()
        if name not in live and entry.guid not in guids
    }


def _locked_type(before: LockedType | None, now: NoteType, time: int) -> LockedType:
    """Raise a note type's time only where it changed: a newer one wipes a learner's own CSS."""
    same = before is not None and before.fingerprint == now.fingerprint
    return LockedType(
        type=now.kind,
        shape=now.shape,
        fingerprint=now.fingerprint,
        modified=before.modified if before and same else time,
    )


def _free_guid(key: str, name: str, taken: set[str]) -> str:
    """Return a guid made of a new note's id, or another where a renamed note has that one."""
    salts = ((), *((str(number),) for number in range(1, len(taken) + 1)))
    return next(guid for salt in salts if (guid := _guid(key, name, *salt)) not in taken)


def _guid(*names: str) -> str:
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()
