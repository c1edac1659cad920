"""The next release: what the cards would make of what learners hold.

Anki replaces a learner's note, with its tags and corrections, when the package's note is newer
(rslib/src/import_export/package/apkg). So a note gets a new time only where a learner would see
another note.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import FIELDS, NoteType
from deckwright.release.known_notes import known_notes
from deckwright.release.ledger import (
    DAY,
    EARLIEST,
    WEEK,
    Ledger,
    LedgerNote,
    LedgerType,
    Release,
)
from deckwright.release.meaning import same_meaning
from deckwright.release.stamped_notes import StampedNote, by_role, stamped
from deckwright.source.deck import Deck


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds since 1970: `now`, and `epoch` (SOURCE_DATE_EPOCH) if set."""

    now: int
    epoch: int | None = None

    def release_time(self, ledger: Ledger, drafts: int = 0) -> int:
        """Return the time of a release: later than the last one, and than every draft of it."""
        wanted = self.now if self.epoch is None else self.epoch
        return max(wanted, ledger.newest + 1, drafts + 1, EARLIEST + WEEK)

    def is_ahead(self, time: int) -> bool:
        """Return whether a time lies more than a day in the future."""
        return time > self.now + DAY


def day(time: int) -> str:
    """Return the day of a time, as in `2026-11-25`."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


@dataclass(frozen=True, slots=True)
class NoteChanges:
    """What becomes of each note since the last release: lists of ids."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NextRelease:
    """All notes in study order, the times of the note types by kind, and the ledger afterwards.

    `is_out` says that this is the last release itself: nothing would reach a learner.
    """

    notes: tuple[StampedNote, ...]
    types: dict[str, int]
    ledger: Ledger
    changes: NoteChanges
    is_out: bool


def next_release(  # noqa: PLR0913 - all that a release follows from
    deck: Deck,
    rendered: Sequence[RenderedNote],
    types: Mapping[str, NoteType],
    ledger: Ledger,
    time: int,
    *,
    ahead: bool = False,
) -> NextRelease:
    """Return the release that these cards would be at `time`, or the last one where it is that.

    `rendered` belongs to `deck.notes`; `types` are the note types by kind; `ahead` says that the
    time lies in the future.
    """
    number, known = ledger.number + 1, known_notes(deck, ledger)
    guids = {entry.guid for entry in ledger.notes.values()}
    ids = _new_ids(sum(made.id not in known for made in rendered), ledger, time - WEEK)
    entries = [
        _entry(made, known[made.id], number)
        if made.id in known
        else _new_entry(made, free_guid(deck.key.value, made.id, guids), next(ids), number)
        for made in rendered
    ]
    ledger_types = {kind: _type(ledger.types.get(kind), types[kind], number) for kind in types}
    content = _digest(deck, entries, ledger_types)
    is_out = bool(ledger.releases) and content == ledger.releases[-1].content
    touched = {each for entry in entries for each in (entry.added, entry.changed)}
    touched |= {entry.changed for entry in ledger_types.values()}
    is_out = is_out and number not in touched
    notes = _retired(deck, ledger, entries, number) | {entry.note: entry for entry in entries}
    last = Release(number, time, len(notes), content, ahead=ahead)
    releases = ledger.releases if is_out else (*ledger.releases, last)
    after = replace(
        ledger,
        name=deck.name.value,
        language=ledger.language or deck.language.value,
        releases=releases,
        types=ledger_types,
        notes=notes,
    )
    return NextRelease(
        notes=tuple(
            _stamped(after, entry, made) for entry, made in zip(entries, rendered, strict=True)
        ),
        types={kind: after.time(entry.changed) for kind, entry in ledger_types.items()},
        ledger=ledger if is_out else after,
        changes=_changes(ledger, after, number),
        is_out=is_out,
    )


def _entry(made: RenderedNote, before: LedgerNote, number: int) -> LedgerNote:
    """Return the entry of a note that learners have; changed only where they would see that.

    Unchanged is what its author wrote in the same way (another renderer reaches nobody), and what
    comes out the same (another spelling reaches nobody).
    """
    fields, hash_same = by_role(made), made.hash == before.hash
    same_out = (fields, made.tags) == (dict(before.fields), before.tags)
    kept = replace(before, note=made.id, deck=made.deck, hash=made.hash)
    if before.retired is None and (hash_same or same_out):
        return kept
    now = replace(kept, fields=fields, tags=made.tags, changed=number, retired=None, reason="")
    if not same_meaning(now.kind, before.fields, fields):
        now = replace(now, new_meaning=number)
    used = {**before.used, **before.gaps}
    left = {gap: used[gap] for gap in sorted(used, key=int) if gap not in now.gaps}
    return replace(now, used=left)


def _new_entry(made: RenderedNote, guid: str, anki: int, number: int) -> LedgerNote:
    """Return an entry for a note that no learner has."""
    return LedgerNote(
        note=made.id,
        guid=guid,
        anki=anki,
        kind=made.kind,
        deck=made.deck,
        fields=by_role(made),
        hash=made.hash,
        added=number,
        tags=made.tags,
    )


def _new_ids(count: int, ledger: Ledger, latest: int) -> Iterator[int]:
    """Yield Anki's ids for new notes in study order: each a second of its own, before `latest`."""
    taken = {entry.anki // 1000 for entry in ledger.notes.values()}
    free = (second for second in range(latest - 1, 0, -1) if second not in taken)
    yield from (second * 1000 for second in reversed([*islice(free, count)]))


def _retired(
    deck: Deck, ledger: Ledger, entries: list[LedgerNote], number: int
) -> dict[str, LedgerNote]:
    """Return the entries that are not in the cards, those that are to go retired."""
    here = {entry.guid for entry in entries}
    reasons = {name.value: reason.value if reason else "" for name, reason in deck.retired}
    found = {}
    for name, entry in ledger.notes.items():
        if entry.guid not in here:
            goes = name in reasons and entry.retired is None
            found[name] = replace(entry, retired=number, reason=reasons[name]) if goes else entry
    return found


def _type(before: LedgerType | None, now: NoteType, number: int) -> LedgerType:
    """Return a note type, changed only where it differs: a newer one wipes a learner's own CSS."""
    same = before is not None and before.fingerprint == now.fingerprint
    return LedgerType(
        type=now.kind,
        id=now.id,
        fields=tuple(field.name for field in now.fields),
        shape=now.shape,
        fingerprint=now.fingerprint,
        changed=before.changed if before and same else number,
    )


def _stamped(ledger: Ledger, entry: LedgerNote, made: RenderedNote) -> StampedNote:
    """Return a note as the package holds it: as it was sent, where it did not change."""
    values = {**entry.fields, "key": entry.note}
    fields = tuple(values.get(role, "") for role in FIELDS[entry.kind])
    note = replace(made, fields=fields, tags=entry.tags)
    return stamped(ledger, entry, note, ledger.modified(entry))


def _digest(deck: Deck, entries: list[LedgerNote], types: Mapping[str, LedgerType]) -> str:
    """Return what identifies all that a package of this release holds, times left out."""
    about = [deck.name, deck.description, deck.author, deck.license, deck.homepage]
    about += [deck.report] if deck.report else []  # older releases had no such thing
    notes = [
        (entry.note, entry.guid, entry.deck, entry.tags, sorted(entry.fields.items()))
        for entry in entries
    ]
    looks = [types[kind].fingerprint for kind in sorted(types)]
    content = json.dumps([[text.value if text else "" for text in about], looks, notes])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _changes(before: Ledger, after: Ledger, number: int) -> NoteChanges:
    found = NoteChanges()
    held = {entry.guid for entry in before.notes.values()}
    for name, entry in after.notes.items():
        if entry.retired == number:
            found.retired.append(name)
        elif entry.retired is None and entry.guid not in held:
            found.new.append(name)
        elif entry.changed == number:
            found.changed.append(name)
        elif entry.retired is None:
            found.unchanged.append(name)
    return found


def free_guid(key: str, name: str, taken: set[str]) -> str:
    """Return a guid made of a new note's id, or another where a renamed note has that one."""
    guid, number = _guid(key, name), 0
    while guid in taken:
        number += 1
        guid = _guid(key, name, str(number))
    return guid


def _guid(*names: str) -> str:
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()
