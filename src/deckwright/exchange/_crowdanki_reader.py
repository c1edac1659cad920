"""The `deck.json` of the add-on CrowdAnki, and the JSON that deckwright itself exports."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deckwright.anki.foreign_note import ForeignNote, ForeignType
from deckwright.cards.note_types import FIELDS, REVERSE
from deckwright.disk.reading import read_bytes
from deckwright.exchange.roles import own_kind
from deckwright.exchange.source import MAX_SIZE, Source, SourceError, decoded, media_beside
from deckwright.words.messages import Message

_UNLIKE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
_CLOZE = 1  # the type of a note type, as Anki has it


def read_json(file: Path) -> Source:
    """Read JSON; SourceError where it is of neither kind."""
    text = decoded(read_bytes(file, MAX_SIZE), file)
    try:
        data = json.loads(text)
        notes = _own(file, data) if isinstance(data, list) else _crowdanki(data)
    except _UNLIKE as error:
        message = Message(
            "{file}: neither CrowdAnki nor deckwright writes such JSON ({error!r})",
            file=file,
            error=error,
        )
        raise SourceError(message) from error
    return Source(file, notes, media_beside(file))


def _own(file: Path, data: list[Any]) -> list[ForeignNote]:
    notes = []
    for row in data:
        kind, fields = str(row["kind"]), {**row["fields"], "key": row["id"]}
        cells = tuple(str(fields.get(role, "")) for role in FIELDS[kind])
        made = ForeignType(file.name, FIELDS[kind], kind=kind)
        deck = f"{file.stem}::{row['subdeck']}"
        notes.append(ForeignNote(made, cells, deck, row["guid"], tuple(map(str, row["tags"]))))
    return notes


def _crowdanki(data: dict[str, Any]) -> list[ForeignNote]:
    types: dict[str, ForeignType] = {}
    if data["__type__"] != "Deck":
        raise ValueError(data["__type__"])
    return list(_deck(data, "", types))


def _deck(data: dict[str, Any], above: str, types: dict[str, ForeignType]) -> Iterator[ForeignNote]:
    """Yield the notes of a deck and of those below it."""
    for model in data.get("note_models", ()):
        types[model["crowdanki_uuid"]] = _type(model)
    name = f"{above}::{data['name']}" if above else str(data["name"])
    for note in data.get("notes", ()):
        fields, tags = (tuple(map(str, note[key])) for key in ("fields", "tags"))
        made = types[note["note_model_uuid"]]
        cards = (0, 1) if _asks_back(made) else (0,)
        yield ForeignNote(made, fields, name, str(note["guid"]), tags, cards)
    for child in data.get("children", ()):
        yield from _deck(child, name, types)


def _type(model: dict[str, Any]) -> ForeignType:
    fields = tuple(str(field["name"]) for field in model["flds"])
    fronts = tuple(str(template["qfmt"]) for template in model["tmpls"])
    kind = own_kind(str(model["name"]))
    if kind and len(fields) >= len(FIELDS[kind]):
        more = fields[len(FIELDS[kind]) :]
        return ForeignType(str(model["name"]), FIELDS[kind] + more, kind=kind)
    return ForeignType(str(model["name"]), fields, model.get("type") == _CLOZE, fronts)


def _asks_back(made: ForeignType) -> bool:
    """Return whether all notes of a type have a second card: CrowdAnki does not list cards."""
    return made.kind == REVERSE or (not made.is_cloze and len(made.fronts) > 1)
