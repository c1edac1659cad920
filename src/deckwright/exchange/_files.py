"""The files of an import: one for each subdeck, and the pictures and sounds of its notes."""

import re
from dataclasses import dataclass
from pathlib import Path

from deckwright.cards.media import FOLDER
from deckwright.exchange._drafts import DraftNote
from deckwright.exchange._yaml_writer import notes_text
from deckwright.source.ids import suggested_id

_MOST = 500  # notes in a file: more take long to read, and nobody finds them again
_LONGEST = 40  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written into `folder`: `settings` is a deck.yaml, empty where there is one.

    `number` is the highest that a file there begins with; `media` are the new files by name.
    """

    folder: Path
    settings: bytes
    notes: list[DraftNote]
    media: dict[str, bytes]
    number: int


@dataclass(frozen=True, slots=True)
class CardFile:
    """A file of cards: its name, its text, and each note with the line on which it begins."""

    name: str
    text: str
    notes: list[DraftNote]
    starts: list[int]


def card_files(wanted: Wanted) -> list[CardFile]:
    """Return the files of cards, the subdecks in the order in which they come first."""
    parts: dict[str, list[DraftNote]] = {}
    for note in wanted.notes:
        parts.setdefault(note.deck, []).append(note)
    pieces = [
        (subdeck, notes[at : at + _MOST])
        for subdeck, notes in parts.items()
        for at in range(0, len(notes), _MOST)
    ]
    files = []
    for number, (subdeck, notes) in enumerate(pieces, wanted.number + 1):
        text, starts = notes_text(subdeck, [note.row() for note in notes])
        files.append(CardFile(f"{number}-{_slug(subdeck)}.yaml", text, notes, starts))
    return files


def used_media(wanted: Wanted) -> dict[str, bytes]:
    """Return the new files that a note shows, by name."""
    used = {name for note in wanted.notes for name in note.media}
    return {f"{FOLDER}/{name}": data for name, data in wanted.media.items() if name in used}


def _slug(subdeck: str) -> str:
    words = re.sub(r"^\d+-(?=.)", "", suggested_id(subdeck))
    return words[:_LONGEST].strip("-") or "part"
