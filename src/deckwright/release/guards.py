"""What would harm a learner who already studies the deck: each rule compares cards and lock."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from deckwright.cards import cloze
from deckwright.cards.fields import RenderedNote
from deckwright.cards.note_types import NoteType
from deckwright.problem import Place, Problem
from deckwright.release._lock_entry import LockedNote
from deckwright.release.lock import Lock
from deckwright.release.stamp import Clock, hidden_texts
from deckwright.source.deck import ClozeNote, Deck, Note, opening

_ALIKE = 0.8  # a hidden text with a typo corrected is still the same text
_SAME_NOTE = 0.5  # a note that comes back may be reworded; half of it must be as it was
_DAY = 86_400


def guard(  # noqa: PLR0913 - all that harm can come from
    deck: Deck,
    rendered: Sequence[RenderedNote],
    types: dict[str, NoteType],
    lock: Lock,
    *,
    clock: Clock,
    lock_file: str,
    allow_move: bool = False,
) -> list[Problem]:
    """Return every harm that building this deck on this lock would do.

    `rendered` belongs to `deck.notes`, `types` are the note types that the build would write,
    `lock_file` is the lock's name. With `allow_move`, cards may get another deck.
    """
    problems = [*_key(deck, lock), *_time(lock, clock, lock_file)]
    problems += _shape(deck.key.value, types, lock, lock_file)
    known = lock.by_id({note.id.value for note in deck.notes})
    for note, made in zip(deck.notes, rendered, strict=True):
        before = known.get(made.id)
        if not (before and before.holds(made.hash)):
            problems += _changed(note, before)
    return problems if allow_move else problems + list(_moved(deck, known))


def _changed(note: Note, before: LockedNote | None) -> Iterator[Problem]:
    """Yield what is wrong with a note that learners do not hold as it is now."""
    if before and before.kind != note.KIND:
        message = f"'{note.id.value}' was a {before.kind} note and is now a {note.KIND} note"
        hint = "give it a new id: Anki never updates a note whose note type changed"
        yield Problem(note.id.place, "kind-changed", message, hint)
        return
    if before and (before.retired or before.note != note.id.value):  # gone, or renamed since
        yield from _reused(note, before)
    if isinstance(note, ClozeNote) and not cloze.faults(note.cloze.value):
        yield from _numbers(note, before)


def _key(deck: Deck, lock: Lock) -> Iterator[Problem]:
    if lock.notes and lock.key != deck.key.value:
        message = f"the key was '{lock.key}' and is now '{deck.key.value}'"
        hint = f"write 'key: {lock.key}': with another key, learners get every note a second time"
        yield Problem(deck.key.place, "lock-key", message, hint)


def _time(lock: Lock, clock: Clock, lock_file: str) -> Iterator[Problem]:
    if max(lock.newest, clock.epoch or 0) > clock.now + _DAY:
        message = "a time in the lock, or SOURCE_DATE_EPOCH, lies more than a day in the future"
        hint = "set this computer's clock right, or take the lock from version control again"
        yield Problem(Place(lock_file), "lock-time", message, hint)


def _shape(key: str, types: dict[str, NoteType], lock: Lock, lock_file: str) -> Iterator[Problem]:
    for kind, before in lock.types.items() if lock.key == key else ():
        if kind not in types or types[kind].shape != before.shape:
            message = f"learners' note type '{kind}' has other fields than this deckwright makes"
            hint = "use the deckwright that wrote the lock: fields and their order never change"
            yield Problem(Place(lock_file), "note-type-changed", message, hint)


def _reused(note: Note, before: LockedNote) -> Iterator[Problem]:
    text = opening(note)
    if SequenceMatcher(None, before.text.casefold(), text.casefold()).ratio() < _SAME_NOTE:
        message = f"the id '{note.id.value}' belonged to another note: '{before.text}'"
        hint = "take a new id; or bring that note back as it was, build, and reword it then"
        yield Problem(note.id.place, "id-reused", message, hint)


def _moved(deck: Deck, known: dict[str, LockedNote]) -> Iterator[Problem]:
    moves: dict[tuple[str, str], list[Note]] = {}
    for note in deck.notes:
        before = known.get(note.id.value)
        now = f"{deck.name.value}::{note.subdeck.value}"
        if before and not before.retired and before.deck != now:
            moves.setdefault((before.deck, now), []).append(note)
    for (was, now), notes in moves.items():
        first = notes[0]
        renamed = was.endswith(f"::{first.subdeck.value}")
        place = deck.name.place if renamed else first.id.place
        count = "1 note goes" if len(notes) == 1 else f"{len(notes)} notes go"
        message = f"{count} from the deck '{was}' to '{now}'"
        hint = "keep the name; or build with --allow-move: cards that learners have stay behind"
        yield Problem(place, "deck-moved", message, hint)


def _numbers(note: ClozeNote, before: LockedNote | None) -> Iterator[Problem]:
    hidden = hidden_texts(note)
    old = before.clozes if before else {}
    used = {**old, **(before.spent if before else {})}
    starts = {str(gap.number): gap.start for gap in cloze.gaps(note.cloze.value)}
    for number, text in hidden.items():
        place = note.cloze.at(starts[number])
        if home := _moved_from(number, hidden, old):
            message = f"gap c{number} now hides '{text}', which was c{home}"
            hint = f"write {{{{c{home}::…}}}}: a learner's progress belongs to the number"
            yield Problem(place, "cloze-changed", message, hint)
        elif number in used and number not in old and not _alike(used[number], text):
            message = f"c{number} once hid '{used[number]}' and is used up"
            hint = f"take the next free number, c{max(map(int, {**used, **hidden})) + 1}"
            yield Problem(place, "cloze-changed", message, hint)
    # A number that learners once had may be missing: the lock, or a lost one, knows why.
    first = max(map(int, used), default=0) + 1
    for number in (str(n) for n in range(first, max(map(int, hidden), default=0))):
        if number not in hidden:
            message = f"there is no gap c{number}"
            hint = "number the gaps c1, c2, c3 … without leaving one out"
            yield Problem(note.cloze.place, "cloze-gap", message, hint)


def _moved_from(number: str, hidden: dict[str, str], old: Mapping[str, str]) -> str | None:
    """Return the number that hid this gap's text before and hides it no longer."""
    text = hidden[number]
    if number in old and _alike(old[number], text):
        return None
    for other, was in old.items():
        if other != number and _alike(was, text) and not _alike(was, hidden.get(other, "")):
            return other
    return None


def _alike(one: str, other: str) -> bool:
    one, other = one.casefold().strip(), other.casefold().strip()
    if 2 * min(len(one), len(other)) < _ALIKE * (len(one) + len(other)):
        return False  # what is so much longer cannot be alike
    return one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE
