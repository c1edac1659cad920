"""The file `deck.lock`: what learners already hold, one line a note, so that branches merge.

Each line is a JSON object: first the header, then the note types, then the notes, sorted by id.
Two branches that are merged line by line (`merge=union` in .gitattributes) may leave two lines for
one note; the one with the later time counts, because learners hold it or will get it.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple, Self, TypeVar

from deckwright.problem import Place, Problem

VERSION = 1

_HEADER = "deckwright lock"
_SUM = "sum"
_RESTORE = "take the file from version control again"
_NONE: Mapping[str, str] = MappingProxyType({})
_TIMES = ("added", "modified", "retired")
_FORM: dict[str, type] = {"clozes": dict, "spent": dict}


class LockedType(NamedTuple):
    """What learners hold of a note type; `modified` in seconds since 1970."""

    type: str
    shape: str
    modified: int
    fingerprint: str = ""

    def disowned(self) -> Self:
        """Return this entry as one that no content matches, so that the next build stamps it."""
        return self._replace(fingerprint="")


class LockedNote(NamedTuple):
    """What learners hold of a note; times in seconds since 1970.

    `added` is unique in the lock and gives Anki's ids of note and cards. `text` is how the question
    or cloze begins. `clozes` and `spent` map the numbers of gaps, in use and used up, to their
    hidden texts. `was` is the id before a rename. `retired` is None while the note is in `cards/`.
    """

    note: str
    guid: str
    kind: str
    deck: str
    added: int
    modified: int
    hash: str = ""
    text: str = ""
    clozes: Mapping[str, str] = _NONE
    spent: Mapping[str, str] = _NONE
    was: str = ""
    retired: int | None = None

    def holds(self, content: str) -> bool:
        """Return whether learners hold the note with this hash, or get it when they import."""
        return self.hash == content and self.retired is None

    def disowned(self) -> Self:
        """Return this entry as one that no content matches, so that the next build stamps it."""
        return self._replace(hash="")


_Entry = TypeVar("_Entry", LockedType, LockedNote)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock: the deck's key, then note types by kind and notes by id.

    `lines` are those that notes were read from, so that what stays as it is need not be written
    anew.
    """

    key: str
    types: dict[str, LockedType] = field(default_factory=dict)
    notes: dict[str, LockedNote] = field(default_factory=dict)
    lines: dict[str, tuple[LockedNote, str]] = field(default_factory=dict, compare=False)

    @property
    def newest(self) -> int:
        """The latest time in the lock, 0 without any."""
        notes = (max(note.added, note.modified, note.retired or 0) for note in self.notes.values())
        return max((*notes, *(entry.modified for entry in self.types.values())), default=0)

    def by_id(self, live: Collection[str]) -> dict[str, LockedNote]:
        """Return the entries by id; one whose id is not in `live`, also by its id before a rename.

        So a rename that was cut off between lock and cards harms nobody.
        """
        old = {entry.was: entry for entry in self.notes.values() if entry.note not in live}
        return {**old, **self.notes}


def dump(lock: Lock) -> str:
    """Return the text of a lock file; equal locks give equal texts."""
    lines = [_line({_HEADER: VERSION, "key": lock.key})]
    lines += (_line(_row(entry)) for _, entry in sorted(lock.types.items()))
    for name, entry in sorted(lock.notes.items()):
        known, line = lock.lines.get(name, (None, ""))
        lines.append(f"{line}\n" if known is entry else _line(_row(entry)))
    return "".join(lines)


def parse(text: str, file: str) -> tuple[Lock | None, list[Problem]]:
    """Read the text of a lock file; returns the lock, or None and the problems.

    `file` is its name for places. Nothing is repaired in silence: a lock that is only half right
    would cost learners their reviews.
    """
    reading = _Reading(file)
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        reading.line(number, line)
        if reading.newer:
            break
    if reading.problems and (conflict := _conflict(text, file)):
        return None, [conflict]
    if reading.lock is None and not reading.problems:
        message = f"no '{_HEADER}' on the first line"
        reading.problems.append(Problem(Place(file), "lock-broken", message, _RESTORE))
    return (None if reading.problems else reading.lock), reading.problems


def _row(entry: LockedType | LockedNote) -> dict[str, object]:
    return entry._asdict()


def _line(row: dict[str, object]) -> str:
    """Return a line; its last value is a sum over the others, which a hand edit would break."""
    kept = {
        name: _utc(value) if name in _TIMES and isinstance(value, int) else value
        for name, value in row.items()
        if value not in (None, {}, "")
    }
    line = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f'{line[:-1]},"{_SUM}":"{_sum(line)}"}}\n'


def _sum(line: str) -> str:
    return hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()[:8]


def _unchanged(line: str) -> bool:
    """Return whether a line still has the sum that it was written with."""
    body, mark, rest = line.rpartition(f',"{_SUM}":"')
    return bool(mark) and rest == f'{_sum(body + "}")}"}}'


def _conflict(text: str, file: str) -> Problem | None:
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            message = "the marks of a merge conflict"
            hint = "delete the lines with marks and keep all the others, in any order; build again"
            return Problem(Place(file, number), "lock-conflict", message, hint)
    return None


@dataclass
class _Reading:
    """Gathers a lock line by line."""

    file: str
    lock: Lock | None = None
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False

    def line(self, number: int, line: str) -> None:
        try:
            self._row(number, line, json.loads(line))
        except (ValueError, TypeError, RecursionError):
            place = Place(self.file, number)
            message = "this is no line of a lock"
            self.problems.append(Problem(place, "lock-broken", message, _RESTORE))

    def _row(self, number: int, line: str, row: object) -> None:
        if not isinstance(row, dict):
            raise TypeError("no JSON object")
        row.pop(_SUM, None)
        if row.get(_HEADER, VERSION) == VERSION and not _unchanged(line):
            message = "this line was changed by hand"
            self.problems.append(
                Problem(Place(self.file, number), "lock-edited", message, _RESTORE)
            )
        elif _HEADER in row:
            self._header(number, row)
        elif self.lock is None:
            raise ValueError("a line before the header")
        elif "type" in row:
            entry = _entry(LockedType, row)
            self.lock.types[entry.type] = _later(self.lock.types.get(entry.type), entry)
        else:
            note = _entry(LockedNote, row)
            self.lock.notes[note.note] = _later(self.lock.notes.get(note.note), note)
            self.lock.lines[note.note] = (note, line)

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


def _entry(kind: type[_Entry], row: dict[str, object]) -> _Entry:
    """Return a line as an entry; ValueError or TypeError where it is none."""
    for name, value in row.items():
        if type(value) is not _FORM.get(name, str):
            raise TypeError(f"'{name}' is {value!r}")
        if type(value) is dict and not all(map(_is_gap, value.items())):
            raise ValueError(f"'{name}' holds more than texts by number")
    times = {name: _seconds(row[name]) for name in _TIMES if name in row}
    return kind(**(row | times))  # type: ignore[arg-type]


def _is_gap(item: tuple[str, object]) -> bool:
    return type(item[1]) is str and re.fullmatch(r"[0-9]{1,3}", item[0]) is not None


def _later(one: _Entry | None, other: _Entry) -> _Entry:
    """Return the entry that learners get last; where two branches disagree, it must be stamped."""
    if one is None or one == other:
        return other
    later = max(one, other, key=lambda entry: entry.modified)
    return later if one.modified != other.modified else later.disowned()


def _utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def _seconds(utc: object) -> int:
    time = datetime.fromisoformat(str(utc))
    if time.tzinfo is not UTC:
        raise ValueError(f"'{utc}' is no time in UTC")
    return int(time.timestamp())
