"""A JSON Schema of each kind of file that an author writes: editors then help while they type.

It is made of the definitions that the reader reads by (`source.keys`). What no schema can say, such
as whether an id is taken, `check` says.
"""

from collections.abc import Callable, Mapping
from typing import Any

from deckwright.check.own_rules import OFF
from deckwright.check.pages import page
from deckwright.check.standard import LIMITS, MOST
from deckwright.problem import ALLOWABLE, LEVELS, Level
from deckwright.source import ids
from deckwright.source.key import MAX_LENGTH, MAX_NAME, Holds, Key, Keys
from deckwright.source.keys import CLOZE, DECK, FILE, GUIDE, NOTE, QUESTION
from deckwright.source.languages import CODE, CODES_BY_NAME
from deckwright.source.reports import MAIL, TRACKER
from deckwright.words.kinds import Switch
from deckwright.words.language import languages
from deckwright.words.messages import said

FILES: Mapping[str, Keys] = {"cards": FILE, "deck": DECK, "guide": GUIDE}
_Schema = dict[str, Any]
# What YAML takes for a number or a yes is a text in a file of cards; nothing at all is none.
_SCALARS = ["string", "number", "boolean"]


def schema(kind: str, code: str) -> _Schema:
    """Return the JSON Schema (draft 7) of one of FILES; `code` is the language of its texts."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"deckwright: {kind}",
        **_group(FILES[kind], code),
    }


def _group(keys: Keys, code: str) -> _Schema:
    """Return the schema of a mapping with these keys and no others."""
    properties = {
        key.name: {"description": said(key.about, code), **_value(key, code)} for key in keys
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _value(key: Key, code: str) -> _Schema:
    return _VALUES[key.holds](key, code)


def _text(most: int) -> _Schema:
    return {"type": _SCALARS, "pattern": r"\S", "maxLength": most}


def _id(_key: Key, _code: str) -> _Schema:
    pattern = f"^{ids.ID.pattern}$"
    return {
        "type": ["string", "integer"],
        "pattern": pattern,
        "maxLength": ids.MAX_LENGTH,
        "minimum": 0,
    }


def _names(key: Key, _code: str) -> _Schema:
    name = _text(MAX_NAME)
    types = ["array", *_SCALARS]
    return {**name, "type": types, "items": name, "maxItems": key.limit}


def _language(_key: Key, _code: str) -> _Schema:
    other = {"pattern": f"^{CODE.pattern}$", "not": {"enum": [*CODES_BY_NAME]}}
    return {"type": "string", "anyOf": [{"enum": [*languages()]}, other]}


def _report(_key: Key, _code: str) -> _Schema:
    patterns = [{"pattern": f"^{each.pattern}$"} for each in (MAIL, TRACKER)]
    return {"type": "string", "maxLength": MAX_NAME, "anyOf": patterns}


def _choice(key: Key, _code: str) -> _Schema:
    assert key.choices  # noqa: S101 - a choice has some
    return {"enum": [name for choice in key.choices for name in _names_of(choice)]}


def _names_of(choice: Any) -> list[Any]:
    """Return all that names a choice: `true` and `false` are no texts to YAML."""
    switch = {Switch.ON: [True], Switch.OFF: [False]}
    return list(dict.fromkeys([choice.value, choice.dutch])) + switch.get(choice, [])


def _pairs(key: Key, code: str) -> _Schema:
    group: _Schema = {"type": ["object", "null"], "maxProperties": key.limit}
    reason = {"type": [*_SCALARS, "null"], "maxLength": MAX_LENGTH}
    if key.name == "allow":
        known = {
            name: {"description": page(name, code).asks, **reason}
            for name in LEVELS
            if name in ALLOWABLE
        }
        return {**group, "properties": known, "additionalProperties": False}
    if key.name == "rules":
        return {**group, "properties": _rules(code), "additionalProperties": False}
    return {**group, "additionalProperties": reason}


def _rules(code: str) -> _Schema:
    """Return the schema of each warning that a deck may switch off, or limit in another way."""
    off: _Schema = {"enum": [*sorted(OFF, key=len, reverse=True), False]}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST}
    return {
        name: {
            "description": page(name, code).asks,
            **({"anyOf": [limit, off]} if name in LIMITS else off),
        }
        for name, level in LEVELS.items()
        if level is not Level.ERROR
    }


def _items(key: Key, code: str) -> _Schema:
    return {"type": "array", "items": _note(code) if key.name == "notes" else _group(key.of, code)}


def _note(code: str) -> _Schema:
    """Return the schema of a note, which has a cloze, or a question and its answer."""
    others = {key.name: False for key in QUESTION}
    reverse = {"enum": _names_of(Switch.OFF)}
    return {
        **_group((*NOTE, *QUESTION, *CLOZE), code),
        "required": [key.name for key in NOTE if key.required],
        "if": {"required": [key.name for key in CLOZE]},
        "then": {"properties": {**others, "reverse": reverse}},
        "else": {"required": [key.name for key in QUESTION if key.required]},
    }


_VALUES: dict[Holds, Callable[[Key, str], _Schema]] = {
    Holds.PROSE: lambda key, _: _text(key.limit),
    Holds.NAME: lambda key, _: _text(key.limit),
    Holds.ID: _id,
    Holds.NAMES: _names,
    Holds.LANGUAGE: _language,
    Holds.REPORT: _report,
    Holds.CHOICE: _choice,
    Holds.PAIRS: _pairs,
    Holds.ITEMS: _items,
}
