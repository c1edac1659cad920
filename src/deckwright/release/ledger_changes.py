"""A ledger against an earlier one: what only `release` may have done to it since.

Each line has a checksum, but whoever edits it can make that anew. So what a merge request does to
the ledger is held against the one before: by what it does, it must be a release.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckwright.cards.fields import RenderedNote
from deckwright.problem import GROUPS, Place, Problem
from deckwright.release.known_notes import known_notes, other_kind
from deckwright.release.ledger import Ledger, LedgerNote, LedgerType
from deckwright.release.next_release import Clock, day, free_guid
from deckwright.release.stamped_notes import by_role
from deckwright.source.deck import Deck
from deckwright.words.messages import Message

_DOUBTFUL = "since-base"
# What is wrong, and the key of `Ledger.lines` at which it stands.
_Found = Iterator[tuple[Message, str]]


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier ledger, and what an author calls it: a revision of git, or a file."""

    name: str
    ledger: Ledger


def ledger_changes(
    base: Base, now: Ledger | None, rendered: Sequence[RenderedNote], clock: Clock, file: str
) -> list[Problem]:
    """Return what was done to the ledger since `base` that no release does.

    `now` is the ledger of `file`, None where it is gone; `rendered` are the notes of the cards.
    """
    hint = Message(
        "take the ledger of {base} again, and run 'deckwright release': nothing else writes it",
        base=base.name,
    )
    if now is None:
        found = iter([(Message("the ledger is gone"), "")])
    else:
        made = {note.id: note for note in rendered}
        same = now == base.ledger
        found = iter(()) if same else _changes(base.ledger, now, made, clock)
    lines = now.lines if now else {}
    return [
        Problem(Place(file, lines.get(key, 1)), "lock-rewritten", message, hint)
        for message, key in found
    ]


def doubtful_changes(
    base: Base, now: Ledger, deck: Deck, harm: Sequence[Problem], file: str
) -> list[Problem]:
    """Return what several releases since `base` may have done, for a reviewer to see.

    `harm` is what `guard` says of the cards of `deck` against the base, and no longer now.
    """
    hint = Message(
        "ask whether it is meant: learners keep progress on another question, or lose corrections"
    )
    found = [(each.message, each.place) for each in harm if each.code in GROUPS["deliberate"]]
    found += [
        (what, Place(file, now.lines.get(key, 1)))
        for what, key in _doubtful(base.ledger, now, deck)
    ]
    return [
        Problem(place, _DOUBTFUL, Message("since {base}: {what}", base=base.name, what=what), hint)
        for what, place in found
    ]


def _doubtful(base: Ledger, now: Ledger, deck: Deck) -> _Found:
    """Yield each note and note type that is newer and what it was, and what is retired and here."""
    known = {note.guid: note for note in base.notes.values()}
    for note in now.notes.values():
        old = known.get(note.guid)
        if old and (note.changed or 0) > base.number and not _differs(old, note):
            yield _sent_again(note.note), f"note {note.note}"
    for kind, before in base.types.items():
        after = now.types.get(kind, before)
        if after.changed > base.number and after.fingerprint == before.fingerprint:
            yield _sent_again(kind), f"type {kind}"
    for name, entry in known_notes(deck, now).items():
        if (entry.retired or 0) > base.number:
            message = Message(
                "'{name}' was retired, and is a note of the cards all the same", name=name
            )
            yield message, f"note {entry.note}"


def _sent_again(name: str) -> Message:
    return Message("'{name}' is sent again, and says the same", name=name)


def _changes(base: Ledger, now: Ledger, made: Mapping[str, RenderedNote], clock: Clock) -> _Found:
    if now.key != base.key or now.language != base.language:
        yield Message("the key, or the language of the names of fields, changed"), ""
    yield from _releases(base, now)
    if clock.is_ahead(now.newest) and not clock.is_ahead(base.newest):
        message = Message(
            "release {number} lies in the future: {date}", number=now.number, date=day(now.newest)
        )
        yield message, f"release {now.number}"
    for kind, before in base.types.items():
        yield from _type(before, now.types.get(kind), base.number)
    for number, held in base.adopted.items():
        if now.adopted.get(number) != held:
            message = Message("the adopted note type '{name}' is not what it was", name=held.name)
            yield message, f"adopted {number}"
    by_guid = {note.guid: note for note in now.notes.values()}
    for entry in base.notes.values():
        yield from _note(entry, by_guid.get(entry.guid), base, now)
    known = {note.guid: note for note in base.notes.values()}
    taken = {note.guid for note in now.notes.values() if note.added < now.number}
    for note in now.notes.values():
        if note.guid not in known:
            yield from _new(note, base, now, taken)
        if note.guid not in known or _texts(note) != _texts(known[note.guid]):
            yield from _shown(note, known.get(note.guid), made.get(note.note))


def _releases(base: Ledger, now: Ledger) -> _Found:
    """Yield each release of the base that is another one now, or is gone."""
    after = {each.number: each for each in now.releases}
    for each in base.releases:
        if each.number not in after:
            yield Message("release {number} is gone", number=each.number), ""
        elif replace(after[each.number], ahead=each.ahead) != each:
            message = Message("release {number} is not what it was", number=each.number)
            yield message, f"release {each.number}"
    if now.number == base.number and replace(now, releases=base.releases) != base:
        yield Message("it changed without a release"), f"release {now.number}"


def _type(before: LedgerType, after: LedgerType | None, number: int) -> _Found:
    kind, key = before.type, f"type {before.type}"
    if after is None:
        yield Message("the note type '{kind}' is gone", kind=kind), ""
        return
    if replace(after, changed=before.changed, fingerprint=before.fingerprint) != before:
        yield Message("the note type '{kind}' is not what it was", kind=kind), key
    newer = after.changed > number
    looks = after.fingerprint != before.fingerprint
    if (looks and not newer) or (after.changed != before.changed and not newer):
        yield Message("the note type '{kind}' changed, but is not newer", kind=kind), key
    elif newer and not looks and after.changed == number + 1:
        message = Message("the note type '{kind}' is newer, but is what it was", kind=kind)
        yield message, key


def _note(before: LedgerNote, after: LedgerNote | None, base: Ledger, now: Ledger) -> _Found:
    """Yield what no release does to a note of the base."""
    name, key = before.note, f"note {before.note}"
    if after is None and name in now.notes:
        yield Message("'{name}' has another guid: its reviews would be lost", name=name), key
    elif after is None:
        yield Message("the line of '{name}' is gone", name=name), ""
    else:
        wrong = (*_identity(before, after, base, now), *_time(before, after, base.number))
        yield from ((message, f"note {after.note}") for message in wrong)


def _identity(
    before: LedgerNote, after: LedgerNote, base: Ledger, now: Ledger
) -> Iterator[Message]:
    """Yield where a note became another one."""
    name = after.note
    if name != before.note:
        # After one release with a rename, the next may use the old id for another note.
        again = base.number + 2
        other = now.notes.get(before.note)
        if (other and other.added < again) or (name in base.notes and now.number < again):
            yield Message("'{name}' has the guid of '{old}'", name=name, old=before.note)
    if (after.anki, after.added) != (before.anki, before.added):
        yield Message("Anki's id of '{name}', or when it was added, changed", name=name)
    if after.kind != before.kind:
        yield other_kind(name, before.kind, after.kind)
    if after.adopted != before.adopted:
        yield Message("'{name}' has another note type: it would never be updated", name=name)
    gone = {*before.used, *before.gaps} - {*after.used, *after.gaps}
    hid = {**before.gaps, **before.used}
    emptied = {gap for gap, text in after.used.items() if hid.get(gap) and not text}
    other_text = {gap for gap, text in before.used.items() if after.used.get(gap, text) != text}
    if gaps := gone | emptied | other_text:
        numbers = [f"c{gap}" for gap in sorted(gaps, key=int)]
        yield Message("'{name}' forgets what used-up gaps hid: {gaps}", name=name, gaps=numbers)


def _time(before: LedgerNote, after: LedgerNote, number: int) -> Iterator[Message]:
    """Yield where a note is newer and says the same, or the other way round."""
    name = after.note
    other = _differs(before, after)
    newer = (after.changed or 0) > number
    if after.changed != before.changed and not newer:
        yield Message("'{name}' has another time than its release", name=name)
    elif other and not newer:
        yield Message(
            "'{name}' says something else, but is not newer: that would reach nobody", name=name
        )
    elif newer and not other and after.changed == number + 1:
        # Of two releases, the second may take back what the first one changed.
        yield Message(
            "'{name}' is newer, but says the same: own tags and corrections would be lost",
            name=name,
        )
    if after.retired not in (None, before.retired) and (after.retired or 0) <= number:
        yield Message("'{name}' was not retired then", name=name)


def _differs(before: LedgerNote, after: LedgerNote) -> bool:
    """Return whether learners see something else, or see again what was retired."""
    back = before.retired is not None and after.retired is None
    return back or (after.fields, after.tags) != (before.fields, before.tags)


def _new(note: LedgerNote, base: Ledger, now: Ledger, taken: set[str]) -> _Found:
    """Yield what is wrong with a note that the base does not have.

    `taken` are the guids that there were before the last release.
    """
    name, key = note.note, f"note {note.note}"
    if note.added <= base.number:
        yield Message("'{name}' was not added then", name=name), key
    # A note of an earlier release may have been renamed since: nobody knows what its guid is of.
    foreign = note.added == now.number and note.guid != free_guid(now.key, name, taken)
    if foreign or note.adopted is not None:
        yield Message("'{name}' has a guid that no release gave it", name=name), key


def _texts(note: LedgerNote) -> tuple[object, ...]:
    return note.hash, note.changed, note.fields, note.tags


def _shown(note: LedgerNote, before: LedgerNote | None, made: RenderedNote | None) -> _Found:
    """Yield where a line says that it is the card's note, and would show something else.

    Or that it is that of a card which is not here: who writes that one would reach nobody.
    """
    if made is None or note.retired is not None:
        return
    respelt = before is not None and (before.changed, before.retired) == (note.changed, None)
    same = (by_role(made), made.tags) == (note.fields, note.tags)
    if (made.hash == note.hash and not same) or (made.hash != note.hash and respelt):
        message = Message("'{name}' would show something else than its card", name=note.note)
        yield message, f"note {note.note}"
