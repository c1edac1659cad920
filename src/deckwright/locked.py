"""What learners hold of one note or note type: an entry of the lock, and its line in the file."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple, Self, TypeVar

from deckwright.note_types import KINDS

SUM = "sum"
_NONE: Mapping[str, str] = MappingProxyType({})
_TIMES = ("added", "modified", "retired")
_FIRST_YEAR, _DIGITS = 1970, 3
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


Entry = TypeVar("Entry", LockedType, LockedNote)


def line(row: dict[str, object]) -> str:
    """Return a line; its last value is a sum over the others, which a hand edit would break."""
    kept = {
        name: _utc(value) if name in _TIMES and isinstance(value, int) else value
        for name, value in row.items()
        if value not in (None, {}, "")
    }
    line = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f'{line[:-1]},"{SUM}":"{sum_of(line)}"}}\n'


def sum_of(line: str) -> str:
    """Return the sum of a line without one."""
    return hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()[:8]


def unchanged(line: str) -> bool:
    """Return whether a line still has the sum that it was written with."""
    body, mark, rest = line.rpartition(f',"{SUM}":"')
    return bool(mark) and rest == f'{sum_of(body + "}")}"}}'


def parse_row(kind: type[Entry], row: dict[str, object]) -> Entry:
    """Return a line as an entry; ValueError or TypeError where it is none."""
    for name, value in row.items():
        if type(value) is not _FORM.get(name, str):
            raise TypeError(f"'{name}' is {value!r}")
        if type(value) is dict and not all(map(_is_gap, value.items())):
            raise ValueError(f"'{name}' holds more than texts by number")
    if kind is LockedNote and row.get("kind") not in KINDS:
        raise ValueError("a kind of note that there is not")
    times = {name: _seconds(row[name]) for name in _TIMES if name in row}
    return kind(**(row | times))  # type: ignore[arg-type]


def _is_gap(item: tuple[str, object]) -> bool:
    number, text = item
    return type(text) is str and number.isdecimal() and number.isascii() and len(number) <= _DIGITS


def later(one: Entry | None, other: Entry) -> Entry:
    """Return the entry that learners get last; where two branches disagree, it must be stamped.

    A number of a gap that is used up in one branch is used up.
    """
    if one is None or one == other:
        return other
    early, late = sorted((one, other), key=lambda entry: entry.modified)
    if isinstance(early, LockedNote) and isinstance(late, LockedNote):
        used = {**early.spent, **early.clozes, **late.spent}
        spent = {number: text for number, text in used.items() if number not in late.clozes}
        late = late._replace(spent=dict(sorted(spent.items(), key=lambda gap: int(gap[0]))))
    return late if one.modified != other.modified else late.disowned()


def _utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def _seconds(utc: object) -> int:
    time = datetime.fromisoformat(str(utc))
    if time.tzinfo is not UTC or time.year < _FIRST_YEAR:
        raise ValueError(f"'{utc}' is no time in UTC")
    return int(time.timestamp())
