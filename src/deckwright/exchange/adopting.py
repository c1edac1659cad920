"""Imported notes that learners hold already: the package that they have is the first release.

Such a note keeps its guid and its note type: so nobody gets a second copy, and what changes from
then on reaches them with their reviews. As long as it does not change, it is older than theirs.
"""

from collections.abc import Sequence
from dataclasses import replace

from deckwright.build.plan import ReadyDeck
from deckwright.cards.note_types import CLOZE, FIELDS, QUESTION, REVERSE
from deckwright.exchange._drafts import DraftNote
from deckwright.exchange.roles import FieldNames, roles_of
from deckwright.exchange.source import LeftOut
from deckwright.release.adopted import AdoptedType, is_usable
from deckwright.release.ledger import FIRST_ANKI, Ledger, LedgerNote, Release
from deckwright.release.next_release import next_release
from deckwright.release.packaged import is_guid
from deckwright.words.messages import Message

_OF_DECKWRIGHT = Message(
    "not adopted: deckwright made its package; with that deck's key, 'deckwright lock' finds them"
)
_NO_GUID = Message("not adopted: it has no guid of its own")
_AHEAD = Message(
    "adopted, but the clock of who wrote it was ahead: until then, no change of it reaches learners"
)
_OTHER_SHAPE = Message(
    "not adopted: its note type has other cards, or fields, than such a note; to Anki it is a new "
    "note"
)


def adopted_ledger(
    ready: ReadyDeck, notes: Sequence[DraftNote], wanted: Sequence[FieldNames], now: int
) -> tuple[Ledger | None, list[LeftOut]]:
    """Return the ledger in which the package of these notes is release 1, None if none is adopted.

    `ready` is the deck with the notes in it, `wanted` the fields as the author names them, `now`
    the time. Also returns which notes are not adopted, and why: they are new to Anki; and which
    are, but come from a clock that was ahead.
    """
    types: dict[str, AdoptedType] = {}
    guids: set[str] = set()
    left_out = []
    for note in notes:
        found = _adopted_type(note, wanted)
        if not isinstance(found, AdoptedType):
            left_out.append(LeftOut(note.source, found))
        elif note.guid in guids or not is_guid(note.guid):
            left_out.append(LeftOut(note.source, _NO_GUID))
        else:
            types[note.id] = found
            guids.add(note.guid)
            if note.foreign.modified > now:
                left_out.append(LeftOut(note.source, _AHEAD))
    kept = [note for note in notes if note.id in types]
    return (_ledger(ready, kept, types, now) if kept else None), left_out


def _ledger(
    ready: ReadyDeck, notes: list[DraftNote], types: dict[str, AdoptedType], now: int
) -> Ledger:
    time = max(FIRST_ANKI, min(now, *(note.foreign.modified for note in notes)))
    rendered = [stamped.note for stamped in ready.release.notes]
    empty = Ledger(ready.deck.key.value)
    made = next_release(ready.deck, rendered, ready.types, empty, time).ledger
    entries: dict[str, LedgerNote] = {
        note.id: replace(made.notes[note.id], guid=note.guid, adopted=types[note.id].adopted)
        for note in notes
    }
    return replace(
        made,
        releases=(Release(1, time, len(entries)),),
        notes=entries,
        adopted={each.adopted: each for each in types.values()},
    )


def _adopted_type(note: DraftNote, wanted: Sequence[FieldNames]) -> AdoptedType | Message:
    """Return the note type that a note keeps, or why it can keep none."""
    foreign = note.foreign
    if foreign.type.kind:
        return _OF_DECKWRIGHT
    kind = CLOZE if CLOZE in note.texts else REVERSE if note.reverse else QUESTION
    by_name = roles_of(foreign, wanted)
    named = (by_name.get(name, "") for name in foreign.type.fields)
    roles = tuple(role if role in FIELDS[kind] else "" for role in named)
    found = foreign.type.adopted(kind, roles)
    return found if is_usable(found) else _OTHER_SHAPE
