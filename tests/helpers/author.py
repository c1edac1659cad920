"""An author with a folder of cards: writes notes, builds, edits, builds again."""

import json
from pathlib import Path
from typing import Any

import yaml
from real_deck import START

from deckwright.build.packages import BuildResult, build_deck
from deckwright.build.plan import BuildOptions, BuildPlan, plan_build
from deckwright.problem import Problem
from deckwright.release.lock import LOCK_NAME
from deckwright.release.stamp import Clock

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

    def tries(self, **options: Any) -> tuple[BuildResult | None, list[Problem]]:
        """Save and build an hour later, with these `BuildOptions`; returns what came of it."""
        self.save()
        self.now += 3600
        return build_deck(self.cards, self.out, Clock(self.now), BuildOptions(**options))

    def builds(self, **options: Any) -> BuildResult:
        """Save and build an hour later; nothing may be wrong."""
        made, problems = self.tries(**options)
        assert made, problems
        return made

    def plan(self) -> BuildPlan:
        """Save, and return what a build would write now."""
        self.save()
        return plan_build(self.cards, Clock(self.now))

    def published(self, name: str = "old.apkg") -> Path:
        """Build, and put the package aside as it was published."""
        target = self.cards.parent / name
        target.write_bytes(self.builds().package.read_bytes())
        return target

    def edits_of_each_kind(self) -> Path:
        """Publish, make an edit of each kind, and return the published package."""
        old = self.published()
        self.note("een").update(answer="Het eerste **getal**.", tags=["rij::b"])
        self.note("drie")["cloze"] = "Rood en {{c2::blauw::kleur}} geven samen een mooi paars."
        self.notes.remove(self.note("twee"))
        self.notes.append({"id": "vijf", "question": "Wat is vijf?", "answer": "Een hand."})
        self.save()
        return old

    def lock(self) -> str:
        """Return the text of the lock."""
        return (self.cards / LOCK_NAME).read_text("utf-8")

    def lock_rows(self) -> dict[str, dict[str, Any]]:
        """Return the lines of the lock that are notes, by id."""
        lines = map(json.loads, self.lock().splitlines())
        return {line["note"]: line for line in lines if "note" in line}
