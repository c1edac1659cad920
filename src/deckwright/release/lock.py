"""The file `deck.lock`: what learners hold, one line for each note, so that branches merge.

Each line is a JSON object: first the header, then the note types, then the notes, sorted by id.
When git merges two branches line by line (`merge=union` in .gitattributes), it may leave two lines
for one note; the one with the later time counts, because learners hold it or will get it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from deckwright.problem import Place, Problem
from deckwright.release import _lock_entry
from deckwright.release._lock_entry import LockedNote, LockedType
from deckwright.source.characters import NOT_TEXT

VERSION = 1
LOCK_NAME = "deck.lock"
MAX_SIZE = 100_000_000  # bytes; a note takes 300
_HEADER = "deckwright lock"
_MOST = 100  # problems; a file of garbage has millions
_RESTORE = "take the file from version control again"


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock: the deck's key, then note types by kind and notes by id."""

    key: str
    types: dict[str, LockedType] = field(default_factory=dict)
    notes: dict[str, LockedNote] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        """The latest time in the lock, 0 without any."""
        notes = (max(note.added, note.modified, note.retired or 0) for note in self.notes.values())
        return max((*notes, *(entry.modified for entry in self.types.values())), default=0)

    def by_id(self, live: Collection[str]) -> dict[str, LockedNote]:
        """Return the entries by id; one whose id is not in `live` also by its id before a rename.

        So a rename that was interrupted between lock and cards harms nobody.
        """
        old = {entry.was: entry for entry in self.notes.values() if entry.note not in live}
        return {**old, **self.notes}


def dump(lock: Lock) -> str:
    """Return the text of a lock file."""
    lines = [_lock_entry.line({_HEADER: VERSION, "key": lock.key})]
    for entries in (lock.types, lock.notes):
        lines += [_lock_entry.entry_line(entries[name]) for name in sorted(entries)]
    return "".join(lines)


def parse(text: str, file: str) -> tuple[Lock | None, list[Problem]]:
    """Read the text of a lock file; returns the lock, or None and the problems.

    `file` is its name for places. Nothing is repaired in silence: a lock that is only half right
    would cost learners their reviews.
    """
    reading = _Reading(file)
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        reading.line(number, line)
        if reading.newer or len(reading.problems) > _MOST:
            break
    reading.settle()
    if reading.problems and (conflict := _conflict(text, file)):
        return None, [conflict]
    if reading.lock is None and not reading.problems:
        message = f"no '{_HEADER}' on the first line"
        reading.problems.append(Problem(Place(file), "lock-broken", message, _RESTORE))
    return (None if reading.problems else reading.lock), reading.problems


def _conflict(text: str, file: str) -> Problem | None:
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            message = "the marks of a merge conflict"
            hint = "delete the lines with marks, keep all others in any order, and build again"
            return Problem(Place(file, number), "lock-conflict", message, hint)
    return None


@dataclass
class _Reading:
    """Gathers a lock line by line."""

    file: str
    lock: Lock | None = None
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False
    rivals: dict[str, list[LockedNote]] = field(default_factory=dict)

    def settle(self) -> None:
        """Where two branches gave one id to two notes, keep the note that was not renamed away."""
        notes = self.lock.notes if self.lock else {}
        for name, entries in self.rivals.items():
            elsewhere = {entry.guid for other, entry in notes.items() if other != name}
            if free := [entry for entry in entries if entry.guid not in elsewhere]:
                notes[name] = max(free, key=lambda entry: entry.modified)

    def line(self, number: int, line: str) -> None:
        try:
            self._row(number, line, json.loads(line))
        except (ValueError, TypeError, RecursionError):
            place = Place(self.file, number)
            message = "this is not a line of a lock"
            self.problems.append(Problem(place, "lock-broken", message, _RESTORE))

    def _row(self, number: int, line: str, row: object) -> None:
        if not isinstance(row, dict):
            raise TypeError("not a JSON object")
        if "\\u" in line and any(
            NOT_TEXT.search(text) for text in row.values() if type(text) is str
        ):
            raise ValueError("an escape brings in what is not text")
        row.pop(_lock_entry.SUM, None)
        if row.get(_HEADER, VERSION) == VERSION and not _lock_entry.unchanged(line):
            message = "this line was changed by hand"
            self.problems.append(
                Problem(Place(self.file, number), "lock-edited", message, _RESTORE)
            )
        elif _HEADER in row:
            self._header(number, row)
        elif self.lock is None:
            raise ValueError("a line before the header")
        elif "type" in row:
            entry = _lock_entry.parse_row(LockedType, row)
            self.lock.types[entry.type] = _lock_entry.later(self.lock.types.get(entry.type), entry)
        else:
            note = _lock_entry.parse_row(LockedNote, row)
            before = self.lock.notes.get(note.note)
            if before and before.guid != note.guid:
                self.rivals.setdefault(note.note, [before]).append(note)
            self.lock.notes[note.note] = _lock_entry.later(before, note)

    def _header(self, number: int, row: dict[str, object]) -> None:
        version, key = row[_HEADER], row.get("key")
        if version != VERSION:
            self.newer = True
            message = f"the lock has version {version}; this deckwright reads version {VERSION}"
            hint = "install the deckwright that wrote it"
            self.problems.append(Problem(Place(self.file, number), "lock-version", message, hint))
        elif not isinstance(key, str) or (self.lock and self.lock.key != key):
            raise ValueError("a header without a key, or with another one")
        else:
            self.lock = self.lock or Lock(key)
