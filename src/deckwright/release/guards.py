"""What would harm a learner who already studies the deck: each rule compares cards and ledger."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deckwright.cards import cloze, typed_gaps
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import QUESTION, REVERSE, NoteType
from deckwright.problem import Place, Problem
from deckwright.release import _adopted_guards, _identity_guards
from deckwright.release.html_text import plain
from deckwright.release.known_notes import known_notes, other_kind
from deckwright.release.ledger import Ledger, LedgerNote
from deckwright.release.meaning import moved_gaps, renumbered, same_meaning
from deckwright.release.next_release import Clock, day
from deckwright.release.stamped_notes import by_role
from deckwright.source.deck import ClozeNote, Deck, Note
from deckwright.words.messages import Message

MEANING_CHANGED, TIME = "meaning-changed", "lock-time"
_ANOTHER_NOTE = Message(
    "give it a new id, and retire the old one: Anki cannot make the one into the other"
)
# What lets learners keep their reviews, by the kind before and after.
_WAYS_OUT = {
    (QUESTION, REVERSE): Message(
        "write 'reverse: false' on this note: Anki cannot add the other card to it; to ask it the "
        "other way round as well, add a question with a new id"
    ),
    (REVERSE, QUESTION): Message(
        "write 'reverse: true' on this note: learners have both of its cards"
    ),
}

_OPENING = 60  # characters of a text that a message quotes


def guard(  # noqa: PLR0913 - all that harm can come from
    deck: Deck,
    rendered: Sequence[RenderedNote],
    types: Mapping[str, NoteType],
    ledger: Ledger,
    *,
    clock: Clock,
    file: str,
    whole: bool = True,
) -> list[Problem]:
    """Return every harm that releasing this deck after this ledger would do.

    `rendered` belongs to `deck.notes`, `types` are the note types that a release would write,
    `file` is the ledger's name. Unless the deck is `whole`, some of its notes could not be read,
    and nobody knows which are gone.
    """
    problems = [*_deck(deck, types, ledger, file), *_time(ledger, clock, file)]
    problems += _identity_guards.identities(deck, rendered, ledger, file, whole=whole)
    problems += _adopted_guards.unshown_texts(deck, ledger)
    known = known_notes(deck, ledger)
    swapped = {each.place for each in problems if each.code == _identity_guards.SWAPPED}
    for note, made in zip(deck.notes, rendered, strict=True):
        before = known.get(made.id)
        if note.id.place in swapped:
            continue
        if before and before.kind != note.KIND:
            problems.append(_other_kind(note, before))
        elif before is None or before.hash != made.hash or before.retired is not None:
            problems += _changed(note, made, before)
    return problems + list(_moved(deck, known))


def _deck(
    deck: Deck, types: Mapping[str, NoteType], ledger: Ledger, file: str
) -> Iterator[Problem]:
    if ledger.notes and ledger.key != deck.key.value:
        message = Message(
            "the key was '{key}' and is now '{new}'", key=ledger.key, new=deck.key.value
        )
        hint = Message(
            "write 'key: {key}': with another key, learners get every note a second time",
            key=ledger.key,
        )
        yield Problem(deck.key.place, "lock-key", message, hint)
        return
    for kind, before in ledger.types.items():
        if kind not in types or types[kind].shape != before.shape:
            message = Message(
                "learners' note type '{kind}' has other fields than this deckwright makes",
                kind=kind,
            )
            hint = Message(
                "use the deckwright that wrote the ledger: fields and their order never change"
            )
            yield Problem(Place(file), "note-type-changed", message, hint)


def _time(ledger: Ledger, clock: Clock, file: str) -> Iterator[Problem]:
    sent = bool(ledger.releases) and ledger.releases[-1].ahead
    if clock.is_ahead(ledger.newest) and not sent:
        line = ledger.lines.get(f"release {ledger.number}", 1)
        message = Message(
            "release {number} lies in the future: {date}",
            number=ledger.number,
            date=day(ledger.newest),
        )
        hint = Message(
            "set this computer's clock right; or, if nobody has that release, take the ledger "
            "before it from version control; or, if people have it, 'deckwright release "
            "--this-time': what comes after it is newer still, and reaches them"
        )
        yield Problem(Place(file, line), TIME, message, hint)
    elif clock.epoch is not None and clock.is_ahead(clock.epoch):
        message = Message("SOURCE_DATE_EPOCH lies in the future: {date}", date=day(clock.epoch))
        hint = Message("write a time that has passed, or leave it out")
        yield Problem(Place(file), TIME, message, hint)


def _changed(note: Note, made: RenderedNote, before: LedgerNote | None) -> Iterator[Problem]:
    """Yield what is wrong with a note that learners do not hold as it is now."""
    if isinstance(note, ClozeNote) and (
        typed_gaps.faults(note.cloze.value) or not typed_gaps.gaps(note.cloze.value)
    ):
        return  # it has problems enough: what it would show is not known
    after = by_role(made)
    if before and not same_meaning(before.kind, before.fields, after):
        yield _other_meaning(note, before)
    elif isinstance(note, ClozeNote):
        yield from _gaps(note, before, after.get("cloze", ""))


def _other_kind(note: Note, before: LedgerNote) -> Problem:
    message = other_kind(note.id.value, before.kind, note.KIND)
    hint = _WAYS_OUT.get((before.kind, note.KIND), _ANOTHER_NOTE)
    return Problem(note.id.place, "kind-changed", message, hint)


def _other_meaning(note: Note, before: LedgerNote) -> Problem:
    held = plain(before.text)[:_OPENING]
    message = Message(
        "learners' note '{name}' asks something else: '{held}'", name=before.note, held=held
    )
    if before.retired is not None:
        message = Message(
            "a retired note '{name}' asks something else: '{held}'", name=before.note, held=held
        )
    hint = Message(
        "give this note a new id, and put the old one back or retire it; or, to let learners "
        "keep their progress on it all the same, write 'allow: {{meaning-changed: why}}'"
    )
    return Problem(note.id.place, MEANING_CHANGED, message, hint)


def _gaps(note: ClozeNote, before: LedgerNote | None, after: str) -> Iterator[Problem]:
    starts = {str(gap.number): gap.start for gap in typed_gaps.gaps(note.cloze.value)}
    hides = cloze.hidden(after)
    held = before.gaps if before else {}
    used = {**(before.used if before else {}), **held}
    elsewhere = (
        {each.number: each.home for each in renumbered(before.text, after)} if before else {}
    )
    for number, home in elsewhere.items():
        message = Message("gap c{number} stands where gap c{home} stood", number=number, home=home)
        hint = Message(
            "write {{{{c{home}::…}}}} there: a learner's progress belongs to the number", home=home
        )
        yield Problem(note.cloze.at(starts[number]), "cloze-changed", message, hint)
    for number in moved_gaps(before.text, after) if before else ():
        if number not in elsewhere:
            message = Message(
                "gap c{number} hid '{held}' at another place of the text",
                number=number,
                held=plain(held[number]),
            )
            hint = Message(
                "take the next free number, c{free}, for the new gap", free=_free(used, hides)
            )
            yield Problem(note.cloze.at(starts[number]), "cloze-changed", message, hint)
    for number in hides.keys() & used.keys() - held.keys():
        if plain(used[number]).casefold() != plain(hides[number]).casefold():
            message = Message(
                "c{number} once hid '{used}' and is used up",
                number=number,
                used=plain(used[number]),
            )
            hint = Message("take the next free number, c{free}", free=_free(used, hides))
            yield Problem(note.cloze.at(starts[number]), "cloze-changed", message, hint)
    yield from _left_out(note, used, hides)


def _left_out(
    note: ClozeNote, used: Mapping[str, str], hides: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for each new number that is left out; one that was used may be missing."""
    first = max(map(int, used), default=0) + 1
    for number in range(first, max(map(int, hides), default=0)):
        if str(number) not in hides:
            hint = Message("number the gaps c1, c2, c3 … without leaving one out")
            message = Message("there is no gap c{number}", number=number)
            yield Problem(note.cloze.place, "cloze-gap", message, hint)


def _free(used: Mapping[str, str], hides: Mapping[str, str]) -> int:
    return max(map(int, {**used, **hides})) + 1


def _moved(deck: Deck, known: Mapping[str, LedgerNote]) -> Iterator[Problem]:
    moves: dict[tuple[str, str], Note] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for note in deck.notes:
        before = known.get(note.id.value)
        now = f"{deck.name.value}::{note.subdeck.value}"
        if before and before.retired is None and before.deck != now:
            moves.setdefault((before.deck, now), note)
            counts[before.deck, now] += 1
    for (was, now), note in moves.items():
        place = deck.name.place if was.endswith(f"::{note.subdeck.value}") else note.id.place
        message = Message(
            "notes go from the deck '{was}' to '{now}' ({count}); cards that learners have stay "
            "behind",
            was=was,
            now=now,
            count=counts[was, now],
        )
        hint = Message(
            "keep the name; or release all the same: the notes for learners say how to move them"
        )
        yield Problem(place, "deck-moved", message, hint)
