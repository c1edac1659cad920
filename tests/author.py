"""An author with a folder of cards: writes notes, builds, edits, builds again."""

from pathlib import Path
from typing import Any

import yaml

from deckwright import build
from deckwright.build import Made, Options
from deckwright.problem import Problem
from deckwright.stamp import Clock

START = 1_790_000_000  # September 2026

SETTINGS = {"name": "Proef", "key": "proef", "language": "nl", "description": "Een **proef**."}

NOTES: list[dict[str, Any]] = [
    {"id": "een", "question": "Wat is een?", "answer": "Een **getal**.", "tags": ["rij::a"]},
    {"id": "twee", "question": "Wat is twee?", "answer": "- paar\n- stel", "hint": "Meer."},
    {
        "id": "drie",
        "cloze": "{{c1::Rood}} en {{c2::blauw::kleur}} geven samen een mooi paars.",
        "theme": "Kleur",
    },
    {
        "id": "vier",
        "cloze": "Water kookt aan zee bij {{c1::honderd}} graden.",
        "explanation": "Aan zee.",
    },
]


def _written(content: dict[str, Any]) -> dict[str, Any]:
    """Return what goes into the file: `_x` on a note is the author's own memory of it."""
    if "notes" not in content:
        return content
    notes = [{k: v for k, v in note.items() if k[0] != "_"} for note in content["notes"]]
    return {**content, "notes": notes}


class _Plain(yaml.SafeDumper):
    """Writes a list that stands in two notes twice, as a person would, not as an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        """Never use an alias."""
        return True


class Author:
    """Keeps a deck in `folder`/cards and its packages in `folder`/build; `now` is the clock."""

    def __init__(self, folder: Path, notes: list[dict[str, Any]] | None = None) -> None:
        self.cards, self.out = folder / "cards", folder / "build"
        self.now = START
        self.drawer: list[dict[str, Any]] = []  # notes that were taken out
        self.settings: dict[str, Any] = dict(SETTINGS)
        self.parts: dict[str, dict[str, Any]] = {
            "1-deel.yaml": {"subdeck": "1 Deel", "notes": [dict(n) for n in notes or NOTES]}
        }

    @property
    def notes(self) -> list[dict[str, Any]]:
        """The notes of the first part, to be changed at will."""
        notes: list[dict[str, Any]] = self.parts["1-deel.yaml"]["notes"]
        return notes

    def note(self, name: str) -> dict[str, Any]:
        """Return one note of the first part."""
        return next(note for note in self.notes if note["id"] == name)

    def save(self) -> None:
        """Write the folder as it is meant now; the lock stays."""
        self.cards.mkdir(parents=True, exist_ok=True)
        for old in self.cards.glob("*.yaml"):
            old.unlink()
        for name, content in {"deck.yaml": self.settings, **self.parts}.items():
            text = yaml.dump(_written(content), Dumper=_Plain, allow_unicode=True, sort_keys=False)
            (self.cards / name).write_text(text, "utf-8")

    def tries(self, **options: Any) -> tuple[Made | None, list[Problem]]:
        """Save and build an hour later, with these `Options`; returns what came of it."""
        self.save()
        self.now += 3600
        return build.make(self.cards, self.out, Clock(self.now), Options(**options))

    def builds(self, **options: Any) -> Made:
        """Save and build an hour later; nothing may be wrong."""
        made, problems = self.tries(**options)
        assert made, problems
        return made

    def lock(self) -> str:
        """Return the text of the lock."""
        return (self.cards / build.LOCK_NAME).read_text("utf-8")
