"""A line of the ledger to what it says, or an error for what no release wrote."""

import json
import re
from dataclasses import fields
from typing import Any

from deckwright.cards.note_types import FIELDS, KINDS
from deckwright.release import _ledger_line
from deckwright.release.adopted import AdoptedType, is_usable
from deckwright.release.ledger import FIRST_ANKI, LedgerNote, LedgerType, Release
from deckwright.release.packaged import is_guid, is_our_guid
from deckwright.source.characters import NOT_TEXT
from deckwright.source.ids import is_id

_LARGEST = 2**53  # the largest number that JSON keeps exactly
_LATEST = 2**32  # seconds: no Anki knows a later time, in 2106
_NO_NAME = re.compile(r'[{}<>&":]')  # field names stand in the templates of cards
_DIGITS = 3  # of the number of a gap


def row_of(line: str) -> dict[str, Any]:
    """Return the values of a line by name; ValueError, TypeError, RecursionError for another."""
    row = json.loads(line, object_pairs_hook=_once)
    if not isinstance(row, dict):
        raise TypeError("not a JSON object")
    _no_odd_text(row)
    return row


def text(value: Any) -> str:
    """Return a text; TypeError where it is none."""
    if type(value) is not str:
        raise TypeError(f"{value!r} is not a text")
    return value


def release_of(row: dict[str, Any]) -> Release:
    """Return a row as a release; an error as `entry_of` where it is not one."""
    time = _ledger_line.seconds(text(row["time"]))
    if not FIRST_ANKI <= time < _LATEST or row.get("ahead", True) is not True:
        raise ValueError(f"{row} is not a release")
    number, notes = _number(row["release"]), _number(row["notes"])
    return Release(number, time, notes, text(row.get("content", "")), ahead="ahead" in row)


def entry_of(kind: type[Any], row: dict[str, Any]) -> Any:
    """Return a row as an entry of a kind; ValueError, TypeError, KeyError where it is not one."""
    checks = {
        "anki": _number, "id": _number, "added": _number, "changed": _number, "retired": _number,
        "tags": _texts, "fields": _by_name if kind is LedgerNote else _texts, "used": _by_number,
        "adopted": _number, "roles": _texts, "templates": _texts,
        "field_ids": _ids, "template_ids": _ids,
        "new_meaning": _number,
    }  # fmt: skip
    if unknown := row.keys() - {each.name for each in fields(kind)}:
        raise ValueError(f"unknown: {unknown}")
    entry = kind(**{name: checks.get(name, text)(value) for name, value in row.items()})
    if kind is LedgerType and entry.type not in KINDS:
        raise ValueError("an unknown kind of note type")
    if kind is LedgerType and any(_NO_NAME.search(name) for name in entry.fields):
        raise ValueError("not the name of a field")
    if kind is AdoptedType and not is_usable(entry):
        raise ValueError("not a note type that can be adopted")
    if kind is LedgerNote and not _is_possible(entry):
        raise ValueError("no release wrote this")
    return entry


def _is_possible(note: LedgerNote) -> bool:
    """Return whether a release could have written the entry of a note."""
    last = note.changed or note.added
    return (
        is_id(note.note)
        and (is_our_guid(note.guid) if note.adopted is None else is_guid(note.guid))
        and 0 < note.anki // 1000 < _LATEST
        and note.fields.keys() <= set(FIELDS[note.kind])
        and note.text != ""
        and note.added <= last <= (note.retired or last)
        and (note.new_meaning is None or note.added < note.new_meaning <= last)
        and not (note.reason and note.retired is None)
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("two values of one name")
    return dict(pairs)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value < _LARGEST:
        raise TypeError(f"{value!r} is not a number")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError(f"{value!r} is not a list")
    return tuple(map(text, value))


def _ids(value: Any) -> tuple[int, ...]:
    if type(value) is not list or not all(type(each) is int for each in value):
        raise TypeError(f"{value!r} are not ids")
    return tuple(value)


def _by_name(value: Any) -> dict[str, str]:
    return {text(name): text(each) for name, each in value.items()}


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
        for each in (*value, *value.values()) if isinstance(value, dict) else value:
            _no_odd_text(each)
