"""A lost ledger, made again from a package, or from what a learner exported."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckwright.cards import cloze
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import NoteType
from deckwright.release.ledger import WEEK, Ledger, LedgerNote, LedgerType, Release
from deckwright.release.next_release import next_release
from deckwright.release.packaged import (
    PackageContents,
    PackagedNote,
    PackagedNoteType,
    is_our_guid,
)
from deckwright.release.stamped_notes import by_role
from deckwright.source.deck import Deck
from deckwright.words.messages import Message, MessageError


class RecoveryError(MessageError):
    """A package that this deck cannot come from; the text says why."""


def recover(
    deck: Deck,
    rendered: Sequence[RenderedNote],
    types: Mapping[str, NoteType],
    package: PackageContents,
    number: int = 1,
) -> Ledger:
    """Return the ledger that the release of `package` left, as far as the package knows it.

    `rendered` belongs to `deck.notes`, the cards of today; `number` is that of its first release.
    Each time in the package counts as a release, but for that of a note that is a week older than
    one: so new notes are sent (see `Ledger.modified`). A note that learners hold as the cards are
    today is unchanged; one that a learner added, of our note type, is left out. What no package
    holds is lost: retired notes, and numbers of gaps that are used up but for those of which empty
    cards are left. RecoveryError where the package holds none of this deck.
    """
    ours = [note for note in package.notes.values() if note.adopted or is_our_guid(note.guid)]
    if not ours or not package.types:
        key = deck.key.value
        raise RecoveryError(
            Message("the package holds no notes of the deck with the key '{key}'", key=key)
        )
    times = {each.modified for each in package.types.values()}
    for time in sorted({note.modified for note in ours}, reverse=True):
        times |= set() if time + WEEK in times else {time}
    numbers = {time: number + index for index, time in enumerate(sorted(times))}
    # Of releases before the first one that the package knows, only their number counts.
    numbers = {min(times) - number + n: n for n in range(1, number)} | numbers
    written = {made.id: made for made in rendered}
    ledger = Ledger(
        key=deck.key.value,
        name=deck.name.value,
        language=deck.language.value,
        releases=tuple(Release(numbers[time], time, len(ours)) for time in sorted(numbers)),
        types={
            k: _type(types[k], each, numbers[each.modified]) for k, each in package.types.items()
        },
        notes={each.id: _entry(each, written.get(each.id), numbers) for each in ours},
        adopted=package.adopted,
    )
    return _as_the_last_release(ledger, deck, rendered, types)


def _as_the_last_release(
    ledger: Ledger, deck: Deck, rendered: Sequence[RenderedNote], types: Mapping[str, NoteType]
) -> Ledger:
    """Return the ledger, of which the cards of today are the last release if nothing differs."""
    after = next_release(deck, rendered, types, ledger, ledger.newest + 1)
    same_look = all(after.ledger.types[kind].changed <= ledger.number for kind in types)
    found = after.changes
    if found.new or found.changed or found.retired or not same_look:
        return ledger
    if len(found.unchanged) != len(ledger.notes):
        return ledger
    *earlier, last = ledger.releases
    content = after.ledger.releases[-1].content
    return replace(ledger, releases=(*earlier, replace(last, content=content)))


def _entry(
    packaged: PackagedNote, made: RenderedNote | None, numbers: Mapping[int, int]
) -> LedgerNote:
    changed = numbers.get(packaged.modified)
    fields = {role: text for role, text in packaged.fields.items() if text and role != "key"}
    gaps = cloze.hidden(fields.get("cloze", ""))
    used = {str(each + 1) for each in packaged.ordinals} - gaps.keys() if gaps else set()
    same = made and (by_role(made), set(made.tags)) == (fields, set(packaged.tags))
    return LedgerNote(
        note=packaged.id,
        guid=packaged.guid,
        anki=packaged.added * 1000,
        kind=packaged.kind,
        deck=packaged.deck,
        fields=fields,
        hash=made.hash if made and same else "",
        added=changed or numbers[packaged.modified + WEEK],
        tags=made.tags if made and same else packaged.tags,
        changed=changed,
        used=dict.fromkeys(sorted(used, key=int), ""),
        adopted=packaged.adopted,
    )


def _type(now: NoteType, packaged: PackagedNoteType, number: int) -> LedgerType:
    same = packaged.look == now.look and packaged.name == now.name
    return LedgerType(
        type=now.kind,
        id=now.id,
        fields=tuple(field.name for field in now.fields),
        shape=now.shape,
        fingerprint=now.fingerprint if same else "",
        changed=number,
    )
