"""What learners hold of a note or note type: an entry of the lock, and its line in the file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Self, TypeVar

from deckwright.cards.note_types import KINDS

SUM = "sum"
_TIMES = ("added", "modified", "retired")
_FIRST_YEAR, _DIGITS = 1970, 3
_FORM: dict[str, type] = {"clozes": dict, "spent": dict}


@dataclass(frozen=True, slots=True)
class LockedType:
    """What learners hold of a note type; `modified` in seconds since 1970."""

    type: str
    shape: str
    modified: int
    fingerprint: str = ""

    def disowned(self) -> Self:
        """Return this entry as one that no content matches, so that the next build stamps it."""
        return replace(self, fingerprint="")


@dataclass(frozen=True, slots=True)
class LockedNote:
    """What learners hold of a note; times in seconds since 1970.

    `added` is unique in the lock and gives Anki's ids for the note and its cards. `text` is how the
    question or cloze begins. `clozes` and `spent` map the numbers of gaps, in use and used up, to
    their hidden texts. `was` is the id before a rename. `retired` is None while the note is in
    `cards/`.
    """

    note: str
    guid: str
    kind: str
    deck: str
    added: int
    modified: int
    hash: str = ""
    text: str = ""
    clozes: Mapping[str, str] = field(default_factory=dict)
    spent: Mapping[str, str] = field(default_factory=dict)
    was: str = ""
    retired: int | None = None

    def holds(self, content: str) -> bool:
        """Return whether learners hold the note with this hash, or get it when they import."""
        return self.hash == content and self.retired is None

    def disowned(self) -> Self:
        """Return this entry as one that no content matches, so that the next build stamps it."""
        return replace(self, hash="")


Entry = TypeVar("Entry", LockedType, LockedNote)


def entry_line(entry: LockedType | LockedNote) -> str:
    """Return the line of an entry."""
    return line({each.name: getattr(entry, each.name) for each in fields(entry)})


def line(row: dict[str, object]) -> str:
    """Return a line; its last value is a checksum over the others, which an edit by hand breaks."""
    kept = {
        name: _utc(value) if name in _TIMES and isinstance(value, int) else value
        for name, value in row.items()
        if value not in (None, {}, "")
    }
    line = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f'{line[:-1]},"{SUM}":"{sum_of(line)}"}}\n'


def sum_of(line: str) -> str:
    """Return the checksum of a line that has none yet."""
    return hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()[:8]


def unchanged(line: str) -> bool:
    """Return whether a line still has the checksum that it was written with."""
    body, mark, rest = line.rpartition(f',"{SUM}":"')
    return bool(mark) and rest == f'{sum_of(body + "}")}"}}'


def parse_row(kind: type[Entry], row: dict[str, object]) -> Entry:
    """Return a line as an entry; ValueError or TypeError where it is not one."""
    for name, value in row.items():
        if type(value) is not _FORM.get(name, str):
            raise TypeError(f"'{name}' is {value!r}")
        if type(value) is dict and not all(map(_is_gap, value.items())):
            raise ValueError(f"'{name}' holds more than texts by number")
    if kind is LockedNote and row.get("kind") not in KINDS:
        raise ValueError("an unknown kind of note")
    times = {name: _seconds(row[name]) for name in _TIMES if name in row}
    return kind(**(row | times))  # type: ignore[arg-type]


def _is_gap(item: tuple[str, object]) -> bool:
    number, text = item
    return type(text) is str and number.isdecimal() and number.isascii() and len(number) <= _DIGITS


def later(one: Entry | None, other: Entry) -> Entry:
    """Return the entry that learners get last; where two branches disagree, it is to be stamped.

    A gap number that is used up in one branch is used up.
    """
    if one is None or one == other:
        return other
    early, late = sorted((one, other), key=lambda entry: entry.modified)
    if isinstance(early, LockedNote) and isinstance(late, LockedNote):
        used = {**early.spent, **early.clozes, **late.spent}
        spent = {number: text for number, text in used.items() if number not in late.clozes}
        late = replace(late, spent=dict(sorted(spent.items(), key=lambda gap: int(gap[0]))))
    return late if one.modified != other.modified else late.disowned()


def _utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def _seconds(utc: object) -> int:
    time = datetime.fromisoformat(str(utc))
    if time.tzinfo is not UTC or time.year < _FIRST_YEAR:
        raise ValueError(f"'{utc}' is not a time in UTC")
    return int(time.timestamp())
