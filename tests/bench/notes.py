"""The notes of a deck as plain data, for whoever is measured beside deckwright."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import decks
import yaml


class PlainNote(NamedTuple):
    """A note: `main` is the question or cloze text, `texts` are the others; "" where none is."""

    is_cloze: bool
    main: str
    texts: list[str]
    tags: list[str]


def read(folder: Path, loader: Any = yaml.CSafeLoader) -> Iterator[tuple[str, list[PlainNote]]]:
    """Yield the notes of each file of a deck, under the subdeck's name."""
    for file in decks.parts(folder):
        part = yaml.load(file.read_text("utf-8"), loader)  # noqa: S506 - both are safe loaders
        tags = part.get("tags") or []
        yield str(part["subdeck"]), [_note(note, tags) for note in part.get("notes") or []]


def _note(note: dict[str, Any], tags: list[str]) -> PlainNote:
    main = "cloze" if "cloze" in note else "question"
    roles = ("theme", "case", "hint", "answer", "explanation", "source")
    texts = [str(note.get(role, "")) for role in roles]
    return PlainNote(main == "cloze", str(note[main]), texts, tags + (note.get("tags") or []))
