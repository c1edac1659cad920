"""What would harm a learner who already studies the deck: each rule compares cards and lock."""

import difflib
from collections.abc import Iterator

from deckwright import cloze
from deckwright.lock import Lock, LockedNote
from deckwright.notes import ClozeNote, Deck
from deckwright.problem import Place, Problem
from deckwright.stamp import Clock, hidden_texts

_ALIKE = 0.8  # one hidden text with a typo mended is still the same text
_DAY = 86_400


def guard(deck: Deck, lock: Lock, clock: Clock, lock_file: str) -> list[Problem]:
    """Return every harm that building this deck on this lock would do; `lock_file` is its name."""
    problems = [*_key(deck, lock), *_time(lock, clock, lock_file)]
    for note in deck.notes:
        before = lock.notes.get(note.id.value)
        kind = "cloze" if isinstance(note, ClozeNote) else "question"
        if before and before.kind != kind:
            message = f"'{note.id.value}' was a {before.kind} note and is now a {kind} note"
            hint = "give it a new id: Anki never updates a note whose note type changed"
            problems.append(Problem(note.id.place, "kind-changed", message, hint))
        elif isinstance(note, ClozeNote) and not list(cloze.faults(note.cloze.value)):
            problems += _numbers(note, before)
    return problems


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


def _numbers(note: ClozeNote, before: LockedNote | None) -> Iterator[Problem]:
    hidden = hidden_texts(note)
    old = before.clozes if before else {}
    used = old | (before.spent if before else {})
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
    known = {*hidden, *used}
    for number in (str(n) for n in range(1, max(map(int, hidden), default=0))):
        if number not in known:
            message = f"there is no gap c{number}"
            hint = "number the gaps c1, c2, c3 … without leaving one out"
            yield Problem(note.cloze.place, "cloze-gap", message, hint)


def _moved_from(number: str, hidden: dict[str, str], old: dict[str, str]) -> str | None:
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
    return one == other or difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE
