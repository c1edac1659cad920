"""A deck as the add-on CrowdAnki reads it (crowd_anki/representation of its source)."""

import json
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from deckwright.build.plan import ReadyDeck
from deckwright.cards.fields import description
from deckwright.cards.note_types import CLOZE, NoteType
from deckwright.release.stamped_notes import StampedNote

# What CrowdAnki wants of a deck's options, as Anki has them of a new deck.
_OPTIONS = {
    "__type__": "DeckConfig",
    "name": "Default",
    "autoplay": True,
    "dyn": False,
    "maxTaken": 60,
    "replayq": True,
    "timer": 0,
    "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0],
            "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "hardFactor": 1.2, "ivlFct": 1, "maxIvl": 36500,
            "perDay": 200},
    "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
}  # fmt: skip


def deck_json(ready: ReadyDeck, shown: Callable[[str], str]) -> str:
    """Return the text of `deck.json`; `shown` makes of a field what is written of it."""
    key = ready.deck.key.value
    options = _uuid(key, "options")
    top = _deck(key, ready.deck.name.value, options)
    top["desc"] = description(ready.deck)
    top["deck_configurations"] = [{**_OPTIONS, "crowdanki_uuid": options}]
    top["note_models"] = [_model(key, each) for each in ready.types.values()]
    for stamped in ready.release.notes:
        deck, path = top, stamped.note.deck.removeprefix(f"{ready.deck.name.value}::")
        for level in path.split("::"):
            deck = _child(deck, key, level, options)
        deck["notes"].append(_note(key, stamped, shown))
        deck["media_files"] = sorted({*deck["media_files"], *stamped.note.media})
    return json.dumps(top, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _uuid(key: str, *names: str) -> str:
    """Return what CrowdAnki knows a thing by: for the same deck always the same."""
    return str(uuid5(NAMESPACE_URL, "\x1f".join(("deckwright", key, *names))))


def _deck(key: str, name: str, options: str, *above: str) -> dict[str, Any]:
    return {
        "__type__": "Deck",
        "crowdanki_uuid": _uuid(key, "deck", *above, name),
        "deck_config_uuid": options,
        "name": name,
        "desc": "",
        "dyn": 0,
        "extendNew": 0,
        "extendRev": 0,
        "children": [],
        "media_files": [],
        "notes": [],
    }


def _child(deck: dict[str, Any], key: str, name: str, options: str) -> dict[str, Any]:
    """Return the deck of this name below another, made where there is none."""
    found: dict[str, Any]
    for found in deck["children"]:
        if found["name"] == name:
            return found
    found = _deck(key, name, options, deck["crowdanki_uuid"])
    deck["children"].append(found)
    return found


def _note(key: str, stamped: StampedNote, shown: Callable[[str], str]) -> dict[str, Any]:
    note = stamped.note
    return {
        "__type__": "Note",
        "fields": [note.fields[0], *map(shown, note.fields[1:])],
        "guid": stamped.guid,
        "note_model_uuid": _uuid(key, "type", note.kind),
        "tags": list(note.tags),
    }


def _model(key: str, note_type: NoteType) -> dict[str, Any]:
    fields = [
        {"name": field.name, "ord": number, "font": "Arial", "size": 20, "rtl": False,
         "sticky": False, "media": []}
        for number, field in enumerate(note_type.fields)
    ]  # fmt: skip
    templates = [
        {"name": each.name, "ord": number, "qfmt": each.front, "afmt": each.back,
         "bqfmt": each.browser[0], "bafmt": each.browser[1], "did": None}
        for number, each in enumerate(note_type.templates)
    ]  # fmt: skip
    return {
        "__type__": "NoteModel",
        "crowdanki_uuid": _uuid(key, "type", note_type.kind),
        "name": note_type.name,
        "type": int(note_type.kind == CLOZE),
        "sortf": note_type.sort_field,
        "css": note_type.css,
        "flds": fields,
        "tmpls": templates,
        "latexPre": "",
        "latexPost": "",
        "tags": [],
        "vers": [],
    }
