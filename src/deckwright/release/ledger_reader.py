"""The text of a ledger to a ledger, or to what is wrong with it.

Nothing is repaired in silence: a ledger that is only half right would cost learners their reviews.
"""

import json
import re
from dataclasses import dataclass, field, fields
from typing import Any

from deckwright.cards.note_types import FIELDS, KINDS
from deckwright.problem import Place, Problem
from deckwright.release import _ledger_line
from deckwright.release.ledger import HEADER, VERSION, Ledger, LedgerNote, LedgerType, Release
from deckwright.source.characters import NOT_TEXT
from deckwright.words.messages import Message

_MOST = 100  # problems; a file of garbage has millions
_RESTORE = Message("take the file from version control again")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_LARGEST = 2**53  # the largest number that JSON keeps exactly
_NO_NAME = re.compile(r'[{}<>&":]')  # field names stand in the templates of cards
_DIGITS = 3  # of the number of a gap


def parse(text: str, file: str) -> tuple[Ledger | None, list[Problem]]:
    """Read the text of a ledger; returns it, or None and the problems.

    `file` is its name for places.
    """
    reading = _Reading(file)
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        if line.startswith(_MARKS):
            return None, [_conflict(file, number)]
        reading.line(number, line)
        if reading.newer or len(reading.problems) > _MOST:
            break
    if not reading.problems:
        reading.finish()
    return (None if reading.problems else reading.ledger()), reading.problems


def _conflict(file: str, line: int) -> Problem:
    message = Message("two releases were made apart; git left marks of a conflict")
    hint = Message(
        "keep the ledger of the release that was sent: 'git checkout --ours' or '--theirs', "
        "then this file; the next release then sends what the other one changed"
    )
    return Problem(Place(file, line), "lock-conflict", message, hint)


@dataclass
class _Reading:
    """Gathers a ledger line by line."""

    file: str
    head: dict[str, Any] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    types: dict[str, LedgerType] = field(default_factory=dict)
    notes: dict[str, LedgerNote] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False

    def ledger(self) -> Ledger:
        """Return what was read."""
        head = {name: self.head[name] for name in ("key", "name", "language")}
        return Ledger(**head, releases=tuple(self.releases), types=self.types, notes=self.notes)

    def line(self, number: int, line: str) -> None:
        """Read one line."""
        try:
            row = _object(line)
        except (ValueError, TypeError, RecursionError):
            message = Message("this is not a line of a ledger")
            self._problem(number, "lock-broken", message, _RESTORE)
            return
        if row.get(HEADER, VERSION) != VERSION:
            self.newer = True
            message = Message(
                "the ledger has version {found}; this deckwright reads {version}",
                found=row[HEADER],
                version=VERSION,
            )
            hint = Message("install the deckwright that wrote it")
            self._problem(number, "lock-version", message, hint)
        elif not _ledger_line.is_unchanged(line):
            self._problem(number, "lock-edited", Message("this line was changed by hand"), _RESTORE)
        else:
            self._row(number, {name: row[name] for name in row if name != _ledger_line.SUM})

    def finish(self) -> None:
        """Report what no line shows: what is missing, and numbers that lead nowhere."""
        numbers = [release.number for release in self.releases]
        times = [release.time for release in self.releases]
        named = {
            getattr(entry, name, None)
            for entry in (*self.types.values(), *self.notes.values())
            for name in ("added", "changed", "retired")
        }
        wrong = {
            Message("it has no header"): not self.head,
            Message("it has no release"): not self.releases,
            Message("its releases are not in order"): [numbers, times]
            != [sorted(set(numbers)), sorted(set(times))],
            Message("it names a release that is not here"): not named <= {None, *numbers},
            Message("notes have no note type here"): not {n.kind for n in self.notes.values()}
            <= self.types.keys(),
            Message("two notes have one guid"): len({n.guid for n in self.notes.values()})
            < len(self.notes),
            Message("a line of a note is missing"): self.releases
            and self.releases[-1].notes != len(self.notes),
        }
        if message := next((message for message, found in wrong.items() if found), None):
            message = Message("the ledger is not whole: {why}", why=message)
            self._problem(1, "lock-broken", message, _RESTORE)

    def _row(self, number: int, row: dict[str, Any]) -> None:
        try:
            if HEADER in row:
                self._put(
                    self.head, "", {name: _text(row[name]) for name in ("key", "name", "language")}
                )
            elif "release" in row:
                time = _ledger_line.seconds(_text(row["time"]))
                number_of, notes = _number(row["release"]), _number(row["notes"])
                content = _text(row.get("content", ""))
                self.releases.append(Release(number_of, time, notes, content))
            elif "type" in row:
                self._put(self.types, _text(row["type"]), _entry(LedgerType, row))
            else:
                self._put(self.notes, _text(row["note"]), _entry(LedgerNote, row))
        except (ValueError, TypeError, KeyError, AttributeError):
            message = Message("this is not a line of a ledger")
            self._problem(number, "lock-broken", message, _RESTORE)

    @staticmethod
    def _put(known: dict[str, Any], name: str, entry: Any) -> None:
        if known if not name else name in known:
            raise ValueError("two lines for one thing")
        if name:
            known[name] = entry
        else:
            known.update(entry)

    def _problem(self, line: int, code: str, message: Message, hint: Message) -> None:
        self.problems.append(Problem(Place(self.file, line), code, message, hint))


def _object(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError("not a JSON object")
    _no_odd_text(row)
    return row


def _entry(kind: type[Any], row: dict[str, Any]) -> Any:
    """Return a row as an entry; ValueError, TypeError or KeyError where it is not one."""
    checks = {
        "anki": _number, "id": _number, "added": _number, "changed": _number, "retired": _number,
        "tags": _texts, "fields": _texts if kind is LedgerType else _by_name, "used": _by_number,
    }  # fmt: skip
    if unknown := row.keys() - {each.name for each in fields(kind)}:
        raise ValueError(f"unknown: {unknown}")
    entry = kind(**{name: checks.get(name, _text)(value) for name, value in row.items()})
    if kind is LedgerType and entry.type not in KINDS:
        raise ValueError("an unknown kind of note type")
    if kind is LedgerType and any(_NO_NAME.search(name) for name in entry.fields):
        raise ValueError("not the name of a field")
    if kind is LedgerNote and not entry.fields.keys() <= set(FIELDS[entry.kind]):
        raise ValueError("an unknown field")
    return entry


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value < _LARGEST:
        raise TypeError(f"{value!r} is not a number")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(f"{value!r} is not a text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError(f"{value!r} is not a list")
    return tuple(map(_text, value))


def _by_name(value: Any) -> dict[str, str]:
    return {_text(name): _text(text) for name, text in value.items()}


def _by_number(value: Any) -> dict[str, str]:
    found = _by_name(value)
    if not all(name.isdecimal() and name.isascii() and len(name) <= _DIGITS for name in found):
        raise ValueError("not the number of a gap")
    return found


def _no_odd_text(value: Any) -> None:
    """Raise where a text, however deep, holds what is not text."""
    if isinstance(value, str) and NOT_TEXT.search(value.replace("\n", "")):
        raise ValueError("an escape brings in what is not text")
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _no_odd_text(each)
